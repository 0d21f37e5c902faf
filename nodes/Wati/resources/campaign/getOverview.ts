import { InputProblem } from '../../../../http/errors';
import { optionsField, simplifyField } from '../../../shared/fields';
import { readChannel } from '../../shared/channel';
import { readPeriod } from '../../shared/period';
import type { WatiItemOperation } from '../../shared/session';
import { channelOption } from './channelOption';
import { withoutTotal } from './simplify';

export const getOverview: WatiItemOperation = {
	value: 'getOverview',
	name: 'Get Overview',
	action: 'Get overview of campaigns',
	description:
		'Retrieve how many messages of all campaigns were sent, delivered, opened, answered and failed in a period',
	fields: [
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			required: true,
			description: "Start of the period, in the workflow's time zone unless an offset is given",
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			required: true,
			description: "End of the period, in the workflow's time zone unless an offset is given",
		},
		simplifyField,
		optionsField([
			channelOption,
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. spring sale',
				description: 'Only campaigns whose name holds this text',
			},
		]),
	],
	concurrency: 4,
	async execute({ client, wati }, item) {
		const { from, to } = readPeriod(item, { from: item.get('from'), to: item.get('to') });
		const overview = await wati.getOverview(client, {
			from: given(from, 'From'),
			to: given(to, 'To'),
			channel: readChannel(item),
			search: item.optionText('search'),
		});
		return item.flag('simplify', 'Simplify') ? withoutTotal(overview) : overview;
	},
};

function given(moment: string | undefined, field: string): string {
	if (moment !== undefined) return moment;
	throw new InputProblem(`${field} is empty`, {
		field,
		expected: 'a date and time such as 2026-12-24T10:00:00Z',
		mend: `WATI wants both ends of the period. Fill in ${field}.`,
	});
}
