import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { mapConcurrently } from '../../http/concurrency';
import { toNodeError } from '../../http/nodeError';
import { currentNode } from './currentNode';
import { errorItem } from './errorItem';
import { ItemParameters } from './itemParameters';
import {
	FileOutput,
	type BatchOperation,
	type ItemOperation,
	type ItemResult,
	type Operation,
	type OperationOutput,
} from './operation';

/**
 * Runs an operation over the input items: pairs each output with its item and respects On Error.
 * The one place that knows how n8n wants items and errors.
 */
export async function runOperation<Session>(
	n8n: IExecuteFunctions,
	session: Session,
	operation: Operation<Session>,
): Promise<INodeExecutionData[]> {
	const items = n8n.getInputData().map((_, index) => new ItemParameters(n8n, index));
	return 'executeAll' in operation
		? await runBatch(n8n, session, operation, items)
		: await runEach(n8n, session, operation, items);
}

async function runEach<Session>(
	n8n: IExecuteFunctions,
	session: Session,
	operation: ItemOperation<Session>,
	items: ItemParameters[],
): Promise<INodeExecutionData[]> {
	let done = 0;
	const outputs = await mapConcurrently(items, operation.concurrency ?? 1, async (item) => {
		try {
			const output = await operation.execute(session, item);
			done++;
			return paired(output, item.index);
		} catch (thrown) {
			if (!n8n.continueOnFail()) stop(n8n, thrown, item.index, { done, items: items.length });
			return [errorItem(n8n, thrown, item.index)];
		}
	});
	return outputs.flat();
}

async function runBatch<Session>(
	n8n: IExecuteFunctions,
	session: Session,
	operation: BatchOperation<Session>,
	items: ItemParameters[],
): Promise<INodeExecutionData[]> {
	const results = await operation.executeAll(session, items);
	if (!n8n.continueOnFail()) stopForFirst(n8n, results);
	return toNodeItems(n8n, results);
}

/** Results as n8n passes them on, each paired with its item. @throws the first error when the node is set to stop. */
export function toNodeItems(n8n: IExecuteFunctions, results: readonly ItemResult[]): INodeExecutionData[] {
	return results.map((result) =>
		'error' in result
			? errorItem(n8n, result.error, result.itemIndex)
			: { json: asData(result.json), pairedItem: { item: result.itemIndex } },
	);
}

/** After the whole batch is finished: one error for the first that failed. */
function stopForFirst(n8n: IExecuteFunctions, results: ItemResult[]): void {
	const failed = results.filter((result) => 'error' in result);
	const first = failed[0];
	if (!first || !('error' in first)) return;
	stop(n8n, first.error, first.itemIndex, { done: results.length - failed.length, items: results.length });
}

/** @throws what went wrong with the first item, and how many were done, since n8n keeps nothing of those. */
function stop(
	n8n: IExecuteFunctions,
	thrown: unknown,
	itemIndex: number,
	count: { done: number; items: number },
): never {
	const error = toNodeError(currentNode(n8n), thrown, itemIndex);
	if (count.items > 1) {
		error.description = [
			`${count.done} of ${count.items} items were done; this is the first one that was not.`,
			error.description,
			'To go on with the others, set On Error of this node to Continue.',
		]
			.filter(Boolean)
			.join(' ');
	}
	throw error;
}

function paired(output: OperationOutput, itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (output instanceof FileOutput) return [{ json: asData(output.json), binary: output.binary, pairedItem }];
	return (Array.isArray(output) ? output : [output]).map((json: object) => ({ json: asData(json), pairedItem }));
}

/** What operations give is read from JSON or built of plain values: what n8n calls a data object. */
function asData(value: object): IDataObject {
	return value as IDataObject;
}
