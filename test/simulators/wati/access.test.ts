import axios from 'axios';

import { refused, withWati } from './harness';

const { wati, call } = withWati({ tenantId: '4711' });
const page = { params: { page_number: 1, page_size: 10 } };

describe('who may call', () => {
	test.each([
		['a wrong token', 'Bearer wrong'],
		['the token without Bearer', wati.token],
		['Bearer twice', `Bearer Bearer ${wati.token}`],
	])('%s is answered 401 in plain text', async (_what, authorization) => {
		const answer = await call('get', '/contacts/count', undefined, { headers: { authorization } });
		expect(answer).toMatchObject({ status: 401, data: 'Unauthorized' });
		expect(answer.headers['content-type']).toMatch('text/plain');
	});

	test('no token is answered 401, with an empty body when the account does so', async () => {
		wati.behaviour.unauthorizedBody = 'empty';
		const answer = await axios.get(`${wati.origin}/api/ext/v3/contacts/count`, { validateStatus: () => true });
		expect(answer).toMatchObject({ status: 401, data: '' });
	});

	test('a token without the scope is answered 403 with the JSON body that names the scopes', async () => {
		const reader = wati.account.addToken('reader', { scopes: ['contactsv3:read'] });
		const headers = { authorization: `Bearer ${reader}` };
		expect(await call('get', '/contacts/count', undefined, { headers })).toMatchObject({ status: 200 });
		const answer = await call('post', '/contacts', { whatsapp_number: '14155550100', name: 'Ada' }, { headers });
		expect(answer).toMatchObject({
			status: 403,
			data: { code: 403, message: expect.stringContaining('contactsv3:write'), timestamp: expect.any(String) },
		});
		expect(wati.account.contacts.size).toBe(0);
	});

	test('a legacy token is not checked for scopes', async () => {
		wati.account.addToken('jwt', { scopes: 'legacy' });
		const answer = await call('get', '/channels', undefined, { ...page, headers: { authorization: 'Bearer jwt' } });
		expect(answer.status).toBe(200);
	});

	test('a TRIAL token that updates contacts is answered 401 in plain text', async () => {
		wati.account.addToken('trial', { role: 'TRIAL' });
		const headers = { authorization: 'Bearer trial' };
		expect(await call('put', '/contacts', { contacts: [] }, { headers })).toMatchObject({
			status: 401,
			data: expect.stringContaining('TRIAL'),
		});
	});

	test('over the limit is answered 429 without a body', async () => {
		wati.rateLimit({ calls: 1, perMs: 10_000, path: /\/contacts/ });
		expect((await call('get', '/contacts/count')).status).toBe(200);
		const answer = await call('get', '/contacts/count');
		expect(answer).toMatchObject({ status: 429, data: '', headers: { 'retry-after': '10' } });
		expect((await call('get', '/account/credits')).status).toBe(200);
		expect(wati.log.map(({ handled }) => handled)).toEqual([true, false, true]);
	});
});

describe('paths', () => {
	test.each([
		['the tenant segment in a v3 path', '//4711/api/ext/v3/contacts/count'],
		['another version', '//api/ext/v2/contacts/count'],
		['another case', '//api/ext/v3/Contacts/count'],
		['a webhook registration without tenant', '//api/v2/webhookEndpoints'],
	])('%s is answered 404', async (_what, path) => {
		expect((await call('get', path)).status).toBe(404);
		expect((await call('post', path, [])).status).toBe(404);
	});

	test('a method that a path does not have is answered 405', async () => {
		expect((await call('patch', '/contacts')).status).toBe(405);
		expect((await call('get', '/conversations/messages/text')).status).toBe(405);
	});
});

describe('content types', () => {
	const contact = JSON.stringify({ whatsapp_number: '14155550100', name: 'Ada' });

	test.each(['application/json', 'application/json; charset=utf-8', 'application/json-patch+json', 'text/json'])(
		'%s is taken',
		async (type) => {
			const answer = await call('post', '/contacts', contact, { headers: { 'content-type': type } });
			expect(answer.status).toBe(200);
		},
	);

	test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])(
		'%s is refused for a JSON endpoint',
		async (type) => {
			const answer = await call('post', '/contacts', contact, { headers: { 'content-type': type } });
			expect(answer.status).toBe(415);
			expect(wati.account.contacts.size).toBe(0);
		},
	);

	test('a body that is not JSON is refused', async () => {
		const headers = { 'content-type': 'application/json' };
		expect(await call('post', '/contacts', Buffer.from('{'), { headers })).toMatchObject(refused(/JSON/));
	});
});

