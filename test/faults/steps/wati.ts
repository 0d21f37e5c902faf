import type { INodeExecutionData } from 'n8n-workflow';

import { Wati } from '../../../nodes/Wati/Wati.node';
import { WatiCreateOrUpdateContact } from '../../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { phone, watiFixture } from '../../support/crms';
import { runNodeFake } from '../../support/fakeExecute';
import { contactsOf, PEOPLE, runCreateOrUpdate, seedPeople } from '../kit/contacts';
import type { RunContext, Step, Vendor } from '../kit/vendor';

const crm = watiFixture();
const { simulator } = crm;
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
const REFUSAL = { result: false, info: 'The plan of the account has ended' };

const connection = () => ({
	credentials: { watiConnectionApi: { apiEndpoint: `${simulator.origin}/12345`, accessToken: simulator.token } },
	authorize: () => ({ Authorization: `Bearer ${simulator.token}` }),
});

async function runWati(
	parameters: Record<string, unknown>,
	context: RunContext,
	binary?: INodeExecutionData['binary'],
): Promise<INodeExecutionData[]> {
	const http = connection();
	const [output] = await runNodeFake(new Wati(), {
		parameters: { simplify: true, options: {}, ...parameters },
		items: PEOPLE.map(() => ({ json: {}, ...(binary ? { binary } : {}) })),
		credentials: http.credentials,
		http: context.http(http),
		onError: context.onError,
		hints: context.hints,
	});
	return output ?? [];
}

const target = (item: number) => ({ mode: 'phone', value: `+${phone(item)}` });

const upsert = async (context: RunContext) =>
	await runCreateOrUpdate(crm, new WatiCreateOrUpdateContact(), connection(), context);

/** So many that the contacts are counted and read by pages, instead of one by one. */
const CROWD = Array.from({ length: 8 }, (_, item) => item);
const upsertCrowd = async (context: RunContext) =>
	await runCreateOrUpdate(crm, new WatiCreateOrUpdateContact(), connection(), context, CROWD);

const inContacts: Pick<Step, 'server' | 'isDone' | 'count' | 'refusal' | 'mayRunAgain'> = {
	...contactsOf(crm),
	server: () => simulator,
	refusal: REFUSAL,
};

/** Conversations in which everybody has just written. */
function seedConversations(): void {
	for (const person of PEOPLE)
		simulator.account.addConversation(simulator.account.addContact({ phone: phone(person) }));
}

const sentTo = (item: number): number =>
	simulator.account
		.contactsByPhone(phone(item))
		.flatMap((contact) => simulator.account.conversationsOf(contact))
		.flatMap(({ messages }) => messages)
		.filter(({ owner }) => owner === true).length;

const broadcastTo = (item: number): number =>
	[...simulator.account.broadcasts.values()]
		.flatMap(({ recipients }) => recipients)
		.filter((recipient) => JSON.stringify(recipient).includes(phone(item))).length;

const startsFor = (item: number): number =>
	simulator.account.chatbotStarts.filter(({ contactId }) =>
		simulator.account.contactsByPhone(phone(item)).some(({ id }) => id === contactId),
	).length;

const once = (count: (item: number) => number): Pick<Step, 'isDone' | 'count'> => ({
	count,
	isDone: (item) => count(item) > 0,
});

const files: string[] = [];

