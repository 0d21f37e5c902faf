import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toThrownError } from '../../http/nodeError';
import { runOperation } from '../shared/runOperation';
import { openWatiSession, type WatiOperation } from './shared/session';

/** Runs an operation over the input items, all of them in one session. */
export async function runWatiOperation(
	n8n: IExecuteFunctions,
	operation: WatiOperation,
): Promise<INodeExecutionData[]> {
	try {
		return await runOperation(n8n, await openWatiSession(n8n), operation);
	} catch (thrown) {
		throw toThrownError(n8n.getNode(), thrown);
	}
}
