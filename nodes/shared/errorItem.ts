import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../http/nodeError';
import { currentNode } from './currentNode';

/**
 * An item that could not be done, as n8n passes it on when On Error is set to continue: what happened and, under `details`,
 * what to do, the kind of error, status, code and field. The item's own `error` object is left out on purpose: where there is one, n8n replaces
 * the whole JSON by its message (n8n-core, normalizeNodeErrors), and a builder or an AI agent would not see what to do.
 * With exactly these keys n8n still takes it for an error (handleNodeErrorOutput).
 * @throws the error itself when the node is set to stop, or the workflow was stopped.
 */
export function errorItem(n8n: IExecuteFunctions, thrown: unknown, itemIndex: number): INodeExecutionData {
	const error = toNodeError(currentNode(n8n), thrown, itemIndex);
	if (!n8n.continueOnFail() || error.context.kind === 'cancelled') throw error;
	const { code, field, kind } = error.context;
	const details: Record<string, unknown> = {
		description: error.description,
		status: 'httpCode' in error && error.httpCode ? Number(error.httpCode) : undefined,
		code,
		field,
		kind,
	};
	const known = Object.entries(details).filter(([, value]) => value !== undefined && value !== null);
	const json: IDataObject = {
		error: error.message,
		...(known.length > 0 ? { details: Object.fromEntries(known) as IDataObject } : {}),
	};
	return { json, pairedItem: { item: itemIndex } };
}
