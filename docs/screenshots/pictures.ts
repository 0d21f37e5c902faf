import { CHANNEL, type Vendor } from './business';
import type { Picture, PictureNode } from './picture';

/** Where the values of a picture come from: the item itself, or the first node of a longer row. */
type From = (field: string) => string;
const incoming: From = (field) => `{{ $json.${field} }}`;
const ofOrder: From = (field) => `{{ $('New Orders').item.json.${field} }}`;

const contact = (
	[type, name, vendor]: [string, string, Vendor],
	values: Record<string, string>,
	parameters: Record<string, unknown> = {},
): PictureNode => ({
	name: `${name} Create or Update Contact`,
	type: `${type}CreateOrUpdateContact`,
	vendor,
	mapped: { parameter: 'fields', method: 'getContactFields', values },
	parameters,
});

const watiContact = (from: From): PictureNode =>
	contact(
		['wati', 'WATI', 'wati'],
		{
			whatsappNumber: `=${from('phone')}`,
			name: `=${from('firstName')} ${from('lastName')}`,
			city: `=${from('city')}`,
			last_order: `=${from('order')}`,
		},
		{ summaryField: 'conversation_summary' },
	);

const watiContactOfConversation = contact(
	['wati', 'WATI', 'wati'],
	{
		whatsappNumber: '={{ $json.phone }}',
		name: '={{ $json.firstName }} {{ $json.lastName }}',
		city: '={{ $json.city }}',
	},
	{ summaryField: 'conversation_summary', summary: '={{ $json.summary }}' },
);

const salesforceContact = (from: From): PictureNode =>
	contact(
		['salesforce', 'Salesforce', 'salesforce'],
		{
			Email: `=${from('email')}`,
			LastName: `=${from('lastName')}`,
			FirstName: `=${from('firstName')}`,
			MobilePhone: `=${from('phone')}`,
			MailingCity: `=${from('city')}`,
		},
		{ summaryField: 'Conversation_Summary__c', summary: `=${from('summary')}` },
	);

const zohoContact = contact(
	['zoho', 'Zoho CRM', 'zoho'],
	{
		Email: '={{ $json.email }}',
		Last_Name: '={{ $json.lastName }}',
		Branch: 'Online',
		First_Name: '={{ $json.firstName }}',
		Mobile: '={{ $json.phone }}',
		Mailing_City: '={{ $json.city }}',
	},
	{ summaryField: 'Conversation_Summary', summary: '={{ $json.summary }}' },
);

const wawpContact = contact(['wawp', 'Wawp', 'wawp'], {
	phone: '={{ $json.phone }}',
	firstName: '={{ $json.firstName }}',
	lastName: '={{ $json.lastName }}',
});

const sendTemplate = (name: string, from: From): PictureNode => ({
	name,
	type: 'wati',
	vendor: 'wati',
	parameters: {
		resource: 'template',
		operation: 'send',
		template: { __rl: true, mode: 'list', value: 'order_shipped', cachedResultName: 'order_shipped (en_US, UTILITY)' },
		target: { __rl: true, mode: 'phone', value: `=${from('phone')}` },
		broadcastName: 'Order shipped',
	},
	mapped: {
		parameter: 'templateParameters',
		method: 'getTemplateParameters',
		values: { name: `=${from('firstName')}`, order: `=${from('order')}`, day: `=${from('delivery')}` },
	},
});

const REDIRECTED = { clientSecret: 'sample-client-secret-of-a-coffee-roastery' };

