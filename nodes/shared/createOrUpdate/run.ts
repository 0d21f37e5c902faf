import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError, toThrownError } from '../../../http/nodeError';
import { nothingBelieved, type Believed } from '../../../upsert/dryRun';
import { createOrUpdate } from '../../../upsert/engine';
import { stopMessage, tally } from '../../../upsert/tally';
import type { FieldInfo, ItemResult, Origin, UpsertPolicy } from '../../../upsert/types';
import { asProblem } from '../../../vendors/shared/problem';
import { currentNode } from '../currentNode';
import { ItemParameters } from '../itemParameters';
import type { ItemResult as OperationResult } from '../operation';
import { toNodeItems } from '../runOperation';
import { Batches } from './batches';
import type { Crm, OpenCrm } from './crm';
import { batchHint } from './hint';
import { newMappingMemory } from './mapper';
import { asThrowable } from './problemError';
import { readItem, type ReadItem } from './readItem';

/** Create or Update Contact as a node of its own. */
export async function runCreateOrUpdate(n8n: IExecuteFunctions, crm: Crm): Promise<INodeExecutionData[]> {
	try {
		const items = n8n.getInputData().map((_, index) => new ItemParameters(n8n, index));
		return toNodeItems(n8n, await createOrUpdateItems(n8n, crm, items));
	} catch (thrown) {
		throw toThrownError(n8n.getNode(), thrown);
	}
}

/**
 * Create or Update Contact: read the items, hand them to the engine in batches, put the outcomes back in their places.
 * @throws one error for the whole batch when the node is set to stop and an item was not written.
 */
export async function createOrUpdateItems(
	n8n: IExecuteFunctions,
	crm: Crm,
	items: ItemParameters[],
): Promise<OperationResult[]> {
	const open = await crm.open(n8n);
	const results: ItemResult[] = [];
	const batches = new Batches<ReadItem>();
	const live = onlyOnce(async () => new Map((await open.fields()).map((field) => [field.id, field])));
	const memory = newMappingMemory(n8n);
	for (const item of items) {
		try {
			const read = await readItem(crm, open, item, { live, memory });
			batches.add(read, JSON.stringify([read.policy, read.ticked]), read.input.key.compare);
		} catch (thrown) {
			results.push({ ok: false, itemIndex: item.index, error: asProblem(thrown) });
		}
	}
	const believed = nothingBelieved();
	for (const batch of batches.all) results.push(...(await runBatch(crm, open, batch, believed)));
	results.sort((a, b) => a.itemIndex - b.itemIndex);
	const hint = batchHint(results);
	if (hint) n8n.addExecutionHints(hint);
	if (!n8n.continueOnFail()) stopForFirst(n8n, results);
	return results.map(toOperationResult);
}

async function runBatch(crm: Crm, open: OpenCrm, batch: ReadItem[], believed: Believed): Promise<ItemResult[]> {
	const [first] = batch;
	if (!first) return [];
	try {
		const { marker, ...choices } = first.policy;
		const policy: UpsertPolicy = { ...choices, origin: await chooseOrigin(crm, open, marker) };
		const fields: FieldInfo[] = [...first.fields.values()].map(({ id, label, type }) => ({ id, label, type }));
		const directory = open.directory(fields, { policy, ticked: first.ticked });
		return await createOrUpdate(
			batch.map(({ input }) => input),
			policy,
			directory,
			believed,
		);
	} catch (thrown) {
		const error = asProblem(thrown);
		return batch.map(({ input }) => ({ ok: false, itemIndex: input.itemIndex, error }));
	}
}

/** The builder's marker, else the vendor's own default. */
async function chooseOrigin(
	crm: Crm,
	open: OpenCrm,
	marker: { field: string; value: string } | undefined,
): Promise<Origin> {
	if (marker) return { kind: 'marker', ...marker };
	if (crm.defaultOrigin.kind !== 'connectedUser') return crm.defaultOrigin;
	return open.connectedUserId ? { kind: 'connectedUser', userId: await open.connectedUserId() } : { kind: 'none' };
}

function toOperationResult(result: ItemResult): OperationResult {
	const { itemIndex } = result;
	return result.ok ? { itemIndex, json: result.outcome } : { itemIndex, error: asThrowable(result.error) };
}

function stopForFirst(n8n: IExecuteFunctions, results: ItemResult[]): void {
	const counts = tally(results);
	const stop = stopMessage(counts);
	if (stop) throw toNodeError(currentNode(n8n), asThrowable(stop), counts.first?.itemIndex);
}

function onlyOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
	let loaded: Promise<Value> | undefined;
	return async () => await (loaded ??= load());
}
