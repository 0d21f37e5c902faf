import { testOperations, withWatiNode } from './operationTable';

testOperations([
	{
		name: 'Get Credits',
		parameters: { resource: 'account', operation: 'getCredits', simplify: true },
		request: { method: 'GET', path: '/account/credits' },
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
			account.addChannel('Support', '15550002222');
		},
		parameters: { resource: 'account', operation: 'getChannels', returnAll: true },
		request: { method: 'GET', path: '/channels', query: { page_number: '1', page_size: '100' } },
		output: () => [{ id: expect.any(String), name: 'Support', channel: '15550002222' }],
		bad: { parameters: { returnAll: false, limit: -1 }, message: /Limit is not a whole number/ },
		refusedInside: [{ body: { success: false, error: 'not today' }, message: /not today/ }],
	},
]);

describe('Get Channels', () => {
	const { run } = withWatiNode();

	test('of an account with one number gives the default, which has no id', async () => {
		const output = await run({ parameters: { resource: 'account', operation: 'getChannels', returnAll: true } });
		expect(output.map(({ json }) => json)).toEqual([{ name: 'Default', channel: '15550001111' }]);
	});
});
