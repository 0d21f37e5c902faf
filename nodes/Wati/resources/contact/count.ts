import { optionsField } from '../../../shared/fields';
import { readPeriod } from '../../shared/period';
import type { WatiItemOperation } from '../../shared/session';

export const count: WatiItemOperation = {
	value: 'count',
	name: 'Count',
	action: 'Count contacts',
	description: 'Retrieve the number of contacts',
	fields: [
		optionsField([
			{
				displayName: 'From',
				name: 'from',
				type: 'dateTime',
				default: '',
				description: 'Only contacts from this date and time on',
			},
			{
				displayName: 'To',
				name: 'to',
				type: 'dateTime',
				default: '',
				description: 'Only contacts up to this date and time',
			},
		]),
	],
	concurrency: 4,
	async execute({ client, wati }, item) {
		const period = readPeriod(item, { from: item.option('from'), to: item.option('to') });
		return { count: await wati.countContacts(client, period) };
	},
};
