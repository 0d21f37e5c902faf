import { watiCreateOrUpdateProperties } from '../../../shared/wati/createOrUpdateProperties';
import type { WatiOperation } from '../../shared/session';

export const createOrUpdate: WatiOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update contact by WhatsApp number',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
	fields: [
		{
			displayName:
				'The node "WATI Create or Update Contact" does the same. Take that one where you may want to swap WATI for another CRM: all of these nodes have the same parameters and the same output.',
			name: 'createOrUpdateNotice',
			type: 'notice',
			default: '',
		},
		...watiCreateOrUpdateProperties,
	],
	async executeAll(_session, items) {
		const [first] = items;
		if (!first) return [];
		const { createOrUpdateItems } = await import('../../../shared/createOrUpdate/run');
		const { watiCrm } = await import('../../../shared/wati/crm');
		return await createOrUpdateItems(first.n8n, watiCrm, items);
	},
};
