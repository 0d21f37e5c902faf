import { withSalesforce } from './testClient';

const { simulator, api } = withSalesforce();

interface Subanswer {
	body: unknown;
	httpStatusCode: number;
	referenceId: string;
}

const base = '/services/data/v66.0';
const query = (referenceId: string, soql: string) => ({
	method: 'GET',
	url: `${base}/query?q=${encodeURIComponent(soql)}`,
	referenceId,
});
const run = async (compositeRequest: unknown[], allOrNone = false) => {
	const { data } = await api.post<{ compositeResponse: Subanswer[] }>('/composite', { allOrNone, compositeRequest });
	return data.compositeResponse;
};

describe('composite', () => {
	it('runs queries that are too long for a URL, and counts as one request', async () => {
		simulator.seedContacts(1000);
		const emails = Array.from({ length: 1000 }, (_, i) => `'person-${i}@contacts.example'`).join(',');
		const answers = await run([query('all', `SELECT Id FROM Contact WHERE Email IN (${emails})`)]);
		expect(answers).toMatchObject([{ httpStatusCode: 200, referenceId: 'all', body: { totalSize: 1000, done: true } }]);
		expect(simulator.org.usedRequests).toBe(1);
	});

	it('hands the answer of one subrequest to the next', async () => {
		const answers = await run([
			{ method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'made', body: { LastName: 'Boss' } },
			{
				method: 'POST',
				url: `${base}/sobjects/Contact`,
				referenceId: 'second',
				body: { LastName: 'Worker', ReportsToId: '@{made.id}' },
			},
			query('found', "SELECT Id FROM Contact WHERE ReportsTo.LastName = 'Boss'"),
			{
				method: 'PATCH',
				url: `${base}/sobjects/Contact/@{found.records[0].Id}`,
				referenceId: 'changed',
				body: { Phone: '1' },
			},
		]);
		expect(answers.map((one) => one.httpStatusCode)).toEqual([201, 201, 200, 204]);
		expect([...simulator.contacts.values()].at(-1)).toMatchObject({ LastName: 'Worker', Phone: '1' });
	});

	it('without allOrNone only what depends on a failure fails with it', async () => {
		const answers = await run([
			{ method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'bad', body: {} },
			{ method: 'GET', url: `${base}/sobjects/Contact/@{bad.id}`, referenceId: 'dependent' },
			{ method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'good', body: { LastName: 'X' } },
		]);
		expect(answers).toMatchObject([
			{ httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
			{ httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
			{ httpStatusCode: 201 },
		]);
		expect(simulator.contacts.size).toBe(1);
	});

	it('with allOrNone undoes all and names the one that failed', async () => {
		const answers = await run(
			[
				{ method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'good', body: { LastName: 'X' } },
				{ method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'bad', body: {} },
				{ method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'late', body: { LastName: 'Y' } },
			],
			true,
		);
		expect(answers).toMatchObject([
			{ body: [{ errorCode: 'PROCESSING_HALTED' }] },
			{ body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
			{ body: [{ errorCode: 'PROCESSING_HALTED' }] },
		]);
		expect(simulator.contacts.size).toBe(0);
	});

	it.each([
		[
			'more than 25 subrequests',
			Array.from({ length: 26 }, (_, i) => ({ method: 'GET', url: `${base}/limits`, referenceId: `r${i}` })),
		],
		['more than 5 queries', Array.from({ length: 6 }, (_, i) => query(`r${i}`, 'SELECT Id FROM Contact'))],
		['a whole address', [{ method: 'GET', url: `https://x.example${base}/limits`, referenceId: 'r' }]],
		['a name used twice', [query('r', 'SELECT Id FROM Contact'), query('r', 'SELECT Id FROM Contact')]],
		['nothing to do', []],
	])('refuses %s', async (_what, compositeRequest) => {
		expect((await api.post('/composite', { compositeRequest })).status).toBe(400);
	});
});
