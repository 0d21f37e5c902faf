import type { WatiOperation } from '../../shared/session';
import { sendFields } from './sendFields';
import { sendOrders } from './sendOrders';

export const send: WatiOperation = {
	value: 'send',
	name: 'Send',
	action: 'Send approved template to recipients',
	description:
		'Send an approved template to one or many recipients, also outside of the 24 hours after their last message',
	fields: sendFields(),
	executeAll: async (session, items) => await sendOrders(session, items),
};
