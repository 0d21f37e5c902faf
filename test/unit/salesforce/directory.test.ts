import { createOrUpdate } from '../../../upsert/engine';
import type { ContactInput, FieldValue, UpsertPolicy } from '../../../upsert/types';
import { SalesforceApi } from '../../../vendors/salesforce/api';
import { salesforceDirectory } from '../../../vendors/salesforce/directory';
import { duplicateRule, field, refuse, salesforceFaults } from '../../simulators/salesforce';
import { outcomes, policy, words } from '../upsert/builders';
import { people, TestOrg } from './harness';

const org = new TestOrg();
const { simulator } = org;

const run = async (items: ContactInput[], choices: Partial<UpsertPolicy> = {}, saveAnyway = false) =>
	await createOrUpdate(items, policy(choices), await org.directory({ saveAnyway }));

const someone = (email: string, values: Record<string, FieldValue> = {}) => ({ Email: email, ...values });

/** Everybody whose number is even is there already, with an old title. */
const halfKnown = (count: number) => {
	simulator.seedContacts(count / 2, (i) => ({ Email: `person-${i * 2}@contacts.example`, Title: 'old' }));
	return people(Array.from({ length: count }, (_, i) => someone(`person-${i}@contacts.example`, { Title: 'new' })));
};

describe('calls', () => {
	test('1,000 contacts, half of them known, take 7 calls', async () => {
		const results = await run(halfKnown(1_000));
		expect(words(results).filter((word) => word === 'created')).toHaveLength(500);
		expect(words(results).filter((word) => word === 'updated')).toHaveLength(500);
		expect(org.calls).toBe(7);
		expect(simulator.contacts.size).toBe(1_000);
	});

	test('1,000 long addresses take at most 12 calls', async () => {
		const items = people(
			Array.from({ length: 1_000 }, (_, i) => someone(`${String(i).padStart(66, 'a')}@crm.example`)),
		);
		expect(words(await run(items))).toEqual(items.map(() => 'created'));
		expect(org.calls).toBeLessThanOrEqual(12);
	});

	test('10,000 contacts, half of them known, take at most 120 calls', async () => {
		const results = await run(halfKnown(10_000));
		expect(results.every(({ ok }) => ok)).toBe(true);
		expect(org.calls).toBeLessThanOrEqual(60);
	}, 60_000);

	test('one contact takes 2 calls', async () => {
		await run(people([someone('a@b.example')]));
		expect(org.calls).toBe(2);
	});

	test('1,000 contacts that are up to date cause no write', async () => {
		simulator.seedContacts(1_000, () => ({ Title: 'same' }));
		const items = Array.from({ length: 1_000 }, (_, i) =>
			someone(`person-${i}@contacts.example`, { LastName: `Number ${i}`, Title: 'same' }),
		);
		expect(words(await run(people(items)))).toEqual(items.map(() => 'unchanged'));
		expect(org.calls).toBe(1);
		expect(simulator.activity).toMatchObject({ created: 0, updated: 0 });
	});

	test('a query of several pages is read to its end', async () => {
		simulator.org.settings.queryPage = 7;
		expect(words(await run(halfKnown(40))).filter((word) => word === 'updated')).toHaveLength(20);
		expect(simulator.requests('GET', /\/query\/01g/)).toHaveLength(2);
	});

	test('the rest of a query is never fetched from elsewhere', async () => {
		const directory = await org.directory();
		const page = { totalSize: 2, done: false, records: [] };
		simulator.fault({ path: /query/, status: 200, body: { ...page, nextRecordsUrl: 'https://evil.example/services' } });
		const [result] = await createOrUpdate(people([someone('a@b.example')]), policy(), directory);
		expect(result).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining('did not say where the rest') },
		});
		expect(simulator.activity.created).toBe(0);
	});
});

