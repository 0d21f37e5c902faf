import type { WatiOperation } from '../../shared/session';
import { sendFields } from './sendFields';

export const schedule: WatiOperation = {
	value: 'schedule',
	name: 'Schedule',
	action: 'Schedule approved template for recipients',
	description: "Have WATI send an approved template later; it can't be called back by n8n",
	fields: sendFields([
		{
			displayName: 'Scheduled At',
			name: 'scheduledAt',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'When to send, in the time zone of the workflow unless it names another one',
		},
	]),
	async executeAll(session, items) {
		const { sendOrders } = await import('./sendOrders');
		return await sendOrders(session, items, (item) =>
			session.wati.scheduledTime(item.get('scheduledAt'), item.n8n.getTimezone(), Date.now()),
		);
	},
};
