import { axiosTransport } from '../../../http/axiosTransport';
import type { Transport } from '../../../http/types';
import { parseZohoConnection, zohoApi, type ZohoToken } from '../../../vendors/zoho/connection';
import { zohoDirectory } from '../../../vendors/zoho/directory';
import { connectedUserId } from '../../../vendors/zoho/users';
import { problems } from '../upsert/builders';
import { FIELDS, item, useZohoAccount } from './harness';

const origin = (api_domain: string | undefined, more: ZohoToken = {}) =>
	parseZohoConnection({ api_domain, ...more }).origin;

test.each([
	'https://www.zohoapis.com',
	'https://www.zohoapis.eu',
	'https://www.zohoapis.com.au',
	'https://www.zohoapis.ca',
	'https://www.zohoapis.uk',
	'https://sandbox.zohoapis.in',
	'http://127.0.0.1:9000',
])('%s may have the token', (domain) => {
	expect(origin(domain)).toBe(domain);
});

test.each([
	'https://www.zohoapis.com.evil.example',
	'https://evilzohoapis.com',
	'https://www.zohoapis.com@evil.example',
	'https://www.zohoapis.evil',
	'http://www.zohoapis.com',
	'https://10.0.0.1',
	'javascript:alert(1)',
])('%s may not', (domain) => {
	expect(() => origin(domain)).toThrow("The connection's API address is not one of Zoho CRM");
});

test('a connection without an address says that it has to be connected, and what Zoho said', () => {
	expect(() => origin(undefined)).toThrow('This Zoho CRM connection is not connected');
	try {
		origin(undefined, { error: 'invalid_code' });
	} catch (thrown) {
		expect(thrown).toMatchObject({ kind: 'reconnect', description: expect.stringContaining('It said: invalid_code.') });
	}
});

describe('a token that is not good any more', () => {
	const { zoho, run, token, api, connect } = useZohoAccount();

	/** What n8n leaves in the connection after Zoho refused a new token under HTTP 200. */
	const afterRefresh = (error?: string) => {
		zoho.expireAccessTokens();
		Object.assign(token(), { error });
	};
	const items = Array.from({ length: 500 }, (_, index) => item(`contact${index}@example.com`));

	test.each([
		['invalid_code', 'Zoho no longer accepts this connection', 'connect it again'],
		['Access Denied', 'Zoho gives this connection no new access token for now', 'Wait 10 minutes'],
		[undefined, 'Zoho no longer accepts this connection', 'connect it again'],
	])('because of %s: %s', async (error, message, description) => {
		afterRefresh(error);
		const [problem] = problems(await run(items));
		expect(problem?.message).toBe(message);
		expect(problem?.description).toContain(description);
		expect(JSON.stringify(problem)).not.toContain(token().access_token);
	});

	test('is not tried with every item: each try would ask Zoho for another one', async () => {
		afterRefresh('invalid_code');
		expect(problems(await run(items))).toHaveLength(500);
		expect(zoho.api.log.length).toBeLessThanOrEqual(5);
	});

	test('is renewed once, however many calls a run makes', async () => {
		const plain = axiosTransport({ authorize: () => ({ authorization: `Bearer ${token().access_token}` }) });
		let renewals = 0;
		// As n8n 1.x does: after each refusal, also for calls of one moment.
		const send: Transport['send'] = async (request) => {
			const answer = await plain.send(request);
			if (answer.status !== 401) return answer;
			renewals++;
			connect();
			return await plain.send(request);
		};
		const renewing = zohoApi({ ...plain, send }, parseZohoConnection(token()), async () => token());
		zoho.expireAccessTokens();
		const keys = items.map(({ key }) => key);
		const found = await zohoDirectory(renewing, FIELDS, { allowUpdate: true }).find(keys, ['Phone']);
		expect(found.every(({ ok }) => ok)).toBe(true);
		expect(renewals).toBe(1);
	});

	test('an old refusal in the connection means nothing while the token is good', async () => {
		Object.assign(token(), { error: 'Access Denied' });
		expect(problems(await run([item('ann@example.com')]))).toEqual([]);
	});

	test('without the scope for users the permission is named', async () => {
		zoho.api.fault({
			path: /users/,
			status: 401,
			body: { code: 'OAUTH_SCOPE_MISMATCH', details: {}, message: 'Unauthorized', status: 'error' },
		});
		await expect(connectedUserId(api(), ['scope', token().refresh_token])).rejects.toMatchObject({
			kind: 'forbidden',
			message: 'The Zoho CRM connection is not allowed to read its own user',
			description: expect.stringContaining('ZohoCRM.users.READ'),
		});
	});

	test.each([429, 400, 403])('TOO_MANY_REQUESTS is waited for, with status %s too', async (status) => {
		const body = { code: 'TOO_MANY_REQUESTS', details: {}, message: 'x', status: 'error' };
		zoho.api.fault({ path: /coql/, status, body });
		zoho.api.fault({ path: /upsert/, status, body: { data: [body] } });
		expect(problems(await run([item('ann@example.com')]))).toEqual([]);
		expect(zoho.contacts.all()).toHaveLength(1);
	});
});
