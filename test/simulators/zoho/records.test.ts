import { layoutId } from './fields/table';
import { accounts } from './users';
import { useZoho } from './testing';

const { zoho, call } = useZoho();

const upsert = async (data: unknown, more: object = {}) => await call().post('/Contacts/upsert', { data, ...more });
const good = { Last_Name: 'Doe', Email: 'jane@example.com' };

describe('upsert', () => {
	test('inserts the unknown and updates the known, in the order of the rows', async () => {
		const id = zoho.addContact({ Last_Name: 'Old', Email: 'known@example.com' }, { createdBy: 'colleague' });
		const { status, data } = await upsert([good, { Last_Name: 'New', Email: 'KNOWN@example.com' }]);
		expect(status).toBe(200);
		expect(data.data[0]).toMatchObject({
			code: 'SUCCESS',
			action: 'insert',
			message: 'record added',
			duplicate_field: 'Email',
		});
		expect(data.data[0].details.id).toMatch(/^\d{19}$/);
		expect(data.data[1]).toMatchObject({
			action: 'update',
			details: { id, Created_By: { id: zoho.users.colleague.id } },
		});
		expect(zoho.contacts.get(id)).toMatchObject({ Last_Name: 'New', Modified_By: { id: zoho.users.integration.id } });
	});

	test('two rows with one e-mail make one contact', async () => {
		const { data } = await upsert([good, { ...good, Phone: '+1 415' }]);
		expect(data.data.map((row: { action: string }) => row.action)).toEqual(['insert', 'update']);
		expect(zoho.contacts.all()).toHaveLength(1);
	});

	test('meets a contact that search does not know yet', async () => {
		await upsert([good]);
		expect((await call().get('/Contacts/search', { params: { email: good.Email } })).status).toBe(204);
		expect((await upsert([good])).data.data[0].action).toBe('update');
	});

	test.each([
		['all inserted', [good], 201],
		['all failed', [{ Email: 'x@example.com' }], 400],
		['some failed', [good, { Email: 'x@example.com' }], 207],
	])('%s', async (_, rows, status) => {
		expect((await upsert(rows)).status).toBe(status);
	});

	test('all failed may also be 202', async () => {
		zoho.settings.allFailedStatus = 202;
		expect((await upsert([{}])).status).toBe(202);
	});

	test.each(['oldest', 'newest', 'refuse'] as const)('several contacts with the e-mail: %s', async (policy) => {
		zoho.settings.upsertSeveralMatches = policy;
		const ids = [zoho.addContact(good), zoho.addContact(good)];
		const { data } = await upsert([good]);
		const expected = { oldest: ids[0], newest: ids[1], refuse: undefined }[policy];
		if (expected) expect(data.data[0].details.id).toBe(expected);
		else
			expect(data.data[0]).toMatchObject({
				code: 'DUPLICATE_DATA',
				details: { more_records: true, duplicate_record: { id: ids[0] } },
			});
	});

	test('another unique field can be the key; a field that is not unique can not', async () => {
		const id = zoho.addContact({ Last_Name: 'A', Loyalty_Number: 'L1' });
		const row = { Last_Name: 'B', Loyalty_Number: 'L1' };
		expect((await upsert([row], { duplicate_check_fields: ['Loyalty_Number'] })).data.data[0].details.id).toBe(id);
		expect((await upsert([row], { duplicate_check_fields: ['Phone'] })).status).toBe(400);
	});

	test('an id in the row names the contact', async () => {
		const id = zoho.addContact({ Last_Name: 'A', Email: 'old@example.com' });
		expect((await upsert([{ ...good, id }])).data.data[0]).toMatchObject({ action: 'update', details: { id } });
	});

	test('what was written, by which call and with which trigger, can be read', async () => {
		await upsert([good], { trigger: [] });
		await upsert([good]);
		expect(zoho.contacts.writes).toEqual([
			expect.objectContaining({ action: 'insert', via: 'POST /upsert', trigger: [] }),
			expect.objectContaining({ action: 'update', trigger: undefined }),
		]);
	});

	test.each([
		['no data', {}, 'MANDATORY_NOT_FOUND'],
		['data that is no list', { data: good }, 'INVALID_DATA'],
		['no rows', { data: [] }, 'INVALID_DATA'],
		['101 rows', { data: Array.from({ length: 101 }, () => good) }, 'LIMIT_EXCEEDED'],
		['an unknown key', { data: [good], duplicateCheckFields: ['Email'] }, 'INVALID_DATA'],
		['an unknown trigger', { data: [good], trigger: ['everything'] }, 'INVALID_DATA'],
	])('%s is refused as a whole', async (_, body, code) => {
		const { status, data } = await call().post('/Contacts/upsert', body);
		expect([status, data.data]).toEqual([400, [expect.objectContaining({ code, status: 'error' })]]);
		expect(zoho.contacts.all()).toHaveLength(0);
	});
});

