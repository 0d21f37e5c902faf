import type { IBinaryKeyData, INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from './itemParameters';

/** What an operation gives for one input item: one or many plain JSON objects, or one with a file. */
export type OperationOutput = object | object[] | FileOutput;

export class FileOutput {
	constructor(
		readonly json: object,
		readonly binary: IBinaryKeyData,
	) {}
}

/** One output or one error of an operation that works on all items at once. */
export type ItemResult = { itemIndex: number; json: object } | { itemIndex: number; error: Error };

interface OperationDescription {
	/** As stored in workflows: never change it. */
	value: string;
	/** As in the Operation list. */
	name: string;
	/** As in the node panel, and what an AI agent reads: sentence case, no articles. */
	action: string;
	description: string;
	/** Parameters, without the display options that tie them to this operation. */
	fields: INodeProperties[];
}

/** An operation that handles each item on its own. `Session` is what all items of a run share: client, phone reader. */
export interface ItemOperation<Session> extends OperationDescription {
	execute(session: Session, item: ItemParameters): Promise<OperationOutput>;
	/** Items in progress at one time; 1 when left out, so that messages keep their order. */
	concurrency?: number;
}

/** An operation that gathers items into fewer calls. */
export interface BatchOperation<Session> extends OperationDescription {
	executeAll(session: Session, items: ItemParameters[]): Promise<ItemResult[]>;
}

export type Operation<Session> = ItemOperation<Session> | BatchOperation<Session>;

export interface Resource<Session> {
	value: string;
	name: string;
	operations: Array<Operation<Session>>;
	/** What a builder most likely wants. Never change it: n8n does not store defaults, so workflows that mean it don't name it. */
	defaultOperation: Operation<Session>;
}

/** The Operation list of a resource and the parameters of its operations, each shown only where it belongs. */
export function resourceProperties<Session>(resource: Resource<Session>): INodeProperties[] {
	const usual = resource.defaultOperation.value;
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource.value] } },
			options: resource.operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: usual,
		},
		...resource.operations.flatMap((operation) =>
			operation.fields.map((field) => ({
				...field,
				displayOptions: {
					...field.displayOptions,
					show: { resource: [resource.value], operation: [operation.value], ...field.displayOptions?.show },
				},
			})),
		),
	];
}

export function findOperation<Session>(
	resources: Array<Resource<Session>>,
	resource: string,
	operation: string,
): Operation<Session> | undefined {
	return resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}
