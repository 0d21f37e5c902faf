import type { CredentialPlace } from './settings';
import { useWawp } from './testing';

const { wawp, plain, call } = useWawp();

const chatId = '14155552671@c.us';
const names = { firstName: 'Ana', lastName: 'Silva' };
const credentials = () => ({ instance_id: wawp.instanceId, access_token: wawp.accessToken });

const ways = {
	query: async () => await plain().put(`/contacts/${chatId}`, names, { params: credentials() }),
	body: async () => await plain().put(`/contacts/${chatId}`, { ...names, ...credentials() }),
	headers: async () =>
		await plain().put(`/contacts/${chatId}`, names, {
			headers: { authorization: `Bearer ${wawp.accessToken}`, 'x-instance-id': wawp.instanceId },
		}),
};
const places: CredentialPlace[] = ['query', 'body', 'headers'];

describe('credentials', () => {
	test.each(places)('are read from the %s', async (place) => {
		expect((await ways[place]()).data).toEqual({ success: true });
	});

	test.each(places)('can be read from the %s alone', async (place) => {
		wawp.settings.acceptCredentialsIn = [place];
		for (const way of places) {
			const answer = await ways[way]();
			expect(answer.status).toBe(way === place ? 200 : 401);
			if (way !== place) expect(answer.data.message).toBe('Missing access_token');
		}
	});

	test('the header access-token goes with an instance id in the query', async () => {
		const answer = await plain().get('/session/info', {
			params: { instance_id: wawp.instanceId },
			headers: { 'access-token': wawp.accessToken },
		});
		expect(answer.status).toBe(200);
	});

	test('a form body is Missing access_token, whatever else is sent', async () => {
		const form = new URLSearchParams({ ...credentials() });
		expect((await plain().post('/session/info', form)).data.message).toBe('Missing access_token');
		expect((await call().put(`/contacts/${chatId}`, new URLSearchParams(names))).status).toBe(401);
	});

	test('in query and body at once they are refused, unless switched off', async () => {
		const twice = async () => await call().put(`/contacts/${chatId}`, { ...names, ...credentials() });
		expect((await twice()).status).toBe(400);
		wawp.settings.refuseDuplicatedCredentials = false;
		expect((await twice()).status).toBe(200);
	});

	test.each([
		[{}, 401, 'unauthorized'],
		[{ access_token: 'wrong', instance_id: 'A1B2C3D4E5F6' }, 401, 'unauthorized'],
		[{ access_token: 'wawp-simulated-token' }, 400, 'missing_param'],
		[{ access_token: 'wawp-simulated-token', instance_id: 'short' }, 400, 'invalid_param'],
		[{ access_token: 'wawp-simulated-token', instance_id: 'Z1Z2Z3Z4Z5Z6' }, 404, 'invalid_session'],
	])('%j: %d %s', async (params, status, code) => {
		const answer = await plain().get('/session/info', { params });
		expect([answer.status, answer.data.code]).toEqual([status, code]);
	});
});

describe('session', () => {
	test.each(['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'WORKING', 'FAILED'] as const)(
		'%s is told by GET and by POST',
		async (status) => {
			wawp.settings.session = status;
			for (const answer of [await call().get('/session/info'), await plain().post('/session/info', credentials())]) {
				expect([answer.status, answer.data.status]).toEqual([200, status]);
				expect(answer.data.me === null).toBe(status !== 'WORKING');
			}
		},
	);

	test.each([
		[422, expect.objectContaining({ status: 'FAILED', expected: ['WORKING'] })],
		[404, expect.objectContaining({ code: 'invalid_session' })],
		[200, expect.objectContaining({ code: 'invalid_session' })],
	] as const)('one that does not work refuses contacts with %d', async (status, body) => {
		Object.assign(wawp.settings, { session: 'FAILED', whenNotWorking: status });
		for (const answer of [await ways.query(), await call().get('/contacts', { params: { contactId: chatId } })]) {
			expect([answer.status, answer.data]).toEqual([status, body]);
		}
		expect(wawp.contacts.writes).toHaveLength(0);
	});
});
