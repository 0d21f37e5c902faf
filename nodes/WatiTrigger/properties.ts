import type { INodeProperties } from 'n8n-workflow';

import { byLabel, optionsField, simplifyField } from '../shared/fields';
import { EVENTS } from './events';

const automatic = { show: { registration: ['automatic'] } };
const manual = { show: { registration: ['manual'] } };

const eventOptions = EVENTS.map(({ name, value, wati }) => ({ name, value, description: `WATI: ${wati}` })).sort(
	byLabel(({ name }) => name),
);

const NOTICE_AUTOMATIC = [
	'When the workflow is published, the trigger registers its own address in WATI.',
	'<b>WATI offers no way to take an address back:</b> it stays registered when the workflow is switched off, and events that come then are lost.',
	'Publishing the workflow again uses the same address. After a longer time off, look in WATI under Connector > Webhooks:',
	'an address that failed more than 100 times is marked "Defective" and has to be enabled there.',
	'To be rid of it for good, delete it there.',
].join(' ');

const NOTICE_MANUAL = [
	'Make up a secret, then copy the <b>Production URL</b> above: the secret is the last part of it.',
	'Paste it in WATI under Connector > Webhooks, tick the same events as here, and enable it. Of two events with the same name, take the one with "v2".',
	'Whoever knows the address can start this workflow.',
].join(' ');

const options: INodeProperties[] = [
	{
		displayName: 'Address Version',
		name: 'addressNumber',
		type: 'number',
		default: 1,
		description:
			'Change it when the address has become known, was deleted in WATI, or stays "Defective": the next publication registers a new one. The old one is ignored from then on; delete it in WATI.',
		displayOptions: { show: { '/registration': ['automatic'] } },
	},
	{
		displayName: 'Business-Scoped User IDs',
		name: 'withBsuid',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask for the variants of the events that always tell the business-scoped user ID. For accounts where WATI has enabled it; contacts may then come without a phone number.',
		displayOptions: { show: { '/registration': ['automatic'] } },
	},
	{
		displayName: 'Channel Numbers',
		name: 'moreChannels',
		type: 'string',
		default: '',
		placeholder: 'e.g. 15550001111, 15550002222',
		description:
			'Further channels to register, or with Registration: Manual the only channels to take, separated by commas. Events that tell no channel are always taken.',
	},
	{
		displayName: 'Download Media',
		name: 'downloadMedia',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the file of a message into the binary field "data". If that fails, the event comes without it and says why in "mediaError".',
	},
	{
		displayName: 'Keyword Match',
		name: 'keywordMatch',
		type: 'options',
		default: 'contains',
		options: [
			{ name: 'Contains', value: 'contains', description: 'The message holds the keyword anywhere' },
			{ name: 'Starts With', value: 'startsWith', description: 'The message begins with the keyword' },
			{ name: 'Whole Word', value: 'wholeWord', description: 'The message holds the keyword as a word of its own' },
		],
		description: 'How a message has to match a keyword; upper and lower case are the same',
	},
	{
		displayName: 'Keywords',
		name: 'keywords',
		type: 'string',
		default: '',
		placeholder: 'e.g. order, invoice',
		description:
			'Take only received messages with one of these keywords, separated by commas. Other events are not affected.',
	},
	{
		displayName: 'Max File Size (MB)',
		name: 'maxMediaSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 25,
		description: 'A larger file is not downloaded',
	},
	{
		displayName: 'Other Event Names',
		name: 'otherEvents',
		type: 'string',
		default: '',
		placeholder: 'e.g. ctaButtonClicked_bsuid',
		description: "WATI's own names of events that are not in the list, separated by commas",
	},
];

export const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['messageReceived'],
		options: eventOptions,
		description: 'The events that start the workflow. Each is taken once, however often WATI sends it.',
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		default: 'automatic',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'The trigger registers its address in WATI when the workflow is published',
			},
			{ name: 'Manual', value: 'manual', description: 'You paste the address in WATI under Connector > Webhooks' },
		],
		description: 'How WATI gets to know the address of this trigger',
	},
	{ displayName: NOTICE_AUTOMATIC, name: 'automaticNotice', type: 'notice', default: '', displayOptions: automatic },
	{ displayName: NOTICE_MANUAL, name: 'manualNotice', type: 'notice', default: '', displayOptions: manual },
	{
		displayName: 'Channel Number',
		name: 'channelNumber',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'Your own WhatsApp number whose events are wanted. Leave it empty where the account has one number. Of accounts with several, WATI does not list the default one: enter its number.',
		displayOptions: automatic,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a channel...',
				typeOptions: { searchListMethod: 'searchChannels', searchable: true },
			},
			{
				displayName: 'Number',
				name: 'number',
				type: 'string',
				placeholder: 'e.g. 15550001111',
				hint: 'With country code, as WATI shows it under Channels',
			},
		],
	},
	{
		displayName: 'Webhook Secret',
		name: 'webhookSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		placeholder: 'e.g. 40 letters and digits of a password manager',
		description:
			'24 to 128 letters, digits, "-" and "_", which become a part of the address. The secret is a part of the workflow, too: remove it before you share an export.',
		displayOptions: manual,
	},
	simplifyField,
	optionsField(options),
];
