import { Connection, OAuth2 } from 'jsforce';

import { duplicateRule, SALESFORCE_CLIENT, SalesforceSimulator } from './index';

/** The public client for Salesforce, which knows nothing of this simulator, has to work with it as it is. */
const simulator = new SalesforceSimulator({ instance: 'separate' });
let connection: Connection;

beforeAll(async () => await simulator.start());
afterAll(async () => await simulator.stop());
beforeEach(() => {
	simulator.reset();
	connection = new Connection({
		instanceUrl: simulator.instanceUrl,
		accessToken: simulator.openSession().token,
		version: '66.0',
	});
});

const oauth2 = () =>
	new OAuth2({
		loginUrl: simulator.origin,
		clientId: SALESFORCE_CLIENT.id,
		clientSecret: SALESFORCE_CLIENT.secret,
		redirectUri: 'https://app.example/callback',
		useVerifier: true,
	});

async function loggedIn() {
	const flow = oauth2();
	const page = await fetch(flow.getAuthorizationUrl({ scope: 'full refresh_token' }), { redirect: 'manual' });
	const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const own = new Connection({ oauth2: flow, version: '66.0' });
	return { own, user: await own.authorize(code) };
}

const rows = (n: number) =>
	Array.from({ length: n }, (_, i) => ({ LastName: `Row ${i}`, Email: `row-${i}@contacts.example` }));

describe('jsforce signs in', () => {
	it('by code and PKCE, learns the address of the org, and refreshes an expired token by itself', async () => {
		const { own, user } = await loggedIn();
		expect(own.instanceUrl).toBe(simulator.instanceUrl);
		expect(user.id).toBe(simulator.org.users[0]?.id);
		simulator.expireAccessTokens();
		expect((await own.query('SELECT Id FROM Contact')).totalSize).toBe(0);
		expect(await own.identity()).toMatchObject({ user_id: user.id });
		await own.logout(true);
		expect(simulator.oauth.refreshTokens.size).toBe(0);
	});

	it('with client credentials', async () => {
		const own = new Connection({ oauth2: oauth2(), version: '66.0' });
		await own.authorize({ grant_type: 'client_credentials' });
		expect((await own.limits()).DailyApiRequests?.Max).toBe(100_000);
	});

	it('and fails when the access was taken back', async () => {
		const { own } = await loggedIn();
		simulator.expireAccessTokens();
		simulator.revokeRefreshTokens();
		await expect(own.query('SELECT Id FROM Contact')).rejects.toThrow('expired access/refresh token');
	});
});

describe('jsforce reads', () => {
	it('all pages of a query', async () => {
		simulator.seedContacts(2500);
		const seen = await connection.query('SELECT Id FROM Contact').run({ autoFetch: true, maxFetch: 5000 });
		expect([seen.totalSize, seen.records.length, seen.done]).toEqual([2500, 2500, true]);
	});

	it('by conditions it writes itself', async () => {
		simulator.seedContacts(5);
		const found = await connection
			.sobject('Contact')
			.find({ Email: { $in: ['person-1@contacts.example', 'person-3@contacts.example'] } }, ['Id', 'Email'])
			.sort({ Email: -1 })
			.limit(1);
		expect(found).toMatchObject([{ Email: 'person-3@contacts.example' }]);
		expect(await connection.sobject('Contact').count({ LastName: { $like: 'Number%' } })).toBe(5);
	});

	it('describe, objects and records', async () => {
		const id = simulator.addContact({ LastName: 'Nil' });
		const described = await connection.describe('Contact');
		expect(described.fields.find((field) => field.name === 'LastName')).toMatchObject({ nillable: false, length: 80 });
		expect((await connection.describeGlobal()).sobjects.map((object) => object.name)).toContain('Contact');
		expect(await connection.sobject('Contact').retrieve(id)).toMatchObject({ Id: id, LastName: 'Nil' });
		expect(await connection.sobject('Contact').retrieve([id, id])).toHaveLength(2);
		expect(connection.limitInfo.apiUsage).toEqual({ used: 4, limit: 100_000 });
	});
});

describe('jsforce writes', () => {
	it('one contact: create, update, upsert, delete', async () => {
		const contacts = connection.sobject('Contact');
		const created = await contacts.create({ LastName: 'Nil', External_Id__c: 'wa-1' });
		expect(created).toMatchObject({ success: true, errors: [] });
		const id = created.id ?? '';
		expect(await contacts.update({ Id: id, Phone: '1' })).toEqual({ id, success: true, errors: [] });
		expect(await contacts.upsert({ External_Id__c: 'wa-1', Phone: '2' }, 'External_Id__c')).toMatchObject({
			id,
			created: false,
		});
		expect(simulator.contacts.get(id)).toMatchObject({ Phone: '2' });
		expect(await contacts.destroy(id)).toMatchObject({ success: true });
		expect(simulator.contacts.size).toBe(0);
	});

	it('collections: 200 created in one request, updated, upserted, deleted', async () => {
		const contacts = connection.sobject('Contact');
		const created = await contacts.create(rows(200));
		expect(created.every((one) => one.success)).toBe(true);
		expect(simulator.requests('POST', /composite\/sobjects$/)).toHaveLength(1);
		const ids = created.flatMap((one) => one.id ?? []);
		await contacts.update(ids.map((Id, i) => ({ Id, External_Id__c: `wa-${i}` })));
		const upserted = await contacts.upsert(
			[
				{ External_Id__c: 'wa-7', Phone: '7' },
				{ External_Id__c: 'new', LastName: 'New' },
			],
			'External_Id__c',
		);
		expect(upserted).toMatchObject([{ id: ids[7], created: false }, { created: true }]);
		await contacts.destroy(ids.slice(0, 100));
		expect(simulator.contacts.size).toBe(101);
	});

	it('more than 200 as several requests, and refuses them when not asked to', async () => {
		const contacts = connection.sobject('Contact');
		await contacts.create(rows(450), { allowRecursive: true });
		expect(simulator.requests('POST', /composite\/sobjects$/)).toHaveLength(3);
		await expect(contacts.create(rows(201))).rejects.toMatchObject({ errorCode: 'EXCEEDED_ID_LIMIT' });
	});
});

describe('jsforce understands refusals', () => {
	it.each([
		['MALFORMED_QUERY', async () => await connection.query('SELECT Id FROM')],
		['INVALID_FIELD', async () => await connection.query('SELECT FullName FROM Contact')],
		['REQUIRED_FIELD_MISSING', async () => await connection.sobject('Contact').create({ Phone: '1' })],
		['NOT_FOUND', async () => await connection.sobject('Contact').retrieve('0035g00000ZZZZZAAA')],
		['MULTIPLE_API_ERRORS', async () => await connection.sobject('Contact').create({ Email: 'x' })],
		['DUPLICATES_DETECTED', async () => await connection.sobject('Contact').create(rows(1)[0] ?? {})],
		[
			'MULTIPLE_CHOICES',
			async () => await connection.sobject('Contact').upsert({ Email: 'row-0@contacts.example' }, 'Email'),
		],
	])('%s', async (errorCode, call) => {
		simulator.seedContacts(2, () => ({ Email: 'row-0@contacts.example' }));
		simulator.org.settings.duplicateRules = [duplicateRule()];
		await expect(call()).rejects.toMatchObject({ errorCode });
	});

	it('row by row', async () => {
		const results = await connection.sobject('Contact').create([{ LastName: 'Good' }, { FirstName: 'x'.repeat(41) }]);
		expect(results).toMatchObject([
			{ success: true },
			{ success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }, { statusCode: 'STRING_TOO_LONG' }] },
		]);
	});
});