describe('what a row may hold', () => {
	const problemOf = async (row: object) => {
		const { code, details } = (await upsert([{ ...good, ...row }])).data.data[0];
		return { code, ...details };
	};

	test('every writable field is kept', async () => {
		const row = {
			...good,
			First_Name: 'Jane',
			Secondary_Email: 'j2@example.com',
			Phone: '+1 (415) 555-2671',
			Lead_Source: 'whatsapp_inbound',
			Date_of_Birth: '1990-02-28',
			Email_Opt_Out: true,
			Account_Name: { id: accounts[0]?.id },
			Owner: zoho.users.colleague.id,
			Website: 'www.example.com/a?b',
			Lead_Score: 60,
			Segment: 'KEY',
			Interests: ['Coffee', 'Anything'],
			First_Channel: 'whatsapp',
			Description: 'line 1\nline 2 \u{1F600}',
		};
		const { id } = (await upsert([row])).data.data[0].details;
		const { data } = await call().get(`/Contacts/${id}`);
		expect(data.data[0]).toMatchObject({
			...row,
			id,
			Full_Name: 'Jane Doe',
			Score_Band: 'hot',
			Account_Name: { name: 'Acme Trading' },
			Owner: { id: zoho.users.colleague.id, name: 'Carl Colleague' },
			Created_By: { id: zoho.users.integration.id, name: 'Ines Integration' },
			Created_Time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
		});
	});

	test.each([
		[{ Email: 'not an email' }, { code: 'INVALID_DATA', expected_data_type: 'email', json_path: '$.data[0].Email' }],
		[{ First_Name: 7 }, { code: 'INVALID_DATA', expected_data_type: 'text' }],
		[{ First_Name: 'x'.repeat(41) }, { code: 'INVALID_DATA', maximum_length: 40, api_name: 'First_Name' }],
		[{ Conversation_Summary: 'x'.repeat(2001) }, { code: 'INVALID_DATA', maximum_length: 2000 }],
		[{ Lead_Score: '60' }, { code: 'INVALID_DATA', expected_data_type: 'integer' }],
		[{ Lead_Score: 1.5 }, { code: 'INVALID_DATA', expected_data_type: 'integer' }],
		[{ Email_Opt_Out: 'true' }, { code: 'INVALID_DATA', expected_data_type: 'boolean' }],
		[{ Date_of_Birth: '2026-02-30' }, { code: 'INVALID_DATA', expected_data_type: 'date' }],
		[{ Date_of_Birth: '28.02.2026' }, { code: 'INVALID_DATA', expected_data_type: 'date' }],
		[{ Interests: 'Coffee' }, { code: 'INVALID_DATA', expected_data_type: 'multiselectpicklist' }],
		[{ Website: 'no site' }, { code: 'INVALID_DATA', expected_data_type: 'website' }],
		[{ Segment: 'Key account' }, { code: 'INVALID_DATA', supported_values: ['Retail', 'Wholesale', 'KEY'] }],
		[{ Account_Name: { id: '1' } }, { code: 'INVALID_DATA', api_name: 'Account_Name' }],
		[{ Full_Name: 'x' }, { code: 'INVALID_DATA', api_name: 'Full_Name' }],
		[{ Created_By: { id: '1' } }, { code: 'INVALID_DATA', api_name: 'Created_By' }],
		[{ email: 'a@b.example' }, { code: 'INVALID_DATA', api_name: 'email' }],
		[{ Last_Name: '' }, { code: 'MANDATORY_NOT_FOUND', api_name: 'Last_Name', json_path: '$.data[0].Last_Name' }],
	])('%j is refused', async (row, problem) => {
		expect(await problemOf(row)).toMatchObject(problem);
		expect(zoho.contacts.all()).toHaveLength(0);
	});

	test('unknown and read-only fields may also be ignored', async () => {
		Object.assign(zoho.settings, { unknownFields: 'ignore', readOnlyFields: 'ignore' });
		expect((await problemOf({ Nope: 1, Full_Name: 'x' })).code).toBe('SUCCESS');
		expect(zoho.contacts.all()[0]).not.toHaveProperty('Nope');
	});

	test('a field for creation alone is refused in an update', async () => {
		zoho.addContact(good);
		expect(await problemOf({ First_Channel: 'x' })).toMatchObject({ code: 'INVALID_DATA', api_name: 'First_Channel' });
	});

	test('a unique value that another contact has', async () => {
		const id = zoho.addContact({ Last_Name: 'Holder', Loyalty_Number: 'L1' });
		const row = { ...good, Loyalty_Number: 'L1' };
		const { data } = await call().post('/Contacts', { data: [row] });
		expect(data.data[0]).toMatchObject({
			code: 'DUPLICATE_DATA',
			details: { api_name: 'Loyalty_Number', duplicate_record: { id, module: { api_name: 'Contacts' } } },
		});
	});

	test('a field that only the layout demands is missed when the row names its layout, or always', async () => {
		expect(await problemOf({})).toMatchObject({ code: 'SUCCESS' });
		expect(await problemOf({ Layout: { id: layoutId } })).toMatchObject({
			code: 'MANDATORY_NOT_FOUND',
			api_name: 'Branch',
		});
		zoho.settings.alwaysCheckLayout = true;
		expect(await problemOf({})).toMatchObject({ code: 'MANDATORY_NOT_FOUND', api_name: 'Branch' });
	});

	test('null and the empty text clear a field', async () => {
		const id = zoho.addContact({ ...good, Phone: '1', Mobile: '2' });
		await upsert([{ ...good, Phone: null, Mobile: '' }]);
		expect(zoho.contacts.get(id)).toMatchObject({ Phone: null, Mobile: null });
	});

	test('several faults in a row are named together when the account does so', async () => {
		zoho.settings.reportAllErrors = true;
		const problem = await problemOf({ Lead_Score: 'x', Nope: 1 });
		expect(problem.code).toBe('MULTIPLE_OR_MULTI_ERRORS');
		expect(problem.errors).toHaveLength(2);
	});
});

