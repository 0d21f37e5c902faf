import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { tellInHeadline, toNodeError } from '../../http/nodeError';

/**
 * The error that publishing ends with. n8n (2.41) publishes in the background, tries it five times, and then shows nothing of the error
 * but its headline: so that one also says what to do.
 */
export function toPublishError(node: INode, thrown: unknown): NodeApiError | NodeOperationError {
	const error = toNodeError(node, thrown);
	tellInHeadline(error);
	error.description = undefined;
	return error;
}
