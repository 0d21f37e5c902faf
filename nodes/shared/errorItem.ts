import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../http/nodeError';
import { currentNode } from './currentNode';

/**
 * An item that could not be done, as n8n passes it on when On Error is set to continue: `error` says what happened, `message`
 * holds what to do (`description`), the kind of error, status, code and field. These two keys and no other: with them every
 * n8n from 1.123 on takes the item for an error (n8n-core, handleNodeErrorOutput). The item's own `error` object is left
 * out, because where there is one, n8n replaces the JSON by its headline (normalizeNodeErrors), and a builder or an AI agent
 * would not see what to do.
 * @throws the error itself when the node is set to stop, or the workflow was stopped.
 */
export function errorItem(n8n: IExecuteFunctions, thrown: unknown, itemIndex: number): INodeExecutionData {
	const error = toNodeError(currentNode(n8n), thrown, itemIndex);
	if (!n8n.continueOnFail() || error.context.kind === 'cancelled') throw error;
	const { code, field, kind = 'input' } = error.context;
	const status = 'httpCode' in error && error.httpCode ? Number(error.httpCode) : undefined;
	const facts = Object.entries({ description: error.description, status, code, field, kind });
	const known = facts.filter(([, value]) => value !== undefined && value !== null);
	const json: IDataObject = { error: error.message, message: Object.fromEntries(known) as IDataObject };
	return { json, pairedItem: { item: itemIndex } };
}
