import { pause } from '../../simulators/kit/simulator';
import { outcomes, problems, words } from '../upsert/builders';
import { item, useZohoAccount } from './harness';

const { zoho, run, connect } = useZohoAccount();

const EMAIL = 'ann@example.com';
const contact = (email = EMAIL) => zoho.contacts.having('Email', email);

describe('calls', () => {
	test('1,000 contacts, half of them known: 10 look-ups and 10 writes', async () => {
		zoho.seedContacts(500);
		const items = Array.from({ length: 1000 }, (_, index) =>
			item(`contact${index + 1}@example.com`, { Phone: '+1 415' }),
		);
		const results = words(await run(items));
		expect(results.filter((action) => action === 'updated')).toHaveLength(500);
		expect(results.filter((action) => action === 'created')).toHaveLength(500);
		expect(zoho.api.log).toHaveLength(20);
		expect(zoho.api.counters().peakConcurrency).toBeLessThanOrEqual(5);
	});

	test('1,000 contacts that would not change are not written', async () => {
		zoho.seedContacts(1000);
		const items = Array.from({ length: 1000 }, (_, index) =>
			item(`contact${index + 1}@example.com`, { Last_Name: `Last${index + 1}` }),
		);
		expect(new Set(words(await run(items)))).toEqual(new Set(['unchanged']));
		expect(zoho.api.log).toHaveLength(10);
		expect(zoho.contacts.writes).toHaveLength(0);
	});

	test('search is never asked, so that a contact just made is found', async () => {
		zoho.settings.searchLagMs = 300_000;
		expect(words(await run([item(EMAIL)]))).toEqual(['created']);
		expect(words(await run([item(EMAIL)]))).toEqual(['unchanged']);
		expect(zoho.api.log.some(({ path }) => path.includes('search'))).toBe(false);
	});

	test('when Zoho takes fewer calls than are asked for, all is done none the less', async () => {
		Object.assign(zoho.settings, { concurrency: 2 });
		zoho.api.latencyMs = 5;
		const results = await run(Array.from({ length: 500 }, (_, index) => item(`new${index}@example.com`)));
		expect(new Set(words(results))).toEqual(new Set(['created']));
		expect(zoho.contacts.all()).toHaveLength(500);
	});
});

describe('looking up', () => {
	test.each([204, 'emptyData'] as const)('nothing found (%s) means a new contact', async (coqlEmpty) => {
		Object.assign(zoho.settings, { coqlEmpty });
		expect(words(await run([item(EMAIL)]))).toEqual(['created']);
	});

	test('an email is the same in upper and lower case, also where COQL tells them apart', async () => {
		zoho.settings.caseSensitiveQueries = true;
		zoho.addContact({ Email: 'ann@example.com', Last_Name: 'Lopez', Phone: '1' });
		const batch = Array.from({ length: 250 }, (_, index) => item(`Contact${index}@example.com`));
		const results = await run([...batch, item('Ann@Example.com', { Phone: '2' })]);
		expect(words(results).at(-1)).toBe('updated');
		expect(outcomes(results).at(-1)?.warnings).toEqual([]);
		expect(zoho.api.requests('POST', '/crm/v8/coql')).toHaveLength(6);
	});

	test('an email is the same in upper and lower case', async () => {
		zoho.addContact({ Email: 'Ann@Example.COM', Last_Name: 'Old' });
		expect(words(await run([item(EMAIL)]))).toEqual(['updated']);
		expect(zoho.contacts.all()).toHaveLength(1);
	});

	test("an email with ' and letters of other languages is found", async () => {
		const emails = ["o'neill''s@example.com", 'jörg@example.com', 'zoë.😀@example.com'];
		for (const email of emails) zoho.addContact({ Email: email, Last_Name: 'Lopez' });
		expect(words(await run(emails.map((email) => item(email))))).toEqual(['unchanged', 'unchanged', 'unchanged']);
	});

	test('more contacts than one answer holds are all read', async () => {
		for (let count = 0; count < 450; count++) zoho.addContact({ Email: EMAIL, Last_Name: 'Lopez' });
		const [problem] = problems(await run([item(EMAIL)]));
		expect(problem?.message).toContain('450 contacts have Email "ann@example.com"');
		expect(zoho.api.requests('POST', /coql/)).toHaveLength(3);
	});

	test('a look-up that fails never creates', async () => {
		zoho.api.fault({
			path: /coql/,
			status: 400,
			body: { code: 'INVALID_DATA', message: 'x', details: {}, status: 'error' },
		});
		expect(problems(await run([item(EMAIL)]))[0]?.message).toBe('Zoho CRM refused to look up contacts');
		expect(zoho.contacts.all()).toHaveLength(0);
	});

	test('a field that Zoho does not have is refused for its item alone', async () => {
		zoho.addContact({ Email: 'known@example.com', Last_Name: 'Old' });
		const results = await run([item(EMAIL), item('b@example.com', { Shoe_Size: '42' }), item('known@example.com')]);
		expect(words(results)).toEqual(['created', 'error', 'updated']);
		expect(problems(results)[0]).toMatchObject({
			message: "Zoho CRM doesn't take the value of Shoe_Size",
			field: 'Shoe_Size',
		});
	});
});

