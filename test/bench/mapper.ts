import type { N8nClient } from '../host/n8nClient';
import type { CredentialRef } from '../host/workflowBuilder';
import { single } from './graph';
import type { Contender } from './types';

/** The node and connection whose live fields the editor would show. */
export interface MappedNode {
	nodeType: string;
	credentials: Record<string, CredentialRef>;
}

/** A Create or Update Contact node alone, with these values in its Fields. */
export async function createOrUpdate(
	host: N8nClient,
	by: string,
	node: MappedNode,
	values: Record<string, string>,
): Promise<Contender> {
	const fields = await mapFields(host, node, values);
	const { nodeType: type, credentials } = node;
	return { by, graph: single('Create or Update', { type, parameters: { fields, options: {} }, credentials }) };
}

/** What the editor stores when a builder maps `values` in the Fields of a Create or Update Contact node: live fields included. */
async function mapFields(
	host: N8nClient,
	{ nodeType, credentials }: MappedNode,
	values: Record<string, string>,
): Promise<Record<string, unknown>> {
	const { fields } = await host.lists.mapperFields({
		nodeType,
		credentials,
		parameter: 'fields',
		method: 'getContactFields',
		parameters: { fields: { mappingMode: 'defineBelow', value: null } },
	});
	const missing = Object.keys(values).filter((id) => !fields.some((field) => field.id === id));
	if (missing.length > 0) throw new Error(`${nodeType} offers no field ${missing.join(', ')}`);
	return {
		mappingMode: 'defineBelow',
		value: values,
		matchingColumns: [],
		schema: fields.map((field) => ({ ...field, removed: !(field.id in values) })),
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	};
}
