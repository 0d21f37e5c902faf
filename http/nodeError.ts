import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { asError, InputProblem, RequestError, sentence } from './errors';

/**
 * Any error as one that n8n shows: what happened as the headline, what to do below it, with status, field and item.
 * Nothing of the request goes along, so that no token reaches a stored execution.
 */
export function toNodeError(node: INode, thrown: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
		thrown.context.itemIndex ??= itemIndex;
		return thrown;
	}
	if (thrown instanceof RequestError) return apiError(node, thrown, itemIndex);
	const { message } = asError(thrown);
	const description = thrown instanceof InputProblem ? thrown.description : undefined;
	const error = new NodeOperationError(node, message, { description, itemIndex });
	if (thrown instanceof InputProblem) error.context.field = thrown.field;
	return error;
}

/**
 * The error that a node ends with. Of a tool's error, n8n tells the AI agent nothing but the headline (AI Agent 3.1),
 * so that in a tool the headline also says what to do.
 */
export function toThrownError(node: INode, thrown: unknown): NodeApiError | NodeOperationError {
	const error = toNodeError(node, thrown);
	if (node.type.endsWith('Tool')) tellInHeadline(error);
	return error;
}

/** For places where n8n shows nothing but the headline: it says what to do, too. */
export function tellInHeadline(error: NodeApiError | NodeOperationError): void {
	if (error.description) error.message = `${sentence(error.message)} ${error.description}`;
}

function apiError(node: INode, thrown: RequestError, itemIndex: number | undefined): NodeApiError {
	const error = new NodeApiError(
		node,
		{ message: thrown.message },
		{
			message: thrown.message,
			description: thrown.description,
			httpCode: thrown.status === undefined ? undefined : String(thrown.status),
			itemIndex,
		},
	);
	error.context.kind = thrown.kind;
	if (thrown.code !== undefined) error.context.code = thrown.code;
	if (thrown.field !== undefined) error.context.field = thrown.field;
	return error;
}
