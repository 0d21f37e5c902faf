import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createOrUpdateMethods } from '../shared/createOrUpdate/methods';
import { createOrUpdateProperties, createOrUpdateSubtitle } from '../shared/createOrUpdate/properties';
import { salesforceOptions } from './options';

const loadCrm = async () => (await import('./crm')).salesforceCrm;

export class SalesforceCreateOrUpdateContact implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Create or Update Contact',
		name: 'salesforceCreateOrUpdateContact',
		icon: { light: 'file:../../icons/salesforce.svg', dark: 'file:../../icons/salesforce.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: createOrUpdateSubtitle({ onlyCreate: 'create, update own', nothing: 'summary only' }),
		description: 'Create a contact in Salesforce, or update the one with the same email address',
		defaults: { name: 'Salesforce Create or Update Contact' },
		usableAsTool: true,
		parameterPane: 'wide',
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'salesforceConnectionOAuth2Api', required: true }],
		properties: createOrUpdateProperties({
			service: 'Salesforce',
			key: 'email address',
			summary: true,
			origin: 'contacts that the connected user created count as created by this integration',
			options: salesforceOptions,
		}),
	};

	methods = createOrUpdateMethods(loadCrm);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { runCreateOrUpdate } = await import('../shared/createOrUpdate/run');
		return [await runCreateOrUpdate(this, await loadCrm())];
	}
}
