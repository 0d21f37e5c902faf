import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createOrUpdateMethods } from '../shared/createOrUpdate/methods';
import { createOrUpdateProperties, createOrUpdateSubtitle } from '../shared/createOrUpdate/properties';

const loadCrm = async () => (await import('./crm')).zohoCrm;

export class ZohoCreateOrUpdateContact implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Create or Update Contact',
		name: 'zohoCreateOrUpdateContact',
		icon: { light: 'file:../../icons/zoho.svg', dark: 'file:../../icons/zoho.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: createOrUpdateSubtitle({ onlyCreate: 'create, update own', nothing: 'summary only' }),
		description: 'Create a contact in Zoho CRM, or update the one with the same email address',
		defaults: { name: 'Zoho CRM Create or Update Contact' },
		usableAsTool: true,
		parameterPane: 'wide',
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zohoConnectionOAuth2Api', required: true }],
		properties: createOrUpdateProperties({
			service: 'Zoho CRM',
			key: 'email address',
			summary: true,
			origin: 'contacts that the connected user created count as created by this integration',
		}),
	};

	methods = createOrUpdateMethods(loadCrm);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { runCreateOrUpdate } = await import('../shared/createOrUpdate/run');
		return [await runCreateOrUpdate(this, await loadCrm())];
	}
}
