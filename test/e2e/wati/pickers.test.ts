import type { N8nClient } from '../../host/n8nClient';
import type { ParameterQuery } from '../../host/liveLists';
import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { connectWati } from './connectWati';

/** The lists of the node panel, asked for as n8n's editor does while a builder fills it in. */
let host: N8nClient;
let credential: CredentialRef;
const wati = new WatiSimulator();

beforeAll(async () => void ({ host, credential } = await connectWati(wati, '/12345')));
beforeEach(() => wati.reset());
afterAll(async () => await wati.stop());

const asked = (parameter: string, method: string, parameters: Record<string, unknown> = {}): ParameterQuery => ({
	nodeType: 'n8n-nodes-whatsapp-crm.wati',
	parameter,
	method,
	parameters,
	credentials: { watiConnectionApi: credential },
});

const names = ({ results }: { results: Array<{ name: string }> }) => results.map(({ name }) => name);

describe('Template', () => {
	const query = (options: object = {}) =>
		asked('template', 'searchTemplateNames', { resource: 'template', operation: 'send', options });

	test('offers the approved ones by name, with language and category', async () => {
		wati.account.addTemplate({ name: 'welcome' });
		wati.account.addTemplate({ name: 'order', category: 'UTILITY', language: 'de' });
		wati.account.addTemplate({ name: 'refused', status: 'REJECTED' });
		expect((await host.lists.search(query())).results).toMatchObject([
			{ name: 'welcome (en_US, MARKETING)', value: 'welcome' },
			{ name: 'order (de, UTILITY)', value: 'order' },
		]);
		expect(wati.log).toMatchObject([{ path: '/api/ext/v3/messageTemplates', query: { page_number: '1' } }]);
	});

	test('comes a hundred at a time, and is searched by a part of the name', async () => {
		for (let at = 0; at < 130; at++) wati.account.addTemplate({ name: `template_${at}` });
		const first = await host.lists.search(query());
		expect(first.results).toHaveLength(100);
		const second = await host.lists.search(query(), { paginationToken: String(first.paginationToken) });
		expect(second.results).toHaveLength(30);
		expect(second.paginationToken).toBeUndefined();
		expect(names(await host.lists.search(query(), { filter: 'E_129' }))).toEqual(['template_129 (en_US, MARKETING)']);
	});

	test('is of the channel that is chosen under Options', async () => {
		wati.account.addChannel('Berlin', '4930123456');
		await host.lists.search(query({ channel: '4930123456' }));
		expect(wati.log).toMatchObject([{ query: { channel: '4930123456' } }]);
	});

	test('offers all of them by ID where one is to be looked at', async () => {
		const { id } = wati.account.addTemplate({ name: 'refused', status: 'REJECTED' });
		const looking = asked('template', 'searchTemplates', { resource: 'template', operation: 'get' });
		expect((await host.lists.search(looking)).results).toMatchObject([
			{ name: 'refused (en_US, MARKETING, REJECTED)', value: id },
		]);
	});

	test('says what is wrong with the connection', async () => {
		wati.account.tokens.clear();
		await expect(host.lists.search(query())).rejects.toThrow("WATI doesn't accept the access token");
	});
});

test('Template Parameters are the fields of the chosen template, all required', async () => {
	const parameters = [
		{ name: 'name', value: 'Ada' },
		{ name: 'order', value: '4711' },
	];
	wati.account.addTemplate({ name: 'order', body: '{{name}}: {{order}}', parameters });
	const chosen = (value: string) =>
		asked('templateParameters', 'getTemplateParameters', {
			resource: 'template',
			operation: 'send',
			template: { __rl: true, mode: 'list', value },
		});
	expect((await host.lists.mapperFields(chosen('order'))).fields).toMatchObject([
		{ id: 'name', displayName: 'name (e.g. Ada)', required: true, type: 'string' },
		{ id: 'order', displayName: 'order (e.g. 4711)', required: true, type: 'string' },
	]);
	expect(await host.lists.mapperFields(chosen('gone'))).toMatchObject({
		fields: [],
		emptyFieldsNotice: 'WATI has no template "gone".',
	});
});

test('Chatbot is searched by its name, also on a later page', async () => {
	for (let at = 0; at < 120; at++) {
		const id = `bot-${at}`;
		wati.account.chatbots.set(id, { id, name: at === 110 ? 'Order status' : `Bot ${at}`, created: new Date(at) });
	}
	const query = asked('chatbot', 'searchChatbots', { resource: 'chatbot', operation: 'start' });
	expect((await host.lists.search(query)).results).toHaveLength(100);
	expect((await host.lists.search(query, { filter: 'order' })).results).toMatchObject([
		{ name: 'Order status', value: 'bot-110' },
	]);
});

test('Campaign is told apart by its day', async () => {
	for (const day of ['2026-03-01', '2026-04-01']) {
		wati.account.addBroadcast({ id: day, name: 'Sale', templateId: 'x', created: new Date(`${day}T08:00:00Z`) });
	}
	const query = asked('campaign', 'searchCampaigns', { resource: 'campaign', operation: 'get' });
	expect(names(await host.lists.search(query))).toEqual(['Sale (2026-03-01)', 'Sale (2026-04-01)']);
});

test('Team Names are the ones that contacts of the account belong to', async () => {
	wati.account.addContact({ phone: '14155550001', teams: ['Support', 'Billing'] });
	wati.account.addContact({ phone: '14155550002', teams: ['Support'] });
	const query = asked('teams', 'getTeams', { resource: 'contact', operation: 'assignToTeams' });
	expect((await host.lists.options(query)).map(({ value }) => value)).toEqual(['Billing', 'Support']);
});

test('Channel is offered by name and number; the default is left out, since it is what no choice means', async () => {
	wati.account.addChannel('Berlin', '4930123456');
	const query = asked('options.channel', 'getChannels', { resource: 'template', operation: 'send' });
	expect(await host.lists.options(query)).toMatchObject([{ name: 'Berlin (4930123456)', value: '4930123456' }]);
});

test('Create or Update offers the attributes that contacts of the account have', async () => {
	wati.account.addContact({ phone: '14155550001', attributes: { city: 'Berlin' } });
	const query = (parameter: string, method: string) =>
		asked(parameter, method, { resource: 'contact', operation: 'upsert' });
	const { fields } = await host.lists.mapperFields(query('fields', 'getContactFields'));
	expect(fields.slice(0, 1)).toMatchObject([{ id: 'whatsappNumber', displayName: 'WhatsApp Number', required: true }]);
	expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['name', 'city']));
	expect(await host.lists.options(query('summaryField', 'getSummaryFields'))).toContainEqual(
		expect.objectContaining({ value: 'city' }),
	);
});