describe('pages', () => {
	test.each(['/contacts', '/channels', '/chatbots', '/messageTemplates', '/broadcasts', '/conversations'])(
		'%s wants page_number and page_size of at most 100, and no other spelling',
		async (path) => {
			const list = async (params: object) => await call('get', path, undefined, { params });
			expect((await list({ page_number: 1, page_size: 100 })).status).toBe(200);
			expect(await list({ page_size: 10 })).toMatchObject(refused(/page_number/));
			expect(await list({ page_number: 1 })).toMatchObject(refused(/page_size/));
			expect(await list({ page_number: 1, page_size: 101 })).toMatchObject(refused(/page_size/));
			expect(await list({ page_number: 0, page_size: 10 })).toMatchObject(refused(/page_number/));
			expect(await list({ page_number: 'x', page_size: 10 })).toMatchObject(refused(/page_number/));
			expect(await list({ pageNumber: 1, pageSize: 10 })).toMatchObject(refused());
			expect(await list({ page_number: 1, page_size: 10, search: 'ada' })).toMatchObject(refused(/search/));
		},
	);
});

describe('faults on demand', () => {
	test('an answer that is lost after the contact was made leaves the contact behind', async () => {
		wati.fault({ method: 'POST', drop: 'after' });
		await expect(call('post', '/contacts', { whatsapp_number: '14155550100', name: 'Ada' })).rejects.toThrow();
		expect(wati.account.contactsByPhone('14155550100')).toHaveLength(1);
		expect(wati.log[0]).toMatchObject({ handled: true, lost: true });
	});

	test('a connection that breaks before handling leaves nothing behind', async () => {
		wati.fault({ drop: 'before' });
		await expect(call('post', '/contacts', { whatsapp_number: '14155550100', name: 'Ada' })).rejects.toThrow();
		expect(wati.account.contacts.size).toBe(0);
		expect(wati.log[0]).toMatchObject({ handled: false, lost: true });
	});

	test('a 503 for one body only, then all is well', async () => {
		wati.fault({ status: 503, body: 'busy', when: ({ body }) => JSON.stringify(body).includes('Ada') });
		expect((await call('post', '/contacts', { whatsapp_number: '14155550101', name: 'Bob' })).status).toBe(200);
		const ada = { whatsapp_number: '14155550100', name: 'Ada' };
		expect(await call('post', '/contacts', ada)).toMatchObject({ status: 503, data: 'busy' });
		expect((await call('post', '/contacts', ada)).status).toBe(200);
		expect(wati.counters()).toMatchObject({ requests: 3, handled: 2 });
	});

	test('done, but answered 500', async () => {
		wati.fault({ answerAfter: { status: 500, body: { code: 500, message: 'oops' } } });
		const answer = await call('post', '/contacts', { whatsapp_number: '14155550100', name: 'Ada' });
		expect(answer).toMatchObject({ status: 500, data: { message: 'oops' } });
		expect(wati.account.contacts.size).toBe(1);
		expect(wati.log[0]).toMatchObject({ status: 500, handled: true });
	});

	test('latency holds the answer back and peak concurrency is counted', async () => {
		wati.latencyMs = 60;
		const started = Date.now();
		await Promise.all([call('get', '/contacts/count'), call('get', '/contacts/count')]);
		expect(Date.now() - started).toBeGreaterThanOrEqual(58);
		expect(wati.counters().peakConcurrency).toBe(2);
	});

	test('a request whose body is refused unread is in the log with its headers and status', async () => {
		await call('post', '/contacts', 'x', { headers: { 'content-type': 'application/xml' } });
		expect(wati.log[0]).toMatchObject({ method: 'POST', status: 415, headers: { 'content-type': 'application/xml' } });
	});
});
