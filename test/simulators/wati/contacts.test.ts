import { refused, withWati } from './harness';

const { wati, call } = withWati();
const phone = '14155550100';

const dto = {
	id: expect.stringMatching(/^[0-9a-f]{24}$/),
	wa_id: phone,
	name: 'Ada',
	phone: `+${phone}`,
	photo: null,
	created: expect.any(String),
	last_updated: expect.any(String),
	contact_status: 'VALID',
	opted_in: true,
	allow_broadcast: true,
	allow_sms: true,
	teams: [],
	segments: [],
	channel_type: 'whatsapp',
	is_broadcast_limit_reached: false,
};

describe('POST contacts', () => {
	test('makes a contact with attributes and answers with it, unwrapped', async () => {
		const answer = await call('post', '/contacts', {
			whatsapp_number: phone,
			name: 'Ada',
			custom_params: [{ name: 'city', value: 'Paris' }],
		});
		expect(answer).toMatchObject({ status: 200, data: { ...dto, custom_params: [{ name: 'city', value: 'Paris' }] } });
		expect(wati.account.contactByPhone(phone)?.attributes.get('city')).toBe('Paris');
	});

	test.each([
		['customParams for custom_params', { customParams: [] }, /customParams/],
		['any other field', { email: 'a@b.example' }, /email/],
		['a phone with +', { whatsapp_number: `+${phone}` }, /whatsapp_number/],
		['a phone that is a number', { whatsapp_number: 14155550100 }, /whatsapp_number/],
		['no phone', { whatsapp_number: undefined }, /whatsapp_number/],
		['no name', { name: undefined }, /name/],
		['an empty name', { name: ' ' }, /name/],
		['attributes as an object', { custom_params: { city: 'Paris' } }, /custom_params/],
		['an attribute that is a number', { custom_params: [{ name: 'age', value: 5 }] }, /custom_params.0.value/],
		['an attribute without value', { custom_params: [{ name: 'age' }] }, /custom_params.0.value/],
		['another key in an attribute', { custom_params: [{ name: 'a', value: 'b', type: 'c' }] }, /type/],
	])('%s is refused', async (_what, change, message) => {
		const answer = await call('post', '/contacts', { whatsapp_number: phone, name: 'Ada', ...change });
		expect(answer).toMatchObject(refused(message));
		expect(wati.account.contacts.size).toBe(0);
	});

	test.each([
		['second', 200, 2, 'Old'],
		['returnExisting', 200, 1, 'Old'],
		['updateExisting', 200, 1, 'Ada'],
		['refuse', 400, 1, 'Old'],
	] as const)('an existing number, behaviour %s: %i, then %i contacts', async (behaviour, status, contacts, name) => {
		wati.behaviour.existingContact = behaviour;
		wati.account.addContact({ phone, name: 'Old' });
		const answer = await call('post', '/contacts', { whatsapp_number: phone, name: 'Ada' });
		expect(answer.status).toBe(status);
		expect(wati.account.contactsByPhone(phone)).toHaveLength(contacts);
		expect(wati.account.contactByPhone(phone)?.name).toBe(name);
	});
});

describe('GET contacts/{target}', () => {
	test('finds by phone, by id, by channel:phone and by BSUID, percent-encoded or not', async () => {
		const contact = wati.account.addContact({ phone, name: 'Ada', bsuid: 'US.13491208655302741918' });
		wati.account.addChannel('Second Line', '15550002222');
		const targets = [
			phone,
			contact.id,
			`15550002222:${phone}`,
			`15550002222%3A${phone}`,
			`Second%20Line%3A${phone}`,
			'US.13491208655302741918',
		];
		for (const target of targets) {
			expect(await call('get', `/contacts/${target}`)).toMatchObject({ status: 200, data: { id: contact.id } });
		}
	});

	test.each([
		['a phone with +', `+${phone}`],
		['a phone with an encoded +', `%2B${phone}`],
		['a name', 'Ada'],
		['an unknown channel', `Nowhere:${phone}`],
		['an empty channel', `:${phone}`],
		['the unnamed default channel', `Default:${phone}`],
	])('%s is refused', async (_what, target) => {
		wati.account.addContact({ phone });
		expect(await call('get', `/contacts/${target}`)).toMatchObject(refused());
	});

	test('an unknown contact is 400 with a code, or 404', async () => {
		expect(await call('get', `/contacts/${phone}`)).toMatchObject(refused('Contact not found'));
		wati.behaviour.unknownContact = '404';
		expect((await call('get', `/contacts/${phone}`)).status).toBe(404);
	});

	test('a contact known by BSUID only has no phone in the answer', async () => {
		const { id } = wati.account.addContact({ bsuid: 'US.1', username: 'ada' });
		const { data } = await call('get', `/contacts/${id}`);
		expect(data).toMatchObject({ bsuid: 'US.1', username: 'ada' });
		expect(data).not.toHaveProperty('phone');
	});
});