describe('insert, update and read by id', () => {
	test('an insert with a known e-mail makes a second contact', async () => {
		zoho.addContact(good);
		expect((await call().post('/Contacts', { data: [good] })).status).toBe(201);
		expect(zoho.contacts.having('Email', good.Email)).toHaveLength(2);
	});

	test('updates of many, by ids in the rows', async () => {
		const [one, two] = zoho.seedContacts(2);
		const { status, data } = await call().put('/Contacts', {
			data: [
				{ id: two, Phone: '2' },
				{ id: '1', Phone: '3' },
				{ Phone: '4' },
				{ id: Number(one), Phone: '5' },
				{ id: one, Phone: '1' },
			],
		});
		expect(status).toBe(207);
		expect(data.data.map((row: { code: string }) => row.code)).toEqual([
			'SUCCESS',
			'INVALID_DATA',
			'MANDATORY_NOT_FOUND',
			'INVALID_DATA',
			'SUCCESS',
		]);
		expect(data.data[4].details.id).toBe(one);
	});

	test('an update by the id in the path needs no last name, but may not empty it', async () => {
		const id = zoho.addContact(good);
		expect((await call().put(`/Contacts/${id}`, { data: [{ Phone: '1' }] })).status).toBe(200);
		const { data } = await call().put(`/Contacts/${id}`, { data: [{ Last_Name: null }] });
		expect(data.data[0].code).toBe('MANDATORY_NOT_FOUND');
	});

	test('a locked contact is refused', async () => {
		const id = zoho.addContact(good, { locked: true });
		const { data } = await call().put(`/Contacts/${id}`, { data: [{ Phone: '1' }] });
		expect(data.data[0]).toMatchObject({ code: 'RECORD_LOCKED', status: 'error' });
		zoho.contacts.unlock(id);
		expect((await call().put(`/Contacts/${id}`, { data: [{ Phone: '1' }] })).status).toBe(200);
	});

	test('a contact that does not exist is 204, what is no id 400, another module 400', async () => {
		expect((await call().get('/Contacts/5725767000009999999')).status).toBe(204);
		expect((await call().get('/Contacts/abc')).status).toBe(400);
		expect((await call().get('/contacts/1')).data.data[0].code).toBe('INVALID_MODULE');
	});

	test('only the fields asked for', async () => {
		const id = zoho.addContact(good);
		expect((await call().get(`/Contacts/${id}`, { params: { fields: 'Email' } })).data.data).toEqual([
			{ id, Email: good.Email },
		]);
	});
});