describe('several contacts with one email', () => {
	const seedThree = () =>
		[1, 2, 3].map((day) =>
			zoho.addContact({ Email: EMAIL, Last_Name: `Old${day}` }, { createdAt: new Date(Date.UTC(2026, 0, 4 - day)) }),
		);

	test('are named', async () => {
		const ids = seedThree();
		const [problem] = problems(await run([item(EMAIL)]));
		for (const id of ids) expect(problem?.message).toContain(id);
	});

	test.each([
		['oldest', 2],
		['newest', 0],
	] as const)('the %s is written', async (severalMatch, place) => {
		const ids = seedThree();
		expect(outcomes(await run([item(EMAIL)], { severalMatch }))[0]).toMatchObject({
			action: 'updated',
			id: ids[place],
		});
		expect(
			contact()
				.map((row) => row.Last_Name)
				.filter((name) => name === 'Lopez'),
		).toHaveLength(1);
	});

	test('can be skipped', async () => {
		seedThree();
		expect(outcomes(await run([item(EMAIL)], { severalMatch: 'skip' }))[0]).toMatchObject({ reason: 'severalMatches' });
	});
});

describe('one contact', () => {
	test('two items with one email make one contact, and the second updates it', async () => {
		const results = await run([item(EMAIL, { Phone: '1' }), item('ANN@example.com', { Phone: '2' })]);
		expect(words(results)).toEqual(['created', 'updated']);
		expect(contact()).toMatchObject([{ Phone: '2' }]);
	});

	test('a contact made by somebody else meanwhile is not doubled, and the outcome says so', async () => {
		zoho.api.fault({ path: /upsert/, delayMs: 200 });
		const running = run([item(EMAIL, { Phone: '1' })], { allowUpdate: false });
		while (zoho.api.requests('POST', /upsert/).length === 0) await pause(5);
		zoho.addContact({ Email: EMAIL, Last_Name: 'Theirs' }, { createdBy: 'colleague' });
		const [outcome] = outcomes(await running);
		expect(contact()).toHaveLength(1);
		expect(outcome?.warnings).toEqual([
			expect.stringMatching(/made by Carl Colleague between .* Allow Updating Existing Fields is off/),
		]);
	});

	test('each with the answer lost: found again, not created twice', async () => {
		zoho.api.fault({ path: /upsert/, drop: 'after' });
		const results = await run([item(EMAIL), item('b@example.com')]);
		expect(outcomes(results)).toMatchObject([
			{ action: 'created', warnings: [] },
			{ action: 'created', warnings: [] },
		]);
		expect(zoho.contacts.all()).toHaveLength(2);
		expect(zoho.api.requests('POST', /upsert/)).toHaveLength(1);
	});

	test.each([{ drop: 'before' as const }, { status: 502, body: '<html>' }])(
		'one that did not arrive (%j) is sent again',
		async (fault) => {
			zoho.api.fault({ path: /upsert/, ...fault });
			expect(outcomes(await run([item(EMAIL)]))).toMatchObject([{ action: 'created', warnings: [] }]);
			expect(contact()).toHaveLength(1);
		},
	);

	test('an update whose answer is lost is sent again', async () => {
		zoho.addContact({ Email: EMAIL, Last_Name: 'Old' });
		zoho.api.fault({ method: 'PUT', drop: 'after' });
		expect(words(await run([item(EMAIL)]))).toEqual(['updated']);
	});

	test('a dry run says too that a field which cannot be read is written without being compared', async () => {
		zoho.settings.unknownFields = 'ignore';
		const items = [item(EMAIL, { Hidden: 'x' })];
		const [said] = outcomes(await run(items, { dryRun: true }));
		const [done] = outcomes(await run(items));
		expect(said?.warnings).toEqual([expect.stringMatching(/^Hidden was written without being compared/)]);
		expect(said?.warnings).toEqual(done?.warnings);
	});

	test('a dry run writes nothing and tells what the run then does', async () => {
		zoho.addContact({ Email: 'known@example.com', Last_Name: 'Old' });
		const items = [item(EMAIL), item('known@example.com'), item(EMAIL, { Phone: '7' })];
		const said = outcomes(await run(items, { dryRun: true }));
		expect(zoho.contacts.writes).toHaveLength(0);
		const done = outcomes(await run(items));
		expect(said.map(({ action, changedFields }) => ({ action, changedFields }))).toEqual(
			done.map(({ action, changedFields }) => ({ action, changedFields })),
		);
	});
});

