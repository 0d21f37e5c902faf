import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createOrUpdateMethods } from '../shared/createOrUpdate/methods';
import { createOrUpdateSubtitle } from '../shared/createOrUpdate/properties';
import { watiCreateOrUpdateProperties } from '../shared/wati/createOrUpdateProperties';
import { credentialTest } from '../shared/wati/credentialTest';

const loadCrm = async () => (await import('../shared/wati/crm')).watiCrm;

export class WatiCreateOrUpdateContact implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WATI Create or Update Contact',
		name: 'watiCreateOrUpdateContact',
		icon: { light: 'file:../../icons/watiContact.svg', dark: 'file:../../icons/watiContact.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: createOrUpdateSubtitle({ onlyCreate: 'create, update own', nothing: 'find only' }),
		description: 'Create a contact in WATI, or update the one with the same WhatsApp number: its name and attributes',
		defaults: { name: 'WATI Create or Update Contact' },
		usableAsTool: true,
		parameterPane: 'wide',
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'watiConnectionApi', required: true, testedBy: 'watiConnectionTest' }],
		properties: watiCreateOrUpdateProperties,
	};

	methods = { ...createOrUpdateMethods(loadCrm), credentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { runCreateOrUpdate } = await import('../shared/createOrUpdate/run');
		return [await runCreateOrUpdate(this, await loadCrm())];
	}
}
