import type { INodeProperties } from 'n8n-workflow';

import { InputProblem } from '../../../http/errors';
import { datesAsText } from '../../../vendors/shared/calendar';
import { requiredText } from '../../../vendors/shared/checks';
import type { Attribute } from '../../../vendors/wati/contacts';
import type { ItemParameters } from '../../shared/itemParameters';

/** Custom attributes as rows of name and value; names that the account knows are offered. */
export const attributesField: INodeProperties = {
	displayName: 'Custom Attributes',
	name: 'attributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add attribute',
	default: {},
	description: 'Attributes to set on the contact. WATI stores every value as text.',
	options: [
		{
			displayName: 'Attribute',
			name: 'attribute',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. city',
					description: 'The name of the attribute as it is written in WATI',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. Berlin' },
			],
		},
	],
};

/** The attributes of an item, each name once. @throws InputProblem */
export function readAttributes(item: ItemParameters): Attribute[] {
	const rows = item.entries('attributes', 'attribute').map((row) => ({
		name: requiredText(row.name, 'Custom Attributes > Name', 200).trim(),
		value: asText(row.value),
	}));
	const twice = rows.find((row, index) => rows.findIndex(({ name }) => name === row.name) < index);
	if (!twice) return rows;
	throw new InputProblem(`Custom Attributes names "${twice.name}" twice`, {
		field: 'Custom Attributes',
		found: twice.name,
		expected: 'each name once',
		mend: 'Remove one of the two rows.',
	});
}

function asText(given: unknown): string {
	const value = datesAsText(given);
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
