import { countWithin } from '../../../../vendors/shared/checks';
import { LIMITS } from '../../../../vendors/wati/limits';
import { simplifyField } from '../../../shared/fields';
import { readList } from '../../shared/lists';
import { pickerField, readPicked, templateIdPicker } from '../../shared/pickers';
import type { WatiItemOperation } from '../../shared/session';
import { simpleEstimate } from './simplify';

export const estimateCost: WatiItemOperation = {
	value: 'estimateCost',
	name: 'Estimate Cost',
	action: 'Estimate cost of sending template',
	description: 'Retrieve what sending a template to contacts would cost, and the credit that is left',
	fields: [
		pickerField(templateIdPicker),
		{
			displayName: 'Contact IDs',
			name: 'contactIds',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 6a9f0c1d2e3b4a5f6c7d8e9f, 6a9f0c1d2e3b4a5f6c7d8ea0',
			description:
				'IDs of the contacts as WATI gives them, separated by commas, or as a list or JSON array from an expression',
		},
		simplifyField,
	],
	async execute({ client, wati }, item) {
		const template = readPicked(item, templateIdPicker);
		const ids = [...new Set(readList(item.get('contactIds'), 'Contact IDs'))];
		const contacts = countWithin(ids, 'Contact IDs', 1, LIMITS.recipientsPerCall);
		const cost = await wati.estimateCost(client, template, contacts);
		return item.flag('simplify', 'Simplify') ? simpleEstimate(cost) : cost;
	},
};
