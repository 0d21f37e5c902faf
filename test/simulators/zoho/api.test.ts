import { useZoho } from './testing';

const { zoho, call, coql } = useZoho();

type Field = Record<string, unknown> & { api_name: string };

describe('field list', () => {
	const fields = async (): Promise<Map<string, Field>> => {
		const { data } = await call().get('/settings/fields', { params: { module: 'Contacts' } });
		return new Map(data.fields.map((field: Field) => [field.api_name, field]));
	};

	test('tells what is mandatory for the system, but not what the layout demands', async () => {
		const list = await fields();
		expect([...list.values()].filter((field) => field['system_mandatory']).map((field) => field.api_name)).toEqual([
			'Last_Name',
		]);
		expect(list.get('Branch')).not.toHaveProperty('required');
	});

	test('picklists show one word and mean another', async () => {
		expect((await fields()).get('Lead_Source')).toMatchObject({
			data_type: 'picklist',
			pick_list_values: expect.arrayContaining([
				expect.objectContaining({ display_value: 'WhatsApp', actual_value: 'whatsapp_inbound' }),
			]),
		});
	});

	test('what the API may write differs from field to field', async () => {
		const list = await fields();
		const allowed = (name: string) => list.get(name)?.['operation_type'];
		expect(allowed('Email')).toMatchObject({ api_create: true, api_update: true });
		expect(allowed('First_Channel')).toMatchObject({ api_create: true, api_update: false });
		expect(allowed('Created_By')).toMatchObject({ api_create: false, api_update: false });
		expect(list.get('Score_Band')).toMatchObject({ data_type: 'formula', read_only: true });
		expect(list.get('Loyalty_Number')?.['unique']).toEqual({ casesensitive: 'false' });
	});

	test('needs a module it knows', async () => {
		expect((await call().get('/settings/fields')).data.code).toBe('REQUIRED_PARAM_MISSING');
		expect((await call().get('/settings/fields?module=Nope')).data.code).toBe('INVALID_MODULE');
	});

	test('the layout names its own mandatory fields and hides values', async () => {
		const { data } = await call().get('/settings/layouts', { params: { module: 'Contacts' } });
		const inLayout: Field[] = data.layouts[0].sections[0].fields;
		expect(inLayout.filter((field) => field['required']).map((field) => field.api_name)).toEqual([
			'Last_Name',
			'Branch',
		]);
		const source = inLayout.find((field) => field.api_name === 'Lead_Source');
		expect(JSON.stringify(source?.['pick_list_values'])).not.toContain('cold_call');
	});
});

describe('search', () => {
	const search = async (params: object) => await call().get('/Contacts/search', { params });

	test('learns of a write only later, while a query knows at once', async () => {
		await call().post('/Contacts', { data: [{ Last_Name: 'Doe', Email: 'jane@example.com' }] });
		expect((await search({ email: 'jane@example.com' })).status).toBe(204);
		expect((await coql("select id from Contacts where Email = 'jane@example.com'")).status).toBe(200);
		zoho.clock.advance(zoho.settings.searchLagMs);
		expect((await search({ email: 'jane@example.com' })).data.data).toHaveLength(1);
	});

	test('COQL can be made to lag too', async () => {
		zoho.settings.coqlLagMs = 1000;
		await call().post('/Contacts', { data: [{ Last_Name: 'Doe', Email: 'jane@example.com' }] });
		expect((await coql("select id from Contacts where Email = 'jane@example.com'")).status).toBe(204);
		zoho.contacts.queries.flush();
		expect((await coql("select id from Contacts where Email = 'jane@example.com'")).status).toBe(200);
	});

	test.each([
		[{ email: 'TWO@example.com' }, ['A', 'B']],
		[{ phone: '14155552671' }, ['A']],
		[{ word: 'acme' }, ['B']],
		[{ criteria: '(Email:equals:one@example.com)' }, ['A']],
		[{ criteria: '((Email:starts_with:t)or(Last_Name:in:A,Z))' }, ['A', 'B']],
		[{ criteria: '(Title:equals:Head \\(Acme\\, Ltd\\))' }, ['B']],
	])('by %j', async (params, expected) => {
		zoho.addContact({
			Last_Name: 'A',
			Email: 'one@example.com',
			Secondary_Email: 'two@example.com',
			Phone: '+1 (415) 555-2671',
		});
		zoho.addContact({ Last_Name: 'B', Email: 'two@example.com', Title: 'Head (Acme, Ltd)' });
		const { data } = await search(params);
		expect(data.data.map((row: { Last_Name: string }) => row.Last_Name)).toEqual(expected);
	});

	test.each([
		{},
		{ email: 'a', phone: 'b' },
		{ criteria: 'Email=a' },
		{ email: 'a', per_page: 201 },
		{ email: 'a', page: 11 },
	])('%j is refused', async (params) => {
		expect((await search(params)).status).toBe(400);
	});

	test('pages of at most 200', async () => {
		zoho.seedContacts(201, (number) => ({ Last_Name: `L${number}`, Email: 'shared@example.com' }));
		const { data } = await search({ email: 'shared@example.com' });
		expect(data.info).toMatchObject({ count: 200, more_records: true });
	});

	test('the extra scope can be demanded', async () => {
		zoho.settings.searchNeedsSecureSearch = true;
		expect((await search({ email: 'a' })).data.code).toBe('OAUTH_SCOPE_MISMATCH');
	});
});

describe('limits and failures', () => {
	test('calls beyond the concurrency of the edition are TOO_MANY_REQUESTS', async () => {
		zoho.settings.concurrency = 3;
		zoho.api.latencyMs = 60;
		const answers = await Promise.all(Array.from({ length: 5 }, async () => await call().get('/users')));
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 429, 429]);
		expect(answers.find((answer) => answer.status === 429)?.data.code).toBe('TOO_MANY_REQUESTS');
		zoho.api.latencyMs = 0;
		expect((await call().get('/users')).status).toBe(200);
	});

	test('queries have a limit of their own', async () => {
		zoho.settings.queryConcurrency = 1;
		zoho.api.latencyMs = 60;
		const query = async () => await coql('select id from Contacts where id is not null');
		const answers = await Promise.all([query(), query(), call().get('/users')]);
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 204, 429]);
	});

	test('an HTML error page, an answer that is lost after the write', async () => {
		zoho.api.fault({ path: '/crm/v8/users', status: 502, body: '<html>Bad gateway</html>' });
		expect((await call().get('/users')).data).toContain('<html>');
		zoho.api.fault({ method: 'POST', drop: 'after' });
		await expect(call().post('/Contacts', { data: [{ Last_Name: 'Doe' }] })).rejects.toThrow();
		expect(zoho.contacts.all()).toHaveLength(1);
	});

	test('unknown URLs and versions', async () => {
		expect((await call().get('/nowhere/at/all')).data.code).toBe('INVALID_URL_PATTERN');
		expect((await call().get(`${zoho.api.origin}/crm/v1/Contacts`)).data.code).toBe('API_NOT_SUPPORTED');
	});

	test('a body that is no JSON', async () => {
		const answer = await call().post('/coql', '{broken', { headers: { 'content-type': 'application/json' } });
		expect([answer.status, answer.data.status]).toEqual([400, 'error']);
	});

	test('contacts can be forgotten while tokens stay', async () => {
		zoho.seedContacts(3);
		zoho.resetContacts();
		expect(zoho.contacts.all()).toHaveLength(0);
		expect((await call().get('/users')).status).toBe(200);
	});
});
