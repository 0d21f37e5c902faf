import type { INodeProperties } from 'n8n-workflow';

import { defaultCountryOption, optionsField } from '../fields';

export interface CreateOrUpdateWording {
	/** Such as "Salesforce". */
	service: string;
	/** The key as the builder reads it, such as "email address". */
	key: string;
	/** Whether the vendor has a place for a summary. */
	summary: boolean;
	/** What marks contacts of this integration when no marker is chosen, as the end of a sentence; none: no field can hold a marker. */
	origin?: string;
	/** The vendor holds one contact for a key at most, so that nothing has to be chosen. */
	oneContactPerKey?: boolean;
	/** Options that only this vendor has. */
	options?: INodeProperties[];
	/** Whether phone numbers are read, so that a default country has a sense. */
	phones?: boolean;
}

/** What a node is about to do, below its name on the canvas; in the words for one switch alone, and for none. */
export function createOrUpdateSubtitle(words: { onlyCreate: string; nothing: string }): string {
	const { onlyCreate, nothing } = words;
	return [
		'={{ ($parameter["options"]["dryRun"] ? "dry run: " : "")',
		`($parameter["allowCreate"] ? ($parameter["allowUpdate"] ? "create or update" : "${onlyCreate}") : ($parameter["allowUpdate"] ? "update only" : "${nothing}")) }}`,
	].join(' + ');
}

/** The parameters of Create or Update Contact: the same on all four nodes, in the same order, with the same words. */
export function createOrUpdateProperties(wording: CreateOrUpdateWording): INodeProperties[] {
	return [
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			required: true,
			description: `The contact is found by its ${wording.key}; the other fields are written`,
			typeOptions: {
				resourceMapper: {
					resourceMapperMethod: 'getContactFields',
					mode: 'add',
					fieldWords: { singular: 'field', plural: 'fields' },
					addAllFields: false,
					multiKeyMatch: false,
					supportAutoMap: true,
					noFieldsError: `No fields of ${wording.service} yet: choose a connection that works, then`,
				},
			},
		},
		{
			displayName: 'Allow Creating and Updating New Contacts',
			name: 'allowCreate',
			type: 'boolean',
			default: true,
			description:
				wording.origin === undefined
					? 'Whether contacts that are not there yet are created'
					: 'Whether contacts that are not there yet are created, and contacts created by this integration are updated',
		},
		{
			displayName: 'Allow Updating Existing Fields',
			name: 'allowUpdate',
			type: 'boolean',
			default: true,
			description:
				wording.origin === undefined
					? 'Whether contacts that are there already are updated'
					: 'Whether contacts that somebody else created are updated',
		},
		...(wording.summary ? summaryFields : []),
		optionsField([
			...(wording.phones ? [defaultCountryOption] : []),
			...commonOptions(wording),
			...(wording.options ?? []),
		]),
	];
}

const summaryFields: INodeProperties[] = [
	{
		displayName: 'Summary Field Name or ID',
		name: 'summaryField',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getSummaryFields' },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'The field that takes the summary',
	},
	{
		displayName: 'Summary',
		name: 'summary',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Asked for a quote for 20 seats; call back on Monday',
		description: 'A summary of the conversation. An empty one is never written.',
	},
];

function commonOptions({ key, oneContactPerKey, origin }: CreateOrUpdateWording): INodeProperties[] {
	return [
		...(oneContactPerKey ? [] : [severalMatchOption(key)]),
		...(origin === undefined ? [] : [originMarkerOption(origin)]),
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to only look and say what would be done, without writing anything',
		},
		{
			displayName: 'Empty Values',
			name: 'emptyValues',
			type: 'options',
			options: [
				{ name: 'Clear the Field', value: 'clear', description: 'An empty value empties the field of the contact' },
				{ name: 'Ignore', value: 'ignore', description: 'An empty value leaves the field of the contact as it is' },
			],
			default: 'ignore',
			description: 'What an empty value of a mapped field means',
		},
	];
}

function severalMatchOption(key: string): INodeProperties {
	return {
		displayName: 'If Several Contacts Match',
		name: 'severalMatch',
		type: 'options',
		options: [
			{ name: 'Reject the Item', value: 'reject', description: 'Write nothing, and name the IDs of the contacts' },
			{ name: 'Skip the Item', value: 'skip', description: 'Write nothing, and go on without an error' },
			{ name: 'Update the Newest', value: 'newest', description: 'Take the contact that was created last' },
			{ name: 'Update the Oldest', value: 'oldest', description: 'Take the contact that was created first' },
		],
		default: 'reject',
		description: `What to do when more than one contact has the ${key}`,
	};
}

function originMarkerOption(origin: string): INodeProperties {
	return {
		displayName: 'Origin Marker',
		name: 'originMarker',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add origin marker',
		description: `A field that says that a contact was created by this integration: written when a contact is created, compared when it is found. Without one, ${origin}.`,
		options: [
			{
				displayName: 'Marker',
				name: 'marker',
				values: [
					{
						displayName: 'Field Name or ID',
						name: 'field',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getSummaryFields' },
						default: '',
						description:
							'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: 'n8n',
						description: 'What is written into the field',
					},
				],
			},
		],
	};
}
