import type { INodeProperties } from 'n8n-workflow';

import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { ItemParameters } from '../../../shared/itemParameters';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { bodyField, footerOption } from './interactiveFields';
import { sentOutput } from './simplify';

const headerFields: INodeProperties[] = [
	{
		displayName: 'Header',
		name: 'headerType',
		type: 'options',
		options: [
			{ name: 'Document', value: 'document' },
			{ name: 'Image', value: 'image' },
			{ name: 'None', value: 'none' },
			{ name: 'Text', value: 'text' },
			{ name: 'Video', value: 'video' },
		],
		default: 'none',
		description: 'What stands above the body',
	},
	{
		displayName: 'Header Text',
		name: 'headerText',
		type: 'string',
		displayOptions: { show: { headerType: ['text'] } },
		default: '',
		required: true,
		placeholder: 'e.g. Your appointment',
		description: 'Up to 60 characters',
	},
	{
		displayName: 'Media URL',
		name: 'mediaUrl',
		type: 'string',
		displayOptions: { show: { headerType: ['document', 'image', 'video'] } },
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/flyer.jpg',
		description: 'Address of the file, which WATI has to be able to open without signing in',
	},
];

const buttonsField: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add button',
	default: {},
	required: true,
	description: 'One to three buttons, each with a text of its own',
	options: [
		{
			displayName: 'Button',
			name: 'button',
			values: [
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. Call me',
					description: 'Up to 20 characters',
				},
			],
		},
	],
};

export const sendInteractiveButtons: WatiItemOperation = {
	value: 'sendInteractiveButtons',
	name: 'Send Interactive Buttons',
	action: 'Send interactive buttons to contact',
	description: 'Send a text with up to three buttons to answer with',
	fields: [
		targetField('conversation', 'Who receives the message'),
		...headerFields,
		bodyField,
		buttonsField,
		simplifyField,
		optionsField([
			defaultCountryOption,
			footerOption,
			{
				displayName: 'Media File Name',
				name: 'mediaFileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. price-list.pdf',
				description: 'Name under which the file of the header is shown',
				displayOptions: { show: { '/headerType': ['document', 'image', 'video'] } },
			},
		]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const message = await session.wati.sendButtons(session.client, target, {
			...readHeader(item),
			body: item.get('body'),
			footer: item.option('footer'),
			buttons: item.entries('buttons', 'button').map(({ text }) => text),
		});
		return sentOutput(item, message);
	},
};

/** Parameters that the chosen header doesn't show are not there to be read. */
function readHeader(item: ItemParameters): {
	headerType: unknown;
	headerText?: unknown;
	mediaUrl?: unknown;
	mediaFileName?: unknown;
} {
	const headerType = item.get('headerType');
	if (headerType === 'none') return { headerType };
	if (headerType === 'text') return { headerType, headerText: item.get('headerText') };
	return { headerType, mediaUrl: item.get('mediaUrl'), mediaFileName: item.option('mediaFileName') };
}
