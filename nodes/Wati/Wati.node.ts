import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { toThrownError } from '../../http/nodeError';
import { createOrUpdateMethods } from '../shared/createOrUpdate/methods';
import { findOperation } from '../shared/operation';
import { runOperation } from '../shared/runOperation';
import { watiCrm } from '../shared/wati/crm';
import { searchCampaigns } from './methods/campaigns';
import { searchChatbots } from './methods/chatbots';
import { credentialTest } from '../shared/wati/credentialTest';
import { loadOptions } from './methods/loadOptions';
import { getTemplateParameters } from './methods/templateParameters';
import { searchTemplateNames, searchTemplates } from './methods/templates';
import { operationProperties, resourceOptions, resources } from './resources';
import { openWatiSession } from './shared/session';

const createOrUpdate = createOrUpdateMethods(watiCrm);

export class Wati implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WATI',
		name: 'wati',
		icon: { light: 'file:../../icons/wati.svg', dark: 'file:../../icons/wati.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"].replace(/([A-Z])/g, " $1").toLowerCase() + ": " + $parameter["resource"] }}',
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
		listSearch: { searchCampaigns, searchChatbots, searchTemplateNames, searchTemplates },
		loadOptions: { ...loadOptions, ...createOrUpdate.loadOptions },
		resourceMapping: { getTemplateParameters, ...createOrUpdate.resourceMapping },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = String(this.getNodeParameter('resource', 0));
		const name = String(this.getNodeParameter('operation', 0));
		const operation = findOperation(resources, resource, name);
		if (!operation) throw new NodeOperationError(this.getNode(), `There is no operation "${name}" of "${resource}"`);
		try {
			return [await runOperation(this, await openWatiSession(this), operation)];
		} catch (thrown) {
			throw toThrownError(this.getNode(), thrown);
		}
	}
}
