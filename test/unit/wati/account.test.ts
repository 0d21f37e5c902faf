import { testOperations, withWatiNode } from './operationTable';

const CHANNELS = [
	{ name: 'Support', channel: '15550002222' },
	{ name: 'Sales', channel: '15550003333' },
	{ name: 'Press', channel: '15550004444' },
];

testOperations([
	{
		name: 'Get Credits',
		parameters: { resource: 'account', operation: 'getCredits', simplify: true },
		request: () => ({ method: 'GET', path: '/account/credits' }),
		alike: true,
		output: () => ({
			credit: expect.any(Number),
			welcomeCredit: expect.any(Number),
			remainingFreeConversationsCount: expect.any(Number),
			currency: expect.any(String),
			autoChargeEnabled: expect.any(Boolean),
		}),
		refusedInside: [{ body: { result: false, info: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Get Channels',
		seed: ({ account }) => {
			for (const { name, channel } of CHANNELS) account.addChannel(name, channel);
		},
		parameters: {
			resource: 'account',
			operation: 'getChannels',
			returnAll: false,
			limit: (item: number) => item + 1,
		},
		request: (item) => ({
			method: 'GET',
			path: '/channels',
			query: { page_number: '1', page_size: String(item + 1) },
		}),
		output: (item) => CHANNELS.slice(0, item + 1).map((channel) => ({ id: expect.any(String), ...channel })),
		bad: { parameters: { limit: -1 }, message: /Limit is not a whole number/ },
		refusedInside: [{ body: { success: false, error: 'not today' }, message: /not today/ }],
	},
]);

describe('Get Channels', () => {
	const { wati, run } = withWatiNode();

	test('of an account with one number gives the default, which has no id', async () => {
		const output = await run({ parameters: { resource: 'account', operation: 'getChannels', returnAll: true } });
		expect(output.map(({ json }) => json)).toEqual([{ name: 'Default', channel: '15550001111' }]);
		expect(wati.log.map(({ query }) => query)).toEqual([{ page_number: '1', page_size: '100' }]);
	});
});
