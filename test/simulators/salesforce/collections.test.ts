import { withSalesforce, type SaveAnswer } from './testClient';

const { simulator, api } = withSalesforce();

const attributes = { type: 'Contact' };
const row = (i: number) => ({ attributes, LastName: `Row ${i}`, Email: `row-${i}@contacts.example` });
const create = async (records: unknown[], more = {}) =>
	await api.post<SaveAnswer[]>('/composite/sobjects', { allOrNone: false, records, ...more });

describe('collections', () => {
	it('create 200 contacts in one request, in the order of the rows', async () => {
		const { data, status } = await create(Array.from({ length: 200 }, (_, i) => row(i)));
		expect([status, data.length]).toEqual([200, 200]);
		expect(data.map(({ id }) => simulator.contacts.get(id)?.LastName)).toEqual(
			Array.from({ length: 200 }, (_, i) => `Row ${i}`),
		);
	});

	it('tell for each row what was wrong with it, as statusCode', async () => {
		const { data, status } = await create([row(0), { attributes, Email: 'x' }, { ...row(2), FullName: 'x' }, row(3)]);
		expect(status).toBe(200);
		expect(data).toEqual([
			{ id: expect.any(String), success: true, errors: [] },
			{
				success: false,
				errors: [
					{
						statusCode: 'REQUIRED_FIELD_MISSING',
						message: 'Required fields are missing: [LastName]',
						fields: ['LastName'],
					},
					{ statusCode: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid email address: x', fields: ['Email'] },
				],
			},
			{
				success: false,
				errors: [
					{ statusCode: 'INVALID_FIELD', message: "No such column 'FullName' on sobject of type Contact", fields: [] },
				],
			},
			{ id: expect.any(String), success: true, errors: [] },
		]);
		expect(simulator.contacts.size).toBe(2);
	});

	it('update by id; missing, unknown, foreign and deleted ids fail their row', async () => {
		const [a = '', gone = ''] = simulator.seedContacts(2);
		await api.delete(`/sobjects/Contact/${gone}`);
		const { data } = await api.patch<SaveAnswer[]>('/composite/sobjects', {
			records: [
				{ attributes, id: a, Phone: '1' },
				{ attributes, Phone: '1' },
				{ attributes, id: '0035g00000ZZZZZ', Phone: '1' },
				{ attributes, id: 'person', Phone: '1' },
				{ attributes, id: gone, Phone: '1' },
			],
		});
		expect(data[0]).toEqual({ id: a, success: true, errors: [] });
		expect(data.slice(1).map((one) => one.errors)).toMatchObject(
			['MISSING_ARGUMENT', 'INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID', 'ENTITY_IS_DELETED'].map((statusCode) => [
				{ statusCode },
			]),
		);
	});

	it('with allOrNone write nothing when one row fails', async () => {
		const { data } = await create([row(0), { attributes }, row(2)], { allOrNone: true });
		expect(data.map((one) => one.errors)).toMatchObject([
			[{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }],
			[{ statusCode: 'REQUIRED_FIELD_MISSING' }],
			[{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }],
		]);
		expect([simulator.contacts.size, simulator.activity.created]).toEqual([0, 0]);
	});

	it('upsert by an external id and say which were created', async () => {
		const known = simulator.addContact({ LastName: 'Known', External_Id__c: 'wa-1' });
		simulator.seedContacts(2, () => ({ Email: 'shared@contacts.example' }));
		const { data } = await api.patch<SaveAnswer[]>('/composite/sobjects/Contact/External_Id__c', {
			records: [
				{ attributes, External_Id__c: 'wa-1', Phone: '1' },
				{ attributes, External_Id__c: 'wa-2', LastName: 'New' },
				{ attributes, External_Id__c: 'wa-3', LastName: 'Twice' },
				{ attributes, External_Id__c: 'wa-3', LastName: 'Twice' },
				{ attributes, LastName: 'No key' },
			],
		});
		expect(data).toMatchObject([
			{ id: known, success: true, created: false },
			{ success: true, created: true },
			{ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
			{ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
			{ success: false, errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
		]);
		const byEmail = { records: [{ attributes, Email: 'shared@contacts.example', Phone: '1' }] };
		expect((await api.patch('/composite/sobjects/Contact/Email', byEmail)).data).toMatchObject([
			{ success: false, errors: [{ statusCode: 'DUPLICATE_EXTERNAL_ID' }] },
		]);
		expect((await api.patch('/composite/sobjects/Contact/Phone', byEmail)).status).toBe(404);
	});

	it('read and delete several', async () => {
		const ids = simulator.seedContacts(2);
		const { data } = await api.post('/composite/sobjects/Contact', {
			ids: [...ids, '0035g00000ZZZZZ'],
			fields: ['Email'],
		});
		expect(data).toMatchObject([{ Email: 'person-0@contacts.example' }, { Email: 'person-1@contacts.example' }, null]);
		expect((await api.delete(`/composite/sobjects?ids=${ids.join(',')}`)).data).toMatchObject([
			{ success: true },
			{ success: true },
		]);
		expect(simulator.contacts.size).toBe(0);
	});

	it.each([
		['more than 200 rows', { records: Array.from({ length: 201 }, (_, i) => row(i)) }],
		['no rows', { records: [] }],
		['a row without its type', { records: [{ LastName: 'X' }] }],
		['an unknown type', { records: [{ attributes: { type: 'Contacts' }, LastName: 'X' }] }],
		['an unknown key', { records: [row(0)], allorNone: true }],
		['allOrNone as text', { records: [row(0)], allOrNone: 'true' }],
		['a value of the wrong JSON type', { records: [row(0), { attributes, LastName: 5 }] }],
	])('refuse the whole request for %s', async (_what, body) => {
		const { status, data } = await api.post('/composite/sobjects', body);
		expect([status, data]).toEqual([400, [{ errorCode: expect.any(String), message: expect.any(String) }]]);
		expect([simulator.contacts.size, simulator.activity.created]).toEqual([0, 0]);
	});

	it('fail only the row for a wrong JSON type when the org is set to that', async () => {
		simulator.org.settings.badJsonTypeFails = 'row';
		expect((await create([row(0), { attributes, LastName: 5 }])).data).toMatchObject([
			{ success: true },
			{ errors: [{ statusCode: 'JSON_PARSER_ERROR' }] },
		]);
	});

	it('let one locked row fail, once', async () => {
		const ids = simulator.seedContacts(2);
		simulator.lockContact(ids[1] ?? '');
		const records = ids.map((id) => ({ attributes, id, Phone: '1' }));
		expect((await api.patch('/composite/sobjects', { records })).data).toMatchObject([
			{ success: true },
			{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] },
		]);
		expect((await api.patch('/composite/sobjects', { records })).data).toMatchObject([
			{ success: true },
			{ success: true },
		]);
	});
});
