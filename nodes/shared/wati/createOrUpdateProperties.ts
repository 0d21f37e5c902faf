import type { INodeProperties } from 'n8n-workflow';

import { createOrUpdateProperties } from '../createOrUpdate/properties';

/** Options that only WATI has. */
const watiOptions: INodeProperties[] = [
	{
		displayName: 'New Attributes',
		name: 'newAttributes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add attribute',
		default: {},
		description: 'Attributes that no contact of the account has yet, and which are therefore not in the list of fields',
		options: [
			{
				displayName: 'Attribute',
				name: 'attribute',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. loyalty_level' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. gold' },
				],
			},
		],
	},
	{
		displayName: 'Always Save Summary',
		name: 'alwaysSaveSummary',
		type: 'boolean',
		default: true,
		description:
			'Whether the summary is saved even where Allow Updating Existing Fields is off and somebody else created the contact',
	},
];

/** The parameters of Create or Update Contact for WATI: of its own node, and of the operation of the WATI node. */
export const watiCreateOrUpdateProperties = createOrUpdateProperties({
	service: 'WATI',
	key: 'WhatsApp number',
	summary: true,
	origin: 'the attribute created_by with the value n8n is used',
	phones: true,
	options: watiOptions,
});
