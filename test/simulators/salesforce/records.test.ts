import { withSalesforce, type SaveAnswer } from './testClient';

const { simulator, api } = withSalesforce();

const contact = { LastName: 'Nil', Email: 'nil@contacts.example' };

describe('one contact', () => {
	it('is created by the user of the token, at the time of the org', async () => {
		const colleague = simulator.addUser({
			username: 'c@org.example',
			password: 'p',
			name: 'Colleague',
			email: 'c@org.example',
		});
		simulator.org.settings.now = () => new Date('2026-02-03T04:05:06.789Z');
		api.token = simulator.openSession(colleague.id).token;
		const { data, status } = await api.post<SaveAnswer>('/sobjects/Contact', contact);
		expect(status).toBe(201);
		expect(data).toEqual({ id: expect.stringMatching(/^003\w{15}$/), success: true, errors: [] });
		expect((await api.get(`/sobjects/Contact/${data.id}`)).data).toMatchObject({
			...contact,
			attributes: { type: 'Contact' },
			Name: 'Nil',
			CreatedById: colleague.id,
			OwnerId: colleague.id,
			CreatedDate: '2026-02-03T04:05:06.000+0000',
			SystemModstamp: '2026-02-03T04:05:06.000+0000',
			HasOptedOutOfEmail: false,
			Contact_Number__c: 'C-00001',
			Is_Reachable__c: true,
		});
		expect(simulator.activity).toMatchObject({ created: 1, updated: 0 });
	});

	it('is updated with 204 and no body; null and empty text clear a field', async () => {
		const id = simulator.addContact({ ...contact, Phone: '1', Title: 'Dr' });
		const { data, status } = await api.patch(`/sobjects/Contact/${id}`, { Phone: null, Title: '', FirstName: ' Ada ' });
		expect([status, data]).toEqual([204, '']);
		expect(simulator.contacts.get(id)).toMatchObject({
			Phone: null,
			Title: null,
			FirstName: 'Ada',
			Email: contact.Email,
		});
	});

	it('is gone after DELETE: 404 for reading, ENTITY_IS_DELETED for writing', async () => {
		const id = simulator.addContact(contact);
		expect((await api.delete(`/sobjects/Contact/${id}`)).status).toBe(204);
		expect(await api.get(`/sobjects/Contact/${id}`)).toMatchObject({ status: 404, data: [{ errorCode: 'NOT_FOUND' }] });
		expect(await api.patch(`/sobjects/Contact/${id}`, { Phone: '1' })).toMatchObject({
			status: 404,
			data: [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted' }],
		});
		expect([simulator.contacts.size, simulator.recycleBin.size]).toEqual([0, 1]);
	});

	it('can be read with some fields only', async () => {
		const id = simulator.addContact(contact);
		const { data } = await api.get(`/sobjects/contact/${id.slice(0, 15)}?fields=Email,Id`);
		expect(data).toEqual({ attributes: expect.any(Object), Email: contact.Email, Id: id });
	});

	it.each([
		['an unknown id', '/sobjects/Contact/0035g00000ZZZZZAAA', 404],
		['an id of another object', '/sobjects/Contact/0015g00000ZZZZZAAA', 404],
		['an unknown object', '/sobjects/Contacts/0035g00000ZZZZZAAA', 404],
	])('%s is not found', async (_what, path, status) => {
		expect((await api.patch(path, { Phone: '1' })).status).toBe(status);
	});

	it('takes no Id in the body', async () => {
		const id = simulator.addContact(contact);
		expect((await api.patch(`/sobjects/Contact/${id}`, { Id: id, Phone: '1' })).data).toMatchObject([
			{ errorCode: 'INVALID_FIELD' },
		]);
		expect((await api.post('/sobjects/Contact', { ...contact, Id: id })).data).toMatchObject([
			{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' },
		]);
	});
});

describe('upsert by a key', () => {
	it('creates with 201 and updates with 200, and says which', async () => {
		const first = await api.patch<SaveAnswer>('/sobjects/Contact/External_Id__c/wa%2F1', contact);
		expect(first).toMatchObject({ status: 201, data: { success: true, created: true, errors: [] } });
		expect(simulator.contacts.get(first.data.id)).toMatchObject({ External_Id__c: 'wa/1', ...contact });
		const second = await api.patch<SaveAnswer>('/sobjects/Contact/External_Id__c/WA%2F1', { Phone: '1' });
		expect(second).toMatchObject({ status: 200, data: { id: first.data.id, created: false } });
	});

	it('before version 46 answers 204 to an update and does not say "created"', async () => {
		api.version = 'v45.0';
		const { data } = await api.patch('/sobjects/Contact/External_Id__c/1', contact);
		expect(data).not.toHaveProperty('created');
		expect((await api.patch('/sobjects/Contact/External_Id__c/1', contact)).status).toBe(204);
	});

	it('by an address that three contacts share answers 300 with their addresses, and writes nothing', async () => {
		const ids = simulator.seedContacts(3, () => ({ Email: 'shared@contacts.example' }));
		const { data, status } = await api.patch('/sobjects/Contact/Email/shared%40contacts.example', { Phone: '1' });
		expect(status).toBe(300);
		expect(data).toEqual(ids.map((id) => `/services/data/v66.0/sobjects/Contact/${id}`));
		expect(simulator.activity.updated).toBe(0);
	});

	it.each([
		['a field that is no key', '/sobjects/Contact/Phone/1'],
		['a field that does not exist', '/sobjects/Contact/Key__c/1'],
		['a value that ends like a file', '/sobjects/Contact/Email/a%40b.inc'],
		['updateOnly without a match', '/sobjects/Contact/External_Id__c/1?updateOnly=true'],
	])('%s is 404', async (_what, path) => {
		expect(await api.patch(path, contact)).toMatchObject({ status: 404, data: [{ errorCode: 'NOT_FOUND' }] });
		expect(simulator.contacts.size).toBe(0);
	});

	it('takes the key in the path only', async () => {
		const { data, status } = await api.patch('/sobjects/Contact/External_Id__c/1', { ...contact, External_Id__c: '1' });
		expect([status, data]).toMatchObject([400, [{ errorCode: 'INVALID_FIELD' }]]);
	});
});

describe('what a contact may hold', () => {
	it.each([
		['REQUIRED_FIELD_MISSING', { Email: 'a@b.example' }, ['LastName']],
		['REQUIRED_FIELD_MISSING', { LastName: '  ' }, ['LastName']],
		['INVALID_FIELD', { LastName: 'X', FullName: 'X' }, undefined],
		['INVALID_FIELD_FOR_INSERT_UPDATE', { LastName: 'X', CreatedById: '0055g00000000001AAA' }, ['CreatedById']],
		[
			'INVALID_FIELD_FOR_INSERT_UPDATE',
			{ LastName: 'X', Name: 'X', Is_Reachable__c: true },
			['Name', 'Is_Reachable__c'],
		],
		['INVALID_EMAIL_ADDRESS', { LastName: 'X', Email: 'not an email' }, ['Email']],
		['STRING_TOO_LONG', { LastName: 'X', FirstName: 'x'.repeat(41) }, ['FirstName']],
		['STRING_TOO_LONG', { LastName: 'X', Description: 'x'.repeat(32001) }, ['Description']],
		['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { LastName: 'X', Segment__c: 'Partner & Reseller' }, ['Segment__c']],
		['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { LastName: 'X', Segment__c: 'Legacy' }, ['Segment__c']],
		['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { LastName: 'X', Interests__c: 'Voice;Fax' }, ['Interests__c']],
		['JSON_PARSER_ERROR', { LastName: 5 }, undefined],
		['JSON_PARSER_ERROR', { LastName: 'X', Birthdate: '31/12/1990' }, undefined],
		['JSON_PARSER_ERROR', { LastName: 'X', Birthdate: '' }, undefined],
		['JSON_PARSER_ERROR', { LastName: 'X', Birthdate: '1990-02-30' }, undefined],
		['JSON_PARSER_ERROR', { LastName: 'X', WhatsApp_Opt_In__c: 'yes' }, undefined],
		['JSON_PARSER_ERROR', { LastName: 'X', Lead_Score__c: '12' }, undefined],
		['JSON_PARSER_ERROR', { LastName: 'X', Interests__c: ['Voice'] }, undefined],
		['INVALID_TYPE_ON_FIELD_IN_RECORD', { LastName: 'X', WhatsApp_Opt_In__c: null }, ['WhatsApp_Opt_In__c']],
		['NUMBER_OUTSIDE_VALID_RANGE', { LastName: 'X', Lead_Score__c: 1e17 }, ['Lead_Score__c']],
		['MALFORMED_ID', { LastName: 'X', AccountId: 'acme' }, ['AccountId']],
		['INVALID_CROSS_REFERENCE_KEY', { LastName: 'X', AccountId: '0015g00000ZZZZZ' }, ['AccountId']],
	])('%s: %j', async (errorCode, body, fields) => {
		const { data, status } = await api.post('/sobjects/Contact', body);
		expect(status).toBe(400);
		expect(data).toEqual([{ errorCode, message: expect.any(String), ...(fields ? { fields } : {}) }]);
		expect(simulator.contacts.size).toBe(0);
	});

	it('takes every type of value, and keeps choices in the order of the field', async () => {
		const AccountId = simulator.org.put('Account', { Name: 'Acme' });
		const body = {
			LastName: 'X',
			Salutation: 'not in the list, which is not restricted',
			Birthdate: '1990-12-31',
			WhatsApp_Opt_In__c: true,
			Lead_Score__c: 12.25,
			Segment__c: 'PARTNER',
			Website_URL__c: 'https://x.example',
			Lifetime_Value__c: 1000.5,
			Discount__c: 12.5,
			Signup_Channel__c: 'WhatsApp',
			AccountId: AccountId.slice(0, 15),
		};
		body.Salutation = body.Salutation.slice(0, 40);
		const { data } = await api.post<SaveAnswer>('/sobjects/Contact', {
			...body,
			Interests__c: 'Voice;Analytics',
			Last_Seen__c: '2026-01-02T03:04:05.678+02:00',
		});
		expect(simulator.contacts.get(data.id)).toMatchObject({
			...body,
			AccountId,
			Interests__c: 'Analytics;Voice',
			Last_Seen__c: '2026-01-02T01:04:05.000+0000',
		});
		expect((await api.patch(`/sobjects/Contact/${data.id}`, { Signup_Channel__c: 'Web' })).data).toMatchObject([
			{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Signup_Channel__c'] },
		]);
	});

	it('reports several broken rules together', async () => {
		const { data } = await api.post('/sobjects/Contact', { Email: 'x', FirstName: 'x'.repeat(50) });
		expect(data).toMatchObject([
			{ errorCode: 'REQUIRED_FIELD_MISSING' },
			{ errorCode: 'INVALID_EMAIL_ADDRESS' },
			{ errorCode: 'STRING_TOO_LONG', message: `First Name: data value too large: ${'x'.repeat(50)} (max length=40)` },
		]);
	});

	it('refuses a second record with the value of a unique field, whatever its case', async () => {
		const id = simulator.addContact({ ...contact, External_Id__c: 'wa-1' });
		expect((await api.post('/sobjects/Contact', { ...contact, External_Id__c: 'WA-1' })).data).toEqual([
			{
				errorCode: 'DUPLICATE_VALUE',
				message: `duplicate value found: External_Id__c duplicates value on record with id: ${id}`,
				fields: [],
			},
		]);
		simulator.fields.change('External_Id__c', { caseSensitive: true });
		expect((await api.post('/sobjects/Contact', { ...contact, External_Id__c: 'WA-1' })).status).toBe(201);
	});

	it('obeys the rules of the admin and of the record type', async () => {
		simulator.org.settings.refusedByRecordType = { Segment__c: ['Retail'] };
		simulator.org.settings.validationRules = [
			{ message: 'Give a phone number', field: 'Phone', refuses: (record) => !record.Phone },
		];
		expect((await api.post('/sobjects/Contact', contact)).data).toEqual([
			{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Give a phone number', fields: ['Phone'] },
		]);
		expect((await api.post('/sobjects/Contact', { ...contact, Segment__c: 'Retail' })).data).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' },
		]);
	});

	it('refuses to change a person contact', async () => {
		const id = simulator.addPersonContact(contact);
		expect((await api.patch(`/sobjects/Contact/${id}`, { Phone: '1' })).status).toBe(400);
		const { data } = await api.query(`SELECT IsPersonAccount, Account.IsPersonAccount FROM Contact WHERE Id = '${id}'`);
		expect(data.records[0]).toMatchObject({ IsPersonAccount: true, Account: { IsPersonAccount: true } });
	});

	it('lets a locked row go after a while', async () => {
		const id = simulator.addContact(contact);
		simulator.lockContact(id);
		expect((await api.patch(`/sobjects/Contact/${id}`, { Phone: '1' })).data).toMatchObject([
			{ errorCode: 'UNABLE_TO_LOCK_ROW', message: expect.stringContaining(id) },
		]);
		expect((await api.patch(`/sobjects/Contact/${id}`, { Phone: '1' })).status).toBe(204);
	});
});

describe('describe', () => {
	it('tells what can be written, what is required, and which values there are', async () => {
		const { data } = await api.get<{ name: string; fields: Array<Record<string, unknown> & { name: string }> }>(
			'/sobjects/Contact/describe',
		);
		const named = (name: string) => data.fields.find((field) => field.name === name);
		expect(data.name).toBe('Contact');
		const required = data.fields.filter((one) => one.createable && !one.nillable && !one.defaultedOnCreate);
		expect(required.map((one) => one.name)).toEqual(['LastName']);
		expect(named('LastName')).toMatchObject({ label: 'Last Name', type: 'string', length: 80, soapType: 'xsd:string' });
		expect(named('Email')).toMatchObject({ type: 'email', length: 80, idLookup: true, externalId: false });
		expect(named('Name')).toMatchObject({ createable: false, updateable: false });
		expect(named('Segment__c')).toMatchObject({
			type: 'picklist',
			restrictedPicklist: true,
			custom: true,
			picklistValues: expect.arrayContaining([
				{ active: true, defaultValue: false, label: 'Partner & Reseller', validFor: null, value: 'PARTNER' },
				expect.objectContaining({ value: 'Legacy', active: false }),
			]),
		});
		expect(named('External_Id__c')).toMatchObject({ externalId: true, unique: true, idLookup: true });
		expect(named('HasOptedOutOfEmail')).toMatchObject({ type: 'boolean', nillable: false, defaultedOnCreate: true });
	});

	it('follows the admin: a field that goes away is unknown at once', async () => {
		simulator.fields.remove('Summary__c');
		expect((await api.get('/sobjects/Contact/describe')).data).not.toMatchObject({
			fields: expect.arrayContaining([expect.objectContaining({ name: 'Summary__c' })]),
		});
		expect((await api.post('/sobjects/Contact', { ...contact, Summary__c: 'x' })).data).toMatchObject([
			{ errorCode: 'INVALID_FIELD' },
		]);
	});

	it('lists objects, resources and limits', async () => {
		expect((await api.get('/sobjects')).data).toMatchObject({
			sobjects: expect.arrayContaining([expect.objectContaining({ name: 'Contact', createable: true })]),
		});
		expect((await api.get('/')).data).toMatchObject({ query: '/services/data/v66.0/query' });
		expect((await api.get('/limits')).data).toEqual({ DailyApiRequests: { Max: 100000, Remaining: 99997 } });
	});
});