describe('look-up', () => {
	test('an address is found in any case, quotes and all', async () => {
		simulator.addContact({ LastName: 'Neil', Email: "O'Neil+a%b_c@Contacts.Example", Title: 'old' });
		expect(words(await run(people([someone("o'neil+A%b_c@contacts.example", { Title: 'new' })])))).toEqual(['updated']);
		expect(simulator.contacts.size).toBe(1);
	});

	test('a failing look-up of some contacts creates none of them, and leaves the others alone', async () => {
		const items = people(Array.from({ length: 600 }, (_, i) => someone(`person-${i}@contacts.example`)));
		const directory = await org.directory();
		simulator.fault({ path: /composite$/, answerAfter: { status: 200, body: partly() } });
		const results = words(await createOrUpdate(items, policy(), directory));
		expect(new Set(results)).toEqual(new Set(['created', 'error']));
		expect(simulator.contacts.size).toBe(results.filter((word) => word === 'created').length);
	});

	/** The first query finds nothing, the second one fails. */
	const partly = () => ({
		compositeResponse: [
			{ httpStatusCode: 200, referenceId: 'query0', body: { totalSize: 0, done: true, records: [] } },
			{ httpStatusCode: 400, referenceId: 'query1', body: [{ errorCode: 'QUERY_TIMEOUT', message: 'Too slow' }] },
		],
	});

	test.each([
		['a server that is down', 503, 'SERVER_UNAVAILABLE', 'Try again'],
		['too many long calls', 403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'],
	])('a part of a look-up that failed for %s is asked for again', async (_what, status, errorCode, message) => {
		const items = people(Array.from({ length: 600 }, (_, i) => someone(`person-${i}@contacts.example`)));
		const directory = await org.directory();
		const [first] = partly().compositeResponse;
		const failed = { httpStatusCode: status, referenceId: 'query1', body: [{ errorCode, message }] };
		simulator.fault({ path: /composite$/, answerAfter: { status: 200, body: { compositeResponse: [first, failed] } } });
		expect(words(await createOrUpdate(items, policy(), directory))).toEqual(items.map(() => 'created'));
	});

	test('the end of the daily limit in a part of a look-up ends the run', async () => {
		const items = people(Array.from({ length: 600 }, (_, i) => someone(`person-${i}@contacts.example`)));
		const directory = await org.directory();
		const [first] = partly().compositeResponse;
		const limit = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
		const body = { compositeResponse: [first, { httpStatusCode: 403, referenceId: 'query1', body: limit }] };
		simulator.fault({ path: /composite$/, answerAfter: { status: 200, body } });
		expect(new Set(words(await createOrUpdate(items, policy(), directory)))).toEqual(new Set(['error']));
		expect(org.calls).toBe(1);
	});

	test.each(['badGateway', 'droppedBefore', 'longTransactions'] as const)('%s is tried again', async (trouble) => {
		simulator.addContact({ LastName: 'A', Email: 'a@b.example' });
		const directory = await org.directory();
		simulator.fault({ ...salesforceFaults[trouble], path: /query/ });
		const results = await createOrUpdate(people([someone('a@b.example', { Title: 'new' })]), policy(), directory);
		expect(words(results)).toEqual(['updated']);
	});
});

describe('a field that is gone', () => {
	const gone = async () => {
		const directory = await org.directory();
		simulator.fields.remove('Segment__c');
		simulator.addContact({ LastName: 'Doe', Email: 'old@b.example' });
		return directory;
	};

	test('fails the items that fill it, by its label, and no others', async () => {
		const items = people([
			someone('new@b.example', { Segment__c: 'Retail' }),
			someone('other@b.example', { Segment__c: null }),
			someone('old@b.example', { Segment__c: 'Retail' }),
			someone('old2@b.example', { Title: 'new' }),
		]);
		const results = await createOrUpdate(items, policy(), await gone());
		expect(words(results)).toEqual(['error', 'created', 'error', 'created']);
		expect(results[0]).toMatchObject({
			error: { message: expect.stringContaining('no field Segment'), description: expect.stringContaining('Refresh') },
		});
	});

	test('is told by a dry run as by a real one', async () => {
		const items = people([
			someone('new@b.example', { Segment__c: 'Retail' }),
			someone('old@b.example', { Segment__c: 'Retail' }),
		]);
		const directory = await gone();
		const rehearsed = await createOrUpdate(items, policy({ dryRun: true }), directory);
		expect(simulator.contacts.size).toBe(1);
		expect(rehearsed).toEqual(await createOrUpdate(items, policy(), directory));
	});

	test.each(['No such', 'Id', 'attributes', 'Phone, Id', '__proto__'])('"%s" never gets into a query', async (name) => {
		const values = new Map<string, FieldValue>([...(people([someone('a@b.example')])[0]?.values ?? []), [name, 'x']]);
		const [item] = people([someone('a@b.example')]);
		const results = await run(item ? [{ ...item, values }] : []);
		expect(results).toMatchObject([{ ok: false, error: { code: 'INVALID_FIELD' } }]);
		expect(simulator.contacts.size).toBe(0);
	});
});

describe('unchanged', () => {
	const stored = {
		LastName: 'Doe',
		Email: 'a@b.example',
		Birthdate: '1990-05-01',
		Lead_Score__c: 12.5,
		WhatsApp_Opt_In__c: true,
		Interests__c: 'Analytics;Voice',
		Last_Call__c: '2026-05-01T10:00:00.000+0000',
		Description: 'one\r\ntwo',
	};

	test.each<[string, Record<string, FieldValue>]>([
		['a date', { Birthdate: '1990-05-01' }],
		['a number', { Lead_Score__c: 12.5 }],
		['a tick', { WhatsApp_Opt_In__c: true }],
		['an empty box and no tick', { DoNotCall: false }],
		['choices in another order', { Interests__c: ['Voice', 'Analytics'] }],
		['a moment', { Last_Call__c: '2026-05-01T10:00:00.000Z' }],
		['another kind of line end', { Description: 'one\ntwo' }],
		['an empty field', { Phone: null }],
	])('%s that is the same is not written', async (_what, values) => {
		simulator.fields.add(field('Last_Call__c', 'Last Call', 'datetime'));
		simulator.addContact(stored);
		expect(words(await run(people([someone('a@b.example', values)]), { emptyValues: 'clear' }))).toEqual(['unchanged']);
		expect(org.writes).toBe(0);
	});

	test.each<[string, Record<string, FieldValue>, unknown]>([
		['a date', { Birthdate: '1990-05-02' }, '1990-05-02'],
		['a number', { Lead_Score__c: 0 }, 0],
		['a tick', { WhatsApp_Opt_In__c: false }, false],
		['a tick that is taken away by an empty value', { WhatsApp_Opt_In__c: null }, false],
		['choices', { Interests__c: ['Voice', 'Support'] }, 'Support;Voice'],
		['choices that are taken away', { Interests__c: null }, null],
		['a moment', { Last_Call__c: '2026-05-01T12:00:00.000Z' }, '2026-05-01T12:00:00.000+0000'],
	])('%s that differs is written, and then unchanged', async (_what, values, expected) => {
		simulator.fields.add(field('Last_Call__c', 'Last Call', 'datetime'));
		simulator.addContact(stored);
		const items = people([someone('a@b.example', values)]);
		expect(words(await run(items, { emptyValues: 'clear' }))).toEqual(['updated']);
		expect(simulator.contactsByEmail('a@b.example')[0]?.[Object.keys(values)[0] ?? '']).toEqual(expected);
		expect(words(await run(items, { emptyValues: 'clear' }))).toEqual(['unchanged']);
	});
});

describe('a create whose answer was lost', () => {
	test('is looked up, and not done twice', async () => {
		const items = people(Array.from({ length: 30 }, (_, i) => someone(`p${i}@b.example`)));
		const directory = await org.directory();
		simulator.fault({ drop: 'after', method: 'POST', path: /sobjects/ });
		expect(words(await createOrUpdate(items, policy(), directory))).toEqual(items.map(() => 'created'));
		expect(simulator.contacts.size).toBe(30);
		expect(simulator.requests('POST', /composite\/sobjects/)).toHaveLength(1);
	});

	test('and was not done, is done once more', async () => {
		const items = people([someone('a@b.example'), someone('c@b.example')]);
		const directory = await org.directory();
		simulator.fault({ drop: 'before', method: 'POST', path: /sobjects/ });
		expect(words(await createOrUpdate(items, policy(), directory))).toEqual(['created', 'created']);
		expect(simulator.contacts.size).toBe(2);
	});

	test('with a broken list of results is looked up too', async () => {
		const items = people([someone('a@b.example'), someone('c@b.example')]);
		const directory = await org.directory();
		simulator.fault({ method: 'POST', path: /sobjects/, answerAfter: { status: 200, body: [] } });
		expect(words(await createOrUpdate(items, policy(), directory))).toEqual(['created', 'created']);
		expect(simulator.activity.created).toBe(2);
	});
});

describe('rows', () => {
	const errorsOf = async (entries: Array<Record<string, FieldValue> & { Email: string }>) =>
		(await run(people(entries))).map((result) => (result.ok ? result.outcome.action : result.error.message));

	test('are refused one by one, by the label of the field; the others are written', async () => {
		simulator.org.settings.refusedByRecordType = { LeadSource: ['Web'] };
		simulator.org.settings.validationRules = [
			{ message: 'Doctors need a department', refuses: (record) => record.Salutation === 'Dr.' && !record.Department },
		];
		expect(
			await errorsOf([
				someone('ok@b.example'),
				someone('title@b.example', { Title: 'x'.repeat(129) }),
				someone('segment@b.example', { Segment__c: 'Nobody' }),
				someone('source@b.example', { LeadSource: 'Web' }),
				someone('doctor@b.example', { Salutation: 'Dr.' }),
				someone('nobody@b.example', { LastName: '' }),
				someone('bad,mail@b.example'),
				someone('ok2@b.example'),
			]),
		).toEqual([
			'created',
			'Title is too long',
			"Segment doesn't have this choice",
			"Lead Source doesn't have this choice",
			'A validation rule of the org refuses the contact: Doctors need a department',
			'Last Name is missing',
			'Email is not an email address that Salesforce accepts',
			'created',
		]);
	});

	test('a value of a wrong kind, which fails its whole collection, fails its own item only', async () => {
		const entries = Array.from({ length: 50 }, (_, i) => someone(`p${i}@b.example`, { Lead_Score__c: i }));
		const bad = someone('bad@b.example', { Lead_Score__c: 'a lot' });
		const told = await errorsOf([...entries.slice(0, 20), bad, ...entries.slice(20)]);
		expect(told.filter((word) => word !== 'created')).toEqual([expect.stringContaining('a form that Salesforce')]);
		expect(told[20]).not.toBe('created');
		expect(simulator.contacts.size).toBe(50);
	});

	test('a wrong kind in every item does not use up the calls of the day', async () => {
		await errorsOf(Array.from({ length: 200 }, (_, i) => someone(`p${i}@b.example`, { Lead_Score__c: 'a lot' })));
		expect(org.writes).toBeLessThan(50);
	});

	test('locked ones are sent again, and only those', async () => {
		const ids = simulator.seedContacts(3);
		simulator.lockContact(ids[1] ?? '', 2);
		const entries = [0, 1, 2].map((i) => someone(`person-${i}@contacts.example`, { Title: 'new' }));
		expect(await errorsOf(entries)).toEqual(['updated', 'updated', 'updated']);
		expect(simulator.activity.updated).toBe(3);
		expect(simulator.requests('PATCH', /./)).toHaveLength(3);
	});

	test('one that stays locked is told so', async () => {
		const [id] = simulator.seedContacts(2);
		simulator.lockContact(id ?? '', 100);
		const entries = [0, 1].map((i) => someone(`person-${i}@contacts.example`, { Title: 'new' }));
		expect(await errorsOf(entries)).toEqual([expect.stringContaining('was being written by somebody else'), 'updated']);
	});

	test('one that was deleted meanwhile is told so', async () => {
		const [id] = simulator.seedContacts(2);
		simulator.failRows((row) => row.id === id, refuse.deleted());
		const entries = [0, 1].map((i) => someone(`person-${i}@contacts.example`, { Title: 'new' }));
		expect(await errorsOf(entries)).toEqual(['The contact was deleted in Salesforce meanwhile', 'updated']);
	});

	test.each([1, 2])('a person account is told as such, among %s', async (count) => {
		simulator.addPersonContact({ LastName: 'Doe', Email: 'person@b.example' });
		const entries = [someone('person@b.example', { Title: 'new' }), someone('other@b.example')].slice(0, count);
		simulator.addContact({ LastName: 'Doe', Email: 'other@b.example', Title: 'old' });
		expect((await errorsOf(entries))[0]).toBe('The contact belongs to a person account');
	});

	test('a field that is read-only for the user is told by its label', async () => {
		const directory = await org.directory();
		simulator.fields.change('Title', { createable: false, updateable: false });
		const [result] = await createOrUpdate(people([someone('a@b.example', { Title: 'x' })]), policy(), directory);
		expect(result).toMatchObject({
			error: { message: "Title can't be written by the connected user", field: 'Title' },
		});
	});
});

describe('duplicate rules', () => {
	beforeEach(() => {
		simulator.addContact({ LastName: 'Doe', Phone: '123', Email: 'old@b.example' });
		simulator.org.settings.duplicateRules = [duplicateRule({ matchOn: ['Phone'] })];
	});
	const twin = people([someone('new@b.example', { Phone: '123' })]);
	const two = people([someone('new@b.example', { Phone: '123' }), someone('else@b.example')]);

	test.each(['duplicateResut', 'duplicateResult'] as const)(
		'name the contact, with the details under %s',
		async (key) => {
			simulator.org.settings.duplicateRules = [duplicateRule({ matchOn: ['Phone'], key })];
			const [id] = simulator.contacts.keys();
			expect(await run(twin)).toMatchObject([
				{ ok: false, error: { message: expect.stringContaining(`Contact ${id}`), code: 'DUPLICATES_DETECTED' } },
			]);
		},
	);

	test.each([true, false])('refuse their row only; details in rows: %s', async (duplicateResultInRows) => {
		simulator.org.settings.duplicateResultInRows = duplicateResultInRows;
		expect(await run(two)).toMatchObject([
			{ ok: false, error: { message: expect.stringContaining('A duplicate rule of Salesforce refuses') } },
			{ ok: true, outcome: { action: 'created' } },
		]);
	});

	test.each([twin, two])('that warn are overruled when asked to', async (...items) => {
		expect(words(await run(items, {}, true))).toEqual(items.map(() => 'created'));
	});

	test('that block are not', async () => {
		simulator.org.settings.duplicateRules = [duplicateRule({ matchOn: ['Phone'], action: 'block' })];
		expect(await run(twin, {}, true)).toMatchObject([
			{ ok: false, error: { description: expect.stringContaining('It blocks the contact') } },
		]);
	});
});

test('several contacts with one address are named, and chosen by the date of their creation', async () => {
	const add = (title: string, CreatedDate: string) =>
		simulator.addContact({ LastName: 'Doe', Email: 'a@b.example', Title: title, CreatedDate });
	const ids = [
		add('b', '2025-02-01T00:00:00.000+0000'),
		add('c', '2025-03-01T00:00:00.000+0000'),
		add('a', '2025-01-01T00:00:00.000+0000'),
	];
	const items = people([someone('a@b.example', { Title: 'new' })]);
	const [rejected] = await run(items);
	expect(rejected?.ok).toBe(false);
	for (const id of ids) expect(rejected).toMatchObject({ error: { message: expect.stringContaining(id) } });
	expect(outcomes(await run(items, { severalMatch: 'oldest', dryRun: true }))[0]?.id).toBe(ids[2]);
	expect(outcomes(await run(items, { severalMatch: 'newest', dryRun: true }))[0]?.id).toBe(ids[1]);
	expect(words(await run(items, { severalMatch: 'skip' }))).toEqual(['severalMatches']);
	expect(simulator.activity.updated).toBe(0);
});

describe('the whole connection', () => {
	test('at the end of the daily limit stops asking, and says so for every item', async () => {
		const items = halfKnown(1_000);
		const directory = await org.directory();
		simulator.org.settings.dailyApiRequests = simulator.org.usedRequests + 2;
		const results = await createOrUpdate(items, policy(), directory);
		const refused = results.filter((result) => !result.ok);
		expect(refused.length).toBeGreaterThan(500);
		expect(new Set(refused.map((result) => (result.ok ? '' : result.error.message)))).toEqual(
			new Set(['The Salesforce org has used up its API calls of the last 24 hours']),
		);
		expect(org.calls).toBeLessThanOrEqual(6);
	});

	test.each([
		['notForRest', 'The connected app has no access to the REST API of Salesforce'],
		['always', 'Salesforce no longer accepts this connection'],
	] as const)('a token that stays refused (%s) is explained', async (unauthorized, message) => {
		const directory = await org.directory();
		simulator.org.settings.unauthorized = unauthorized;
		const results = await createOrUpdate(people([someone('a@b.example')]), policy(), directory);
		expect(results).toMatchObject([{ ok: false, error: { message } }]);
	});

	test.each(['notForRest', 'always'] as const)(
		'a token that stays refused (%s) is not tried with every call: n8n would ask for a new one each time',
		async (unauthorized) => {
			const directory = await org.directory();
			simulator.org.settings.unauthorized = unauthorized;
			const items = people(Array.from({ length: 5_000 }, (_, i) => someone(`person-${i}@contacts.example`)));
			expect(new Set(words(await createOrUpdate(items, policy(), directory)))).toEqual(new Set(['error']));
			expect(org.calls).toBe(1);
		},
	);

	test('whose token has ended is renewed once, however many calls a run makes', async () => {
		const items = halfKnown(4_000);
		const fields = (await org.directory()).fields;
		const { transport, renewals } = org.renewing();
		const api = new SalesforceApi(transport, { origin: simulator.instanceUrl, accessToken: '' });
		simulator.expireAccessTokens();
		const results = await createOrUpdate(items, policy(), salesforceDirectory(api, fields, { saveAnyway: false }));
		expect(results.every(({ ok }) => ok)).toBe(true);
		expect(renewals()).toBe(1);
	});

	test('a retired version of the API is explained', async () => {
		const directory = await org.directory();
		simulator.fault({ status: 410, body: [{ errorCode: 'UNSUPPORTED_API_VERSION', message: 'retired' }] });
		const results = await createOrUpdate(people([someone('a@b.example')]), policy(), directory);
		expect(results).toMatchObject([{ error: { message: expect.stringContaining('has retired the version') } }]);
	});
});
