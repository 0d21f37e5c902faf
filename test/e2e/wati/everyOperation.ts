import type { NodeSpec } from '../../host/workflowBuilder';
import type { Account } from '../../simulators/wati/account';

/** An operation of the WATI node, set up with the records of {@link seedAccount}. */
export interface OperationRow {
	/** A function is asked for each item, as an expression would be. */
	parameters: Record<string, unknown>;
	/** Input items; 1 when left out. */
	items?: number;
	/** Nodes before it; each item has a field `text`. */
	before?: NodeSpec[];
}

type Rows = Record<string, OperationRow>;

const PHONES = ['14155552671', '14155552672', '14155552673'];
const id = (kind: string): string => kind.padEnd(24, '0');
const ids = { contact: id('c0'), template: id('b0'), campaign: id('b1'), chatbot: id('e1'), message: id('e0') };

export function seedAccount(account: Account): void {
	const [contact] = PHONES.map((phone, item) =>
		account.addContact({ phone, name: `Ada ${item}`, ...(item === 0 ? { id: ids.contact } : {}) }),
	);
	if (contact === undefined) throw new Error('No contact');
	const conversation = account.addConversation(contact, { tags: ['vip'] });
	const content = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
	const media = { fileName: 'photo.png', mimeType: 'image/png', size: content.length, content };
	account.addMessage(conversation, { id: ids.message, media });
	account.addTemplate({ id: ids.template, name: 'welcome', parameters: [] });
	account.addBroadcast({ id: ids.campaign, name: 'Spring sale', templateId: ids.template });
	account.chatbots.set(ids.chatbot, { id: ids.chatbot, name: 'Welcome', created: account.now() });
}

const phone = (item: number) => ({ mode: 'phone', value: `+${PHONES[item]}` });
const target = phone(0);

const row = (resource: string, operation: string, parameters: Record<string, unknown> = {}): OperationRow => ({
	parameters: { resource, operation, ...parameters },
});

/** As a builder makes a file of a text. */
const convertToFile: NodeSpec = {
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: { operation: 'toText', sourceProperty: 'text', binaryPropertyName: 'data', options: {} },
};

const broadcast = {
	template: { mode: 'name', value: 'welcome' },
	specifyParameters: 'json',
	templateParametersJson: '{}',
	broadcastName: 'Leads',
};
const toOne = { ...broadcast, sendTo: 'one', target };
const toSeveral = { ...broadcast, sendTo: 'several', recipients: JSON.stringify(PHONES) };
const toAllItems = { ...broadcast, sendTo: 'all', target: phone };
const later = { scheduledAt: '2099-01-01T10:00:00Z' };

/** Everything that reaches a person: it is never sent a second time unless WATI has said that it did nothing. */
export const SENDS = {
	'Message > Send Text': row('message', 'sendText', { target, text: 'Hello' }),
	'Message > Send File': {
		...row('message', 'sendFile', { target, binaryPropertyName: 'data' }),
		before: [convertToFile],
	},
	'Message > Send File via URL': row('message', 'sendFileViaUrl', { target, fileUrl: 'https://example.com/may.pdf' }),
	'Message > Send Interactive Buttons': row('message', 'sendInteractiveButtons', {
		target,
		headerType: 'none',
		body: 'May we call?',
		buttons: { button: [{ text: 'Yes' }] },
	}),
	'Message > Send Interactive List': row('message', 'sendInteractiveList', {
		target,
		body: 'When?',
		buttonText: 'Choose',
		specifySections: 'json',
		sectionsJson: '[{ "rows": [{ "title": "Noon" }] }]',
	}),
	'Template > Send': row('template', 'send', toOne),
	'Template > Send, to several recipients': row('template', 'send', toSeveral),
	'Template > Send, to all input items': { ...row('template', 'send', toAllItems), items: 3 },
	'Template > Schedule': row('template', 'schedule', { ...toOne, ...later }),
	'Template > Schedule, to several recipients': row('template', 'schedule', { ...toSeveral, ...later }),
	'Template > Schedule, to all input items': { ...row('template', 'schedule', { ...toAllItems, ...later }), items: 3 },
	'Chatbot > Start': row('chatbot', 'start', { target, chatbot: { mode: 'id', value: ids.chatbot } }),
} satisfies Rows;

const campaign = { mode: 'id', value: ids.campaign };

/** What changes nothing: it is asked again. */
export const READS = {
	'Account > Get Channels': row('account', 'getChannels', { returnAll: true }),
	'Account > Get Credits': row('account', 'getCredits'),
	'Campaign > Estimate Cost': row('campaign', 'estimateCost', {
		template: { mode: 'id', value: ids.template },
		contactIds: ids.contact,
	}),
	'Campaign > Get': row('campaign', 'get', { campaign }),
	'Campaign > Get Many': row('campaign', 'getMany', { returnAll: true }),
	'Campaign > Get Overview': row('campaign', 'getOverview', { from: '2020-01-01', to: '2099-12-31' }),
	'Campaign > Get Recipients': row('campaign', 'getRecipients', { campaign, returnAll: true }),
	'Chatbot > Get Many': row('chatbot', 'getMany', { returnAll: true }),
	'Contact > Count': row('contact', 'count'),
	'Contact > Get': row('contact', 'get', { target }),
	'Contact > Get Many': row('contact', 'getMany', { returnAll: true }),
	'Conversation > Get Many': row('conversation', 'getMany', { returnAll: true }),
	'Message > Get Many': row('message', 'getMany', { target, returnAll: true }),
	'Message > Get Media File': row('message', 'getMedia', { messageId: ids.message }),
	'Template > Get': row('template', 'get', { template: { mode: 'id', value: ids.template } }),
	'Template > Get Many': row('template', 'getMany', { returnAll: true }),
} satisfies Rows;

/** What is the same when it is done twice: it is asked for again. */
export const SETTINGS = {
	'Contact > Assign to Teams': row('contact', 'assignToTeams', { target, teams: ['Billing'] }),
	'Contact > Update': row('contact', 'update', {
		target,
		attributes: { attribute: [{ name: 'city', value: 'Rome' }] },
	}),
	'Conversation > Add Tag': row('conversation', 'addTag', { target, tag: 'vip' }),
	'Conversation > Assign Operator': row('conversation', 'assignOperator', { target, assignTo: 'bot' }),
	'Conversation > Remove Tag': row('conversation', 'removeTag', { target, tag: 'vip' }),
	'Conversation > Update Status': row('conversation', 'updateStatus', { target, status: 'solved' }),
	'Message > Send Typing Indicator': row('message', 'sendTypingIndicator', { target }),
} satisfies Rows;

const newPhone = '+14155559999';

/** What may be repeated only if a look-up says that it was not done. */
export const WITH_LOOK_UP = {
	'Contact > Create': row('contact', 'create', { phoneNumber: newPhone, name: 'Grace' }),
	'Contact > Create or Update': row('contact', 'upsert', {
		fields: {
			mappingMode: 'defineBelow',
			value: { whatsappNumber: newPhone, name: 'Grace' },
			schema: ['whatsappNumber', 'name'].map((field) => ({
				id: field,
				displayName: field,
				required: field === 'whatsappNumber',
				display: true,
				type: 'string',
			})),
		},
		allowCreate: true,
		allowUpdate: true,
	}),
	'Contact > Delete': row('contact', 'delete', { target }),
} satisfies Rows;
