import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createOrUpdateMethods } from '../shared/createOrUpdate/methods';
import { createOrUpdateProperties, createOrUpdateSubtitle } from '../shared/createOrUpdate/properties';
import { credentialTest } from './credentialTest';

const loadCrm = async () => (await import('./crm')).wawpCrm;

export class WawpCreateOrUpdateContact implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wawp Create or Update Contact',
		name: 'wawpCreateOrUpdateContact',
		icon: { light: 'file:../../icons/wawp.svg', dark: 'file:../../icons/wawp.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: createOrUpdateSubtitle({ onlyCreate: 'create only', nothing: 'find only' }),
		description: 'Save the name of a WhatsApp contact in Wawp, or change the name it has',
		defaults: { name: 'Wawp Create or Update Contact' },
		usableAsTool: true,
		parameterPane: 'wide',
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wawpConnectionApi', required: true, testedBy: 'wawpConnectionTest' }],
		properties: createOrUpdateProperties({
			service: 'Wawp',
			key: 'phone number or chat ID',
			summary: false,
			oneContactPerKey: true,
			phones: true,
		}),
	};

	methods = { ...createOrUpdateMethods(loadCrm), credentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { runCreateOrUpdate } = await import('../shared/createOrUpdate/run');
		return [await runCreateOrUpdate(this, await loadCrm())];
	}
}
