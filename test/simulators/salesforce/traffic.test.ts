import axios from 'axios';

import { salesforceFaults } from './index';
import { withSalesforce } from './testClient';

const { simulator, api } = withSalesforce();

describe('versions', () => {
	it.each([
		['v30.0', 410],
		['v31.0', 200],
		['v41.0', 200],
		['v68.0', 200],
		['v69.0', 404],
		['66.0', 404],
		['v66', 404],
	])('%s answers %i', async (version, status) => {
		api.version = version;
		expect((await api.get('/limits')).status).toBe(status);
	});

	it('are listed without a token', async () => {
		const { data } = await axios.get<unknown[]>(`${simulator.origin}/services/data`);
		expect(data.at(-1)).toMatchObject({ version: '68.0', url: '/services/data/v68.0' });
	});
});

describe('limits', () => {
	it('of the day end in 403 without a hint when to come back', async () => {
		simulator.org.settings.dailyApiRequests = 1;
		expect((await api.get('/limits')).status).toBe(200);
		const { status, data, headers } = await api.get('/limits');
		expect(status).toBe(403);
		expect(data).toEqual([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]);
		expect(headers).toMatchObject({ 'sforce-limit-info': 'api-usage=1/1' });
		expect(headers['retry-after']).toBeUndefined();
	});

	it('of the request line end in 414, of line and headers in 431', async () => {
		const soql = (n: number) => `SELECT Id FROM Contact WHERE Email = '${'x'.repeat(n)}'`;
		expect((await api.query(soql(15_000))).status).toBe(200);
		expect((await api.query(soql(16_400))).status).toBe(414);
		api.headers = { 'x-padding': 'x'.repeat(2_000) };
		expect((await api.query(soql(15_000))).status).toBe(431);
	});
});

describe('bad requests', () => {
	it('get the vendor’s kind of answer', async () => {
		const url = `${simulator.origin}/services/data/v66.0/sobjects/Contact`;
		const send = async (data: string, contentType: string) =>
			await axios.post<unknown>(url, data, {
				headers: { authorization: `Bearer ${api.token}`, 'content-type': contentType },
				validateStatus: () => true,
			});
		expect(await send('{"LastName":', 'application/json')).toMatchObject({
			status: 400,
			data: [{ errorCode: 'JSON_PARSER_ERROR' }],
		});
		expect(await send('LastName=X', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 });
		expect(await send('x', 'text/csv')).toMatchObject({ status: 415 });
		expect(await api.post('/sobjects/Contact/describe', {})).toMatchObject({
			status: 405,
			data: [{ errorCode: 'METHOD_NOT_ALLOWED' }],
		});
		expect(await api.get('/nothing')).toMatchObject({ status: 404, data: [{ errorCode: 'NOT_FOUND' }] });
		expect(await axios.get(`${simulator.origin}/nothing`, { validateStatus: () => true })).toMatchObject({
			status: 404,
		});
	});
});

describe('faults', () => {
	it('a dropped answer has been written all the same', async () => {
		simulator.fault({ ...salesforceFaults.droppedAfterCommit, method: 'POST' });
		await expect(api.post('/sobjects/Contact', { LastName: 'X' })).rejects.toThrow();
		expect(simulator.contacts.size).toBe(1);
	});

	it.each([
		['dailyLimit', 403],
		['longTransactions', 403],
		['lockedRow', 400],
		['serverError', 500],
		['badGateway', 502],
		['unavailable', 503],
	] as const)('%s answers %i once', async (name, status) => {
		simulator.fault(salesforceFaults[name]);
		expect((await api.get('/limits')).status).toBe(status);
		expect((await api.get('/limits')).status).toBe(200);
	});

	it('the log tells what came', async () => {
		simulator.seedContacts(1);
		await api.query('SELECT Id FROM Contact');
		expect(simulator.requests('GET', /\/query$/)).toMatchObject([
			{ status: 200, query: { q: 'SELECT Id FROM Contact' } },
		]);
		expect(simulator.activity.queries).toBe(1);
	});
});
