import type { WatiOperation } from '../../shared/session';
import { sendFields } from './sendFields';

export const send: WatiOperation = {
	value: 'send',
	name: 'Send',
	action: 'Send approved template to recipients',
	description:
		'Send an approved template to one or many recipients, also outside of the 24 hours after their last message',
	fields: sendFields(),
	async executeAll(session, items) {
		const { sendOrders } = await import('./sendOrders');
		return await sendOrders(session, items);
	},
};
