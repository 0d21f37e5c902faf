import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createOrUpdateMethods } from '../shared/createOrUpdate/methods';
import { findOperation } from '../shared/operation';
import { whenCalled } from '../shared/whenCalled';
import { credentialTest } from '../shared/wati/credentialTest';
import { operationProperties, resourceOptions, resources } from './resources';

const createOrUpdate = createOrUpdateMethods(async () => (await import('../shared/wati/crm')).watiCrm);
const lists = async () => await import('./methods');

export class Wati implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WATI',
		name: 'wati',
		icon: { light: 'file:../../icons/wati.svg', dark: 'file:../../icons/wati.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"].replace("upsert", "createOrUpdate").replace(/([A-Z])/g, " $1").toLowerCase() + ": " + $parameter["resource"] }}',
		description: 'Send WhatsApp messages and templates, and manage contacts and conversations in WATI',
		defaults: { name: 'WATI' },
		usableAsTool: true,
		parameterPane: 'wide',
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'watiConnectionApi', required: true, testedBy: 'watiConnectionTest' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions,
				default: 'message',
			},
			...operationProperties,
		],
	};

	methods = {
		credentialTest,
		listSearch: {
			searchCampaigns: whenCalled(async () => (await lists()).searchCampaigns),
			searchChatbots: whenCalled(async () => (await lists()).searchChatbots),
			searchTemplateNames: whenCalled(async () => (await lists()).searchTemplateNames),
			searchTemplates: whenCalled(async () => (await lists()).searchTemplates),
		},
		loadOptions: {
			getChannels: whenCalled(async () => (await lists()).getChannels),
			getTeams: whenCalled(async () => (await lists()).getTeams),
			...createOrUpdate.loadOptions,
		},
		resourceMapping: {
			getTemplateParameters: whenCalled(async () => (await lists()).getTemplateParameters),
			...createOrUpdate.resourceMapping,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = String(this.getNodeParameter('resource', 0));
		const name = String(this.getNodeParameter('operation', 0));
		const operation = findOperation(resources, resource, name);
		if (!operation) throw new NodeOperationError(this.getNode(), `There is no operation "${name}" of "${resource}"`);
		const { runWatiOperation } = await import('./run');
		return [await runWatiOperation(this, operation)];
	}
}