describe('what a row is refused for', () => {
	test.each([
		[{ Last_Name: 'x'.repeat(81) }, 'Last Name is too long', 'at most 80'],
		[{ Lead_Source: 'Carrier pigeon' }, "Lead Source doesn't have this choice", 'whatsapp_inbound'],
		[{ Lead_Score: 'many' }, "Lead Score doesn't have the form it should have", 'a whole number'],
		[{ Loyalty_Number: 'L1' }, 'Another contact has this Loyalty Number already', 'once only'],
		[{ Full_Name: 'Ann' }, "Zoho CRM doesn't take the value of Full_Name", 'user may write it'],
	])('%j', async (values, message, description) => {
		const other = zoho.addContact({ Email: 'other@example.com', Last_Name: 'Other', Loyalty_Number: 'L1' });
		const results = await run([item('good@example.com'), item(EMAIL, values), item('good2@example.com')]);
		expect(words(results)).toEqual(['created', 'error', 'created']);
		const [problem] = problems(results);
		expect(problem?.message).toContain(message);
		expect(problem?.description).toContain(description);
		if ('Loyalty_Number' in values) expect(problem?.message).toContain(other);
	});

	test('every row: read from the answer whatever its status', async () => {
		for (const allFailedStatus of [202, 400] as const) {
			Object.assign(zoho.settings, { allFailedStatus });
			const results = await run([
				item(EMAIL, { Last_Name: 'x'.repeat(81) }),
				item('b@example.com', { Phone: 'y'.repeat(31) }),
			]);
			expect(problems(results).map(({ message }) => message)).toEqual(['Last Name is too long', 'Phone is too long']);
		}
	});

	test('a missing field of the layout, and several faults at once', async () => {
		Object.assign(zoho.settings, { alwaysCheckLayout: true, reportAllErrors: true });
		const [problem] = problems(await run([item(EMAIL, { Last_Name: 'x'.repeat(81) })]));
		expect(problem).toMatchObject({ message: 'Branch is missing', field: 'Branch' });
	});

	test('a locked contact, and one that was deleted meanwhile', async () => {
		zoho.addContact({ Email: EMAIL, Last_Name: 'Old' }, { locked: true });
		expect(problems(await run([item(EMAIL)]))[0]?.message).toBe('The contact is locked in Zoho CRM');
	});
});

describe('values', () => {
	test('go in the forms that Zoho takes, and come back unchanged', async () => {
		const values = {
			Lead_Score: 7,
			Email_Opt_Out: true,
			Interests: ['Tea', 'Coffee'],
			Last_Visit: '2026-12-24T10:00:00.123Z',
			Lifetime_Value: 1234.5,
			Discount: 12.5,
			Satisfaction: 0.25,
			Customer_Number: '123456789012345678',
		};
		expect(words(await run([item(EMAIL, values)]))).toEqual(['created']);
		expect(words(await run([item(EMAIL, { ...values, Interests: ['Coffee', 'Tea'] })]))).toEqual(['unchanged']);
	});

	test('an empty value can clear a field, a box becomes unticked', async () => {
		zoho.addContact({ Email: EMAIL, Last_Name: 'Lopez', Phone: '1', Email_Opt_Out: true });
		await run([item(EMAIL, { Phone: null, Email_Opt_Out: null })], { emptyValues: 'clear' });
		expect(contact()).toMatchObject([{ Phone: null, Email_Opt_Out: false }]);
	});
});

test('a missing permission is named, and other items are told the same', async () => {
	connect('ZohoCRM.modules.contacts.ALL,ZohoCRM.users.READ');
	const [problem] = problems(await run([item(EMAIL)]));
	expect(problem?.message).toBe('The Zoho CRM connection is not allowed to look up contacts');
	expect(problem?.description).toContain('ZohoCRM.coql.READ');
});

test('a missing permission is asked about once: n8n would ask for a token, in vain, with each call', async () => {
	connect('ZohoCRM.modules.contacts.READ,ZohoCRM.coql.READ,ZohoCRM.users.READ');
	const items = Array.from({ length: 1_000 }, (_, index) => item(`contact${index}@example.com`));
	const found = problems(await run(items));
	expect(found).toHaveLength(1_000);
	expect(found[999]?.description).toContain('ZohoCRM.modules.contacts.ALL');
	expect(zoho.api.log.filter(({ status }) => status === 401)).toHaveLength(1);
});
