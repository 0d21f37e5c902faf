import type { INodeProperties } from 'n8n-workflow';

/** Options that only WATI has. */
export const watiOptions: INodeProperties[] = [
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
