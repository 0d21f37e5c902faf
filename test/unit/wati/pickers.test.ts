import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import { searchCampaigns } from '../../../nodes/Wati/methods/campaigns';
import { searchChatbots } from '../../../nodes/Wati/methods/chatbots';
import { getTeams } from '../../../nodes/Wati/methods/teams';
import { Wati } from '../../../nodes/Wati/Wati.node';
import { withWati } from '../../simulators/wati/harness';
import { fakeExecute } from '../../support/fakeExecute';

const { wati } = withWati();

/** What n8n gives a drop-down list while the builder has it open. */
function editor(): ILoadOptionsFunctions {
	const context: unknown = fakeExecute({
		parameters: {},
		credentials: { watiConnectionApi: { apiEndpoint: wati.origin, accessToken: wati.token } },
		authorize: () => ({ Authorization: `Bearer ${wati.token}` }),
	});
	return context as ILoadOptionsFunctions;
}

const seedChatbots = (names: string[]): void =>
	names.forEach((name, at) => {
		const id = `bot-${at}`;
		wati.account.chatbots.set(id, { id, name, created: new Date(at) });
	});

describe('Chatbot, from the list', () => {
	test('shows the account by name, a hundred at a time', async () => {
		seedChatbots(Array.from({ length: 150 }, (_, at) => `Bot ${at}`));
		const first = await searchChatbots.call(editor());
		expect(first.results).toHaveLength(100);
		expect(first.results[7]).toEqual({ name: 'Bot 7', value: 'bot-7' });
		const second = await searchChatbots.call(editor(), undefined, String(first.paginationToken));
		expect(second).toMatchObject({ results: { length: 50 } });
		expect(second.paginationToken).toBeUndefined();
	});

	test('finds by any part of the name, in any case, also on a later page', async () => {
		seedChatbots([...Array.from({ length: 250 }, (_, at) => `Bot ${at}`), 'Order Status']);
		expect(await searchChatbots.call(editor(), 'order s')).toEqual({
			results: [{ name: 'Order Status', value: 'bot-250' }],
		});
		expect(wati.log).toHaveLength(3);
	});

	test('looks through some pages at a time and leaves the rest to scrolling', async () => {
		seedChatbots(Array.from({ length: 700 }, (_, at) => `Bot ${at}`));
		expect(await searchChatbots.call(editor(), 'nothing')).toEqual({ results: [], paginationToken: '6' });
		expect(await searchChatbots.call(editor(), 'nothing', '6')).toEqual({ results: [] });
	});

	test('says what is wrong with the connection', async () => {
		wati.fault({ status: 401 });
		await expect(searchChatbots.call(editor())).rejects.toThrow("WATI doesn't accept the access token");
	});
});

test('Campaign, from the list, tells campaigns of one name apart by their day', async () => {
	for (const day of ['2026-03-01', '2026-04-01']) {
		wati.account.addBroadcast({ id: day, name: 'Sale', templateId: 'x', created: new Date(`${day}T08:00:00Z`) });
	}
	expect(await searchCampaigns.call(editor())).toEqual({
		results: [
			{ name: 'Sale (2026-03-01)', value: '2026-03-01' },
			{ name: 'Sale (2026-04-01)', value: '2026-04-01' },
		],
	});
});

test('Teams are the ones of the first 500 contacts, each once, sorted', async () => {
	const contacts = wati.account.seedContacts(600);
	const teams = new Map([
		[0, ['Support', 'Billing']],
		[499, ['Area', 'Support']],
		[500, ['Too late']],
	]);
	for (const [at, names] of teams) contacts[at]?.teams.push(...names);
	const options = await getTeams.call(editor());
	expect(options).toEqual(['Area', 'Billing', 'Support'].map((name) => ({ name, value: name })));
});

test('each list that the node names has its method', () => {
	const { description, methods } = new Wati();
	const known = [methods.listSearch, methods.loadOptions, methods.resourceMapping].flatMap((group) =>
		Object.keys(group),
	);
	const named = description.properties.flatMap(methodNames);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

/** Names of the methods behind a property, also of those inside collections. */
function methodNames(property: INodeProperties): string[] {
	const inner = (property.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.flatMap(methodNames);
		return 'type' in option ? methodNames(option) : [];
	});
	const own = [
		property.typeOptions?.loadOptionsMethod,
		property.typeOptions?.resourceMapper?.resourceMapperMethod,
		...(property.modes ?? []).map(({ typeOptions }) => typeOptions?.searchListMethod),
	];
	return [...own.filter((name) => name !== undefined), ...inner];
}