const steps: Step[] = [
	{
		...inContacts,
		name: 'look-up',
		effect: 'read',
		method: 'GET',
		path: /\/contacts\/\d+$/,
		calls: 3,
		prepare: () => seedPeople(crm),
		run: upsert,
	},
	{
		...inContacts,
		name: 'count',
		effect: 'read',
		method: 'GET',
		path: /\/contacts\/count$/,
		items: CROWD.length,
		calls: 1,
		prepare: () => seedPeople(crm),
		run: upsertCrowd,
	},
	{
		...inContacts,
		name: 'look-up by pages',
		effect: 'read',
		method: 'GET',
		path: /\/contacts$/,
		items: CROWD.length,
		calls: 1,
		prepare: () => seedPeople(crm),
		run: upsertCrowd,
	},
	{
		...inContacts,
		name: 'create',
		effect: 'create',
		method: 'POST',
		path: /\/contacts$/,
		calls: 3,
		run: upsert,
	},
	{
		...inContacts,
		name: 'update',
		effect: 'update',
		method: 'PUT',
		path: /\/contacts$/,
		calls: 1,
		prepare: () => seedPeople(crm),
		run: upsert,
	},
	{
		...once((item) => crm.stored(item).length),
		name: 'create by the WATI node',
		server: () => simulator,
		refusal: REFUSAL,
		effect: 'create',
		method: 'POST',
		path: /\/contacts$/,
		calls: 3,
		run: async (context) =>
			await runWati(
				{
					resource: 'contact',
					operation: 'create',
					phoneNumber: (item: number) => `+${phone(item)}`,
					name: 'New',
					attributes: {},
				},
				context,
			),
	},
	{
		...once(sentTo),
		name: 'message',
		effect: 'message',
		server: () => simulator,
		method: 'POST',
		path: /\/messages\/text$/,
		calls: 3,
		refusal: { message: { status: 'failed', failed_detail: '131047: too late' } },
		prepare: seedConversations,
		run: async (context) =>
			await runWati({ resource: 'message', operation: 'sendText', target, text: 'Hello' }, context),
	},
	{
		...once(sentTo),
		name: 'file',
		effect: 'message',
		server: () => simulator,
		method: 'POST',
		path: /\/messages\/file$/,
		calls: 3,
		refusal: { message: { status: 'failed', failed_detail: '131047: too late' } },
		prepare: seedConversations,
		run: async (context) =>
			await runWati(
				{
					resource: 'message',
					operation: 'sendFile',
					target,
					binaryPropertyName: 'data',
					options: { caption: 'Look' },
				},
				context,
				{ data: { data: PNG.toString('base64'), mimeType: 'image/png', fileName: 'a.png' } },
			),
	},
	{
		...once(broadcastTo),
		name: 'template',
		effect: 'message',
		server: () => simulator,
		method: 'POST',
		path: /\/messageTemplates\/send$/,
		calls: 3,
		refusal: { success: false, error: 'Channel not found' },
		prepare: () => void simulator.account.addTemplate({ name: 'welcome' }),
		run: async (context) =>
			await runWati(
				{
					resource: 'template',
					operation: 'send',
					template: { mode: 'name', value: 'welcome' },
					sendTo: 'one',
					target,
					templateParameters: { mappingMode: 'defineBelow', value: { name: 'Ada' }, schema: [] },
					broadcastName: 'Leads',
				},
				context,
			),
	},
	{
		...once(startsFor),
		name: 'chatbot',
		effect: 'message',
		server: () => simulator,
		method: 'POST',
		path: /\/chatbots\/start$/,
		calls: 3,
		refusal: { result: false, info: 'The bot is switched off' },
		prepare() {
			seedConversations();
			simulator.account.addChatbot('Welcome');
		},
		run: async (context) =>
			await runWati(
				{
					resource: 'chatbot',
					operation: 'start',
					target,
					chatbot: { mode: 'id', value: [...simulator.account.chatbots.keys()][0] },
				},
				context,
			),
	},
	{
		name: 'media',
		effect: 'read',
		server: () => simulator,
		method: 'GET',
		path: /\/messages\/file\/\w+$/,
		calls: 3,
		refusal: { code: 5004, message: 'Message Not Found' },
		prepare() {
			seedConversations();
			files.length = 0;
			for (const conversation of simulator.account.conversations.values()) {
				const media = { fileName: 'photo.png', mimeType: 'image/png', size: 0, content: PNG };
				files.push(simulator.account.addMessage(conversation, { media }).id);
			}
		},
		run: async (context) =>
			await runWati(
				{
					resource: 'message',
					operation: 'getMedia',
					messageId: (item: number) => files[item],
					binaryPropertyName: 'data',
					options: { maxSize: 1 },
				},
				context,
			),
		isDone: (_item, output) => output?.binary?.data?.data === PNG.toString('base64'),
		count: () => 1,
	},
];

export const wati: Vendor = {
	name: 'WATI',
	isOAuth2: false,
	start: crm.start,
	stop: crm.stop,
	reset: crm.reset,
	secrets: () => [simulator.token],
	steps,
};
