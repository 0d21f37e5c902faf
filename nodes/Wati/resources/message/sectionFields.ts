import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../../shared/itemParameters';

const rowsField: INodeProperties = {
	displayName: 'Rows',
	name: 'rows',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add row',
	default: {},
	required: true,
	options: [
		{
			displayName: 'Row',
			name: 'row',
			values: [
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. Monday morning',
					description: 'Up to 24 characters, different in each row of the message',
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. 9 to 12 o’clock',
					description: 'Up to 72 characters',
				},
			],
		},
	],
};

/** The sections of a list, row by row or as JSON, for lists whose length the workflow decides. */
export const sectionFields: INodeProperties[] = [
	{
		displayName: 'Specify Sections',
		name: 'specifySections',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		description: 'Whether the sections are filled in here, or come as JSON from an earlier node',
		noDataExpression: true,
	},
	{
		displayName: 'Sections',
		name: 'sections',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { specifySections: ['fields'] } },
		placeholder: 'Add section',
		default: {},
		required: true,
		description: 'Up to 10 rows over all sections together',
		options: [
			{
				displayName: 'Section',
				name: 'section',
				values: [
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. This week',
						description: 'Up to 24 characters; may be empty when there is only one section',
					},
					rowsField,
				],
			},
		],
	},
	{
		displayName: 'Sections (JSON)',
		name: 'sectionsJson',
		type: 'json',
		displayOptions: { show: { specifySections: ['json'] } },
		default: '[{ "title": "", "rows": [{ "title": "", "description": "" }] }]',
		required: true,
		description: 'A list of sections, each with a title and its rows; up to 10 rows over all sections together',
	},
];

const EXAMPLE = '[{"title": "Sizes", "rows": [{"title": "Small"}]}]';

/** The sections of an item in the form of the API's functions, unchecked. */
export function readSections(item: ItemParameters): unknown {
	if (item.get('specifySections') === 'json') return item.json('sectionsJson', 'Sections (JSON)', EXAMPLE);
	return item.entries('sections', 'section').map(({ title, rows }) => ({ title, rows: rowsIn(rows) }));
}

function rowsIn(rows: unknown): unknown {
	return typeof rows === 'object' && rows !== null && 'row' in rows ? rows.row : [];
}