/** Every picture of README and docs. Workflows of workflows/ are added by their files, see run.ts. */
export const PICTURES: Picture[] = [
	{
		file: 'overview',
		kind: 'canvas',
		workflow: {
			sample: 'orders',
			nodes: [watiContact(incoming), salesforceContact(ofOrder), sendTemplate('Send Template', ofOrder)],
		},
	},
	{ file: 'find-nodes', kind: 'creator', words: 'whatsapp', height: 730 },

	{
		file: 'node-wati',
		kind: 'panel',
		node: sendTemplate('WATI', incoming),
		sample: 'orders',
		run: true,
		output: 'json',
	},
	{
		file: 'node-wati-target',
		kind: 'panel',
		node: {
			name: 'WATI',
			type: 'wati',
			vendor: 'wati',
			parameters: {
				resource: 'message',
				operation: 'sendText',
				text: '=Your order is ready, {{ $json.firstName }}.',
				target: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
			},
		},
		sample: 'orders',
		openModes: 'target',
		height: 660,
	},
	{
		file: 'node-wati-trigger',
		kind: 'panel',
		node: {
			name: 'WATI Trigger',
			type: 'watiTrigger',
			vendor: 'wati',
			parameters: {
				events: ['messageReceived', 'newContact'],
				channelNumber: { __rl: true, mode: 'list', value: CHANNEL, cachedResultName: `Default (${CHANNEL})` },
			},
		},
	},
	{
		file: 'node-wati-contact',
		kind: 'panel',
		node: watiContactOfConversation,
		sample: 'conversations',
		run: true,
		output: 'json',
	},
	{
		file: 'node-salesforce-contact',
		kind: 'panel',
		node: salesforceContact(incoming),
		sample: 'conversations',
		run: true,
		output: 'json',
	},
	{
		file: 'node-zoho-contact',
		kind: 'panel',
		node: zohoContact,
		sample: 'conversations',
		run: true,
		output: 'json',
	},
	{
		file: 'node-wawp-contact',
		kind: 'panel',
		node: wawpContact,
		sample: 'conversations',
		run: true,
		output: 'json',
	},
	{
		file: 'outcome',
		kind: 'panel',
		node: watiContact(incoming),
		sample: 'orders',
		run: true,
		output: 'table',
		crop: 'output',
		across: 1600,
		parts: { left: 15, main: 20, right: 65 },
	},

	{
		file: 'error',
		kind: 'panel',
		node: {
			name: 'WATI',
			type: 'wati',
			vendor: 'wati',
			parameters: {
				resource: 'message',
				operation: 'sendText',
				text: 'Your order is ready.',
				target: { __rl: true, mode: 'phone', value: '030 901820' },
			},
		},
		sample: 'orders',
		fails: true,
	},

	{
		file: 'connection-wati',
		kind: 'dialog',
		node: { name: 'WATI', type: 'wati' },
		values: {
			apiEndpoint: 'https://live-mt-server.wati.io/12345',
			accessToken: 'sample-access-token-of-a-coffee-roastery',
		},
	},
	{
		file: 'connection-wati-refused',
		kind: 'dialog',
		node: { name: 'WATI', type: 'wati' },
		refused: { accessToken: 'an-old-access-token' },
		values: { apiEndpoint: 'https://live-mt-server.wati.io/12345' },
	},
	{
		file: 'connection-salesforce',
		kind: 'dialog',
		node: { name: 'Salesforce Create or Update Contact', type: 'salesforceCreateOrUpdateContact' },
		choices: { environment: 'My Domain' },
		values: {
			...REDIRECTED,
			clientId: '3MVG9.sample.consumer.key',
			myDomain: 'https://coffee-roastery.my.salesforce.com',
		},
	},
	{
		file: 'connection-zoho',
		kind: 'dialog',
		node: { name: 'Zoho CRM Create or Update Contact', type: 'zohoCreateOrUpdateContact' },
		choices: { dataCenter: 'Europe' },
		values: { ...REDIRECTED, clientId: '1000.SAMPLECLIENTID' },
	},
	{
		file: 'connection-wawp',
		kind: 'dialog',
		node: { name: 'Wawp Create or Update Contact', type: 'wawpCreateOrUpdateContact' },
		values: { instanceId: 'A1B2C3D4E5F6', accessToken: 'sample-access-token-of-a-coffee-roastery' },
	},
];