describe('PUT contacts', () => {
	const change = (target: string, customParams: unknown = [{ name: 'city', value: 'Rome' }]) => ({
		target,
		customParams,
	});

	test('updates attributes and leaves the others alone', async () => {
		wati.account.addContact({ phone, name: 'Ada', attributes: { city: 'Paris', tier: 'gold' } });
		const answer = await call('put', '/contacts', { contacts: [change(phone)] });
		expect(answer).toMatchObject({ status: 200, data: { contact_list: [{ wa_id: phone, name: 'Ada' }] } });
		expect(wati.account.contactByPhone(phone)?.attributes).toEqual(
			new Map([
				['city', 'Rome'],
				['tier', 'gold'],
			]),
		);
	});

	test('forgets the attributes that are not listed when the account replaces', async () => {
		wati.behaviour.customParams = 'replace';
		wati.account.addContact({ phone, attributes: { city: 'Paris', tier: 'gold' } });
		await call('put', '/contacts', { contacts: [change(phone)] });
		expect(wati.account.contactByPhone(phone)?.attributes).toEqual(new Map([['city', 'Rome']]));
	});

	test('an attribute called name leaves the name, or renames', async () => {
		wati.account.addContact({ phone, name: 'Ada' });
		const body = { contacts: [change(phone, [{ name: 'name', value: 'Eve' }])] };
		await call('put', '/contacts', body);
		expect(wati.account.contactByPhone(phone)?.name).toBe('Ada');
		wati.behaviour.nameAttribute = 'renames';
		await call('put', '/contacts', body);
		expect(wati.account.contactByPhone(phone)?.name).toBe('Eve');
	});

	test('an unknown contact is missing from the answer, or refuses the batch', async () => {
		wati.account.addContact({ phone });
		const body = { contacts: [change('14155550199'), change(phone)] };
		expect(await call('put', '/contacts', body)).toMatchObject({ data: { contact_list: [{ wa_id: phone }] } });
		wati.behaviour.unknownInBatch = 'refuse';
		expect(await call('put', '/contacts', body)).toMatchObject(refused('Contact not found'));
	});

	test('takes 100 contacts and refuses 0 and 101', async () => {
		const contacts = wati.account.seedContacts(101).map(({ id }) => change(id));
		const taken = await call('put', '/contacts', { contacts: contacts.slice(0, 100) });
		expect(taken).toMatchObject({ status: 200, data: { contact_list: { length: 100 } } });
		expect(await call('put', '/contacts', { contacts })).toMatchObject(refused(/contacts/));
		expect(await call('put', '/contacts', { contacts: [] })).toMatchObject(refused(/contacts/));
	});

	test.each([
		['custom_params for customParams', { target: phone, custom_params: [] }],
		['a name', { target: phone, name: 'Eve' }],
		['no target', { customParams: [] }],
		['a target of null', { target: null }],
		['a target with +', { target: `+${phone}` }],
		['a value that is a number', { target: phone, customParams: [{ name: 'age', value: 5 }] }],
	])('%s is refused', async (_what, item) => {
		wati.account.addContact({ phone });
		expect(await call('put', '/contacts', { contacts: [item] })).toMatchObject(refused());
	});
});

describe('the other contact endpoints', () => {
	test('a list has pages and no total', async () => {
		wati.account.seedContacts(25);
		const { data } = await call('get', '/contacts', undefined, { params: { page_number: 3, page_size: 10 } });
		expect(data).toMatchObject({ contact_list: { length: 5 }, page_number: 3, page_size: 10 });
		expect(data).not.toHaveProperty('total');
	});

	test('the count, also within dates', async () => {
		wati.account.seedContacts(3);
		wati.account.addContact({ phone, created: new Date('2020-01-01') });
		const count = async (params?: object) => await call('get', '/contacts/count', undefined, { params });
		expect(await count()).toMatchObject({ status: 200, data: { contact_count: 4 } });
		expect(await count({ date_to: '2021-01-01' })).toMatchObject({ data: { contact_count: 1 } });
		expect(await count({ date_from: '2021-01-01' })).toMatchObject({ data: { contact_count: 3 } });
		expect(await count({ date_from: 'soon' })).toMatchObject(refused(/date_from/));
	});

	test('a deleted contact is gone from all answers, and kept for inspection', async () => {
		const { id } = wati.account.addContact({ phone });
		const answer = await call('delete', `/contacts/${phone}`, undefined, {
			headers: { 'content-type': 'application/json' },
		});
		expect(answer).toMatchObject({ status: 200, data: { contact_id: id, deleted: true, cleanup_completed: true } });
		expect(await call('get', `/contacts/${phone}`)).toMatchObject(refused());
		expect(wati.account.deletedContacts.has(id)).toBe(true);
	});

	test('teams take the place of the earlier ones, an unknown team is result:false in a 200', async () => {
		const contact = wati.account.addContact({ phone, teams: ['Billing'] });
		const put = async (teams: unknown) => await call('put', '/contacts/teams', { target: phone, teams });
		expect(await put(['Support'])).toMatchObject({ status: 200, data: { result: true } });
		expect(contact.teams).toEqual(['Support']);
		expect(await put(['Support', 'Nobody'])).toMatchObject({ status: 200, data: { result: false } });
		expect(contact.teams).toEqual(['Support']);
		wati.behaviour.assignTeams = 'add';
		await put(['Billing']);
		expect(contact.teams).toEqual(['Support', 'Billing']);
	});

	test.each([
		['teams as text', { target: phone, teams: 'Support' }],
		['no teams', { target: phone }],
		['no target', { teams: ['Support'] }],
		['another field', { target: phone, teams: [], team: 'x' }],
		['an unknown contact', { target: '14155550999', teams: [] }],
	])('assign to teams: %s is refused', async (_what, body) => {
		wati.account.addContact({ phone });
		expect(await call('put', '/contacts/teams', body)).toMatchObject(refused());
	});
});
