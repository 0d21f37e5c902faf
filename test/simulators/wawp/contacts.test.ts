import { useWawp } from './testing';

const { wawp, call } = useWawp();

const chatId = '14155552671@c.us';
const names = { firstName: 'Ana', lastName: 'Silva' };
const put = async (body: unknown, id = chatId) => await call().put(`/contacts/${encodeURIComponent(id)}`, body);
const read = async (contactId = chatId) => await call().get('/contacts', { params: { contactId } });

describe('naming a contact', () => {
	test('is acknowledged and can be read', async () => {
		const answer = await put(names);
		expect([answer.status, answer.data]).toEqual([200, { success: true }]);
		expect((await read()).data).toMatchObject({
			id: chatId,
			number: '14155552671',
			name: 'Ana Silva',
			isMyContact: true,
		});
	});

	test.each([
		['empty', ''],
		['echo', { id: chatId, ...names }],
	] as const)('the answer can be %s', async (successBody, expected) => {
		wawp.settings.successBody = successBody;
		expect((await put(names)).data).toEqual(expected);
	});

	test.each([
		['JohnDoe', { firstName: 'Ana' }, 'Ana Doe'],
		['JohnDoe', {}, 'John Doe'],
		['JohnDoe', { firstName: 'Ana', lastName: '' }, 'Ana'],
		['keep', { firstName: 'Ana' }, 'Ana Before'],
	] as const)('names that are not sent (%s): %j becomes %s', async (namesNotSent, body, expected) => {
		wawp.settings.namesNotSent = namesNotSent;
		wawp.addContact({ id: chatId, firstName: 'Long', lastName: 'Before' });
		await put(body);
		expect((await read()).data.name).toBe(expected);
	});

	test('names that are not sent can be refused', async () => {
		wawp.settings.namesNotSent = 'refuse';
		expect((await put({ firstName: 'Ana' })).data).toMatchObject({ code: 'missing_param' });
	});

	test('keeps the name the person gave themselves', async () => {
		wawp.addContact({ id: chatId, pushname: 'anita' });
		await put(names);
		expect((await read()).data.pushname).toBe('anita');
	});

	test.each([
		'14155552671',
		'+14155552671@c.us',
		'0014155552671@c.us',
		'14155552671@g.us',
		'1415 555@c.us',
		'update',
		'12@c.us',
	])('%s is no chat id of a person', async (id) => {
		expect((await put(names, id)).status).toBe(400);
		expect(wawp.contacts.writes).toHaveLength(0);
	});

	test('a privacy id is one', async () => {
		expect((await put(names, '123456789012345@lid')).status).toBe(200);
	});

	test.each([
		{ firstName: 7 },
		{ firstName: null },
		{ ...names, email: 'a@b.example' },
		{ ...names, chatId: '1@c.us' },
		['a'],
	])('%j is refused', async (body) => {
		expect((await put(body)).status).toBe(400);
	});

	test('unknown fields may also be ignored', async () => {
		wawp.settings.unknownFields = 'ignore';
		expect((await put({ ...names, email: 'a@b.example' })).status).toBe(200);
	});

	test('a write can be acknowledged and show only later', async () => {
		wawp.settings.writeLagMs = 3000;
		wawp.addContact({ id: chatId, firstName: 'Before' });
		await put(names);
		expect((await read()).data.name).toBe('Before');
		wawp.clock.advance(3000);
		expect((await read()).data.name).toBe('Ana Silva');
	});

	test('a write can be acknowledged and get lost', async () => {
		wawp.settings.loseWrites = 1;
		expect((await put(names)).data).toEqual({ success: true });
		expect((await read()).data).not.toHaveProperty('name');
		await put(names);
		expect((await read()).data.name).toBe('Ana Silva');
		expect(wawp.contacts.writes.map((write) => write.lost)).toEqual([true, false]);
	});
});

describe('reading', () => {
	test('a number nobody saved is answered too', async () => {
		const { status, data } = await read('201000000000@c.us');
		expect(status).toBe(200);
		expect(data).toMatchObject({ isMyContact: false, isWAContact: true });
		expect(data).not.toHaveProperty('name');
	});

	test('a missing or bad contact id', async () => {
		expect((await call().get('/contacts')).data.code).toBe('missing_param');
		expect((await read('14155552671')).data.code).toBe('invalid_param');
	});

	test('all contacts, sorted and by pages', async () => {
		const ids = wawp.seedContacts(12);
		const page = async (params: object) =>
			(await call().get('/contacts/all', { params })).data.map((contact: { id: string }) => contact.id);
		expect(await page({ limit: 5, offset: 10, sortBy: 'id' })).toEqual(ids.slice(10));
		expect((await page({ limit: 1, sortBy: 'name', sortOrder: 'DESC' }))[0]).toBe(ids[8]);
		expect(await page({})).toHaveLength(12);
	});

	test.each([{ limit: 0 }, { limit: 1001 }, { offset: -1 }, { sortBy: 'age' }, { sortOrder: 'up' }])(
		'%j is refused',
		async (params) => {
			expect((await call().get('/contacts/all', { params })).status).toBe(400);
		},
	);
});

describe('checking a number', () => {
	const check = async (phone?: string) => await call().get('/contacts/check-exists', { params: { phone } });

	test.each([
		['14155552671', { numberExists: true, chatId: '14155552671@c.us' }],
		['+14155552671', { numberExists: true, chatId: '14155552671@c.us' }],
		['525512345678', { numberExists: true, chatId: '5215512345678@c.us' }],
		['14155550000', { numberExists: false }],
	])('%s', async (phone, expected) => {
		wawp.settings.limitCheckExists = false;
		wawp.contacts.notOnWhatsApp.add('14155550000');
		expect((await check(phone)).data).toEqual(expected);
	});

	test.each(['0014155552671', '1 415 555', '(415)', undefined])('%s is refused', async (phone) => {
		expect((await check(phone)).status).toBe(400);
	});

	test('once a second', async () => {
		expect((await check('14155552671')).status).toBe(200);
		expect((await check('14155552671')).status).toBe(429);
		wawp.clock.advance(1000);
		expect((await check('14155552671')).status).toBe(200);
	});
});

describe('failing', () => {
	test('refusals can come under HTTP 200', async () => {
		wawp.settings.refusalStatus = 200;
		const answer = await put(names, 'nobody');
		expect([answer.status, answer.data.code]).toEqual([200, 'invalid_param']);
	});

	test('an HTML page from a proxy, and a lost answer after the write', async () => {
		wawp.api.fault({ method: 'PUT', status: 502, body: '<html>Bad gateway</html>' });
		const answer = await put(names);
		expect([answer.status, answer.data]).toEqual([502, '<html>Bad gateway</html>']);
		expect(wawp.contacts.writes).toHaveLength(0);
		wawp.api.fault({ method: 'PUT', drop: 'after' });
		await expect(put(names)).rejects.toThrow();
		expect(wawp.contacts.get(chatId)).toMatchObject(names);
	});

	test('an unknown URL', async () => {
		const answer = await call().get('/nowhere');
		expect([answer.status, answer.data]).toEqual([404, expect.objectContaining({ code: 'no_route' })]);
	});
});
