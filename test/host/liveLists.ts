import { z } from 'zod';
import type { RestClient } from './restClient';
import type { CredentialRef } from './workflowBuilder';

/** Which parameter of which node the editor would be asking about. */
export interface ParameterQuery {
	/** Node type with its package: `n8n-nodes-whatsapp-crm.wati`. */
	nodeType: string;
	typeVersion?: number;
	/** The parameter's name. */
	parameter: string;
	/** The method that the parameter's description names. */
	method: string;
	/** The node's other parameters, as far as they are filled. */
	parameters?: Record<string, unknown>;
	credentials?: Record<string, CredentialRef>;
}

const optionSchema = z
	.object({ name: z.string(), value: z.unknown(), description: z.string().optional() })
	.passthrough();
const locatorSchema = z.object({ results: z.array(optionSchema), paginationToken: z.unknown() });
const mapperSchema = z.object({
	fields: z.array(z.object({ id: z.string(), displayName: z.string() }).passthrough()),
	emptyFieldsNotice: z.string().optional(),
});

/** The lists that a node fetches from the vendor while a builder fills it in, asked for as the editor does. */
export class LiveLists {
	constructor(private readonly rest: RestClient) {}

	/** A drop-down's live list (`loadOptionsMethod`). */
	async options(query: ParameterQuery): Promise<Array<z.infer<typeof optionSchema>>> {
		return z.array(optionSchema).parse(await this.dynamic('options', query));
	}

	/** A resource locator's "From list" (`searchListMethod`): one page. */
	async search(
		query: ParameterQuery,
		page: { filter?: string; paginationToken?: string | number } = {},
	): Promise<z.infer<typeof locatorSchema>> {
		return locatorSchema.parse(await this.dynamic('resource-locator-results', query, page));
	}

	/** A resource mapper's live fields (`resourceMapperMethod`). */
	async mapperFields(query: ParameterQuery): Promise<z.infer<typeof mapperSchema>> {
		return mapperSchema.parse(await this.dynamic('resource-mapper-fields', query));
	}

	private dynamic(endpoint: string, query: ParameterQuery, more: Record<string, unknown> = {}): Promise<unknown> {
		const { nodeType, typeVersion = 1, parameter, method, parameters = {}, credentials } = query;
		return this.rest.rest('POST', `/dynamic-node-parameters/${endpoint}`, {
			path: `parameters.${parameter}`,
			nodeTypeAndVersion: { name: nodeType, version: typeVersion },
			methodName: method,
			currentNodeParameters: parameters,
			credentials,
			...more,
		});
	}
}
