import { byPhone, testOperations, withWatiNode } from './operationTable';

const PHONES = ['14155552671', '14155552672', '14155552673'];
const target = (item: number) => byPhone(`+${PHONES[item]}`);

const id = (item: number) => `c0${String(item).padStart(22, '0')}`;
const simple = (item: number, more: object = {}) => ({
	id: expect.stringMatching(/^c0/),
	name: `Ada ${item}`,
	phone: `+${PHONES[item]}`,
	status: 'VALID',
	source: null,
	optedIn: true,
	teams: [],
	attributes: {},
	createdAt: expect.any(String),
	updatedAt: expect.any(String),
	...more,
});

/** Chosen from the list, named by hand, and what goes out: each once. */
const TEAMS = [
	{ chosen: ['Billing'], named: 'Support, Billing', sent: ['Billing', 'Support'] },
	{ chosen: ['Support'], named: '', sent: ['Support'] },
	{ chosen: [], named: ' Billing ', sent: ['Billing'] },
];

/** From when to count, what the clock of Berlin makes of it, and how many contacts were made since. */
const PERIODS = [
	{ from: '2020-01-01T00:00:00', utc: '2019-12-31T23:00:00Z', count: 4 },
	{ from: '2020-02-01', utc: '2020-01-31T23:00:00Z', count: 3 },
	{ from: '2020-07-01T00:00:00', utc: '2020-06-30T22:00:00Z', count: 1 },
];

testOperations([
	{
		name: 'Assign to Teams',
		seed: ({ account }) => PHONES.forEach((phone) => account.addContact({ phone })),
		parameters: {
			resource: 'contact',
			operation: 'assignToTeams',
			target,
			teams: (item: number) => TEAMS[item]?.chosen,
			options: (item: number) => ({ moreTeams: TEAMS[item]?.named }),
		},
		request: (item) => ({
			method: 'PUT',
			path: '/contacts/teams',
			body: { target: PHONES[item], teams: TEAMS[item]?.sent },
		}),
		output: (item) => ({ success: true, target: PHONES[item], teams: TEAMS[item]?.sent }),
		bad: { parameters: { teams: [], options: { moreTeams: ' , ' } }, message: /No team is named/ },
		refusedInside: [
			{ body: { result: false }, message: /refused to assign the contact to the teams without saying why/ },
		],
	},
	{
		name: 'Count',
		seed: ({ account }) => {
			for (const month of ['01', '02', '03', '08']) account.addContact({ created: new Date(`2020-${month}-10`) });
		},
		parameters: {
			resource: 'contact',
			operation: 'count',
			options: (item: number) => ({ from: PERIODS[item]?.from, to: '2099-12-31T23:00:00+01:00' }),
		},
		request: (item) => ({
			method: 'GET',
			path: '/contacts/count',
			query: { date_from: PERIODS[item]?.utc, date_to: '2099-12-31T22:00:00Z' },
		}),
		output: (item) => ({ count: PERIODS[item]?.count }),
		bad: { parameters: { options: { from: '2026-07-02', to: '2026-07-01' } }, message: /From is later than To/ },
		refusedInside: [{ body: { result: false, info: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Create',
		parameters: {
			resource: 'contact',
			operation: 'create',
			phoneNumber: (item: number) => `+${PHONES[item]}`,
			name: (item: number) => `Ada ${item}`,
			attributes: (item: number) => ({ attribute: [{ name: `city_${item}`, value: `Town ${item}` }] }),
			simplify: true,
		},
		request: (item) => ({
			method: 'POST',
			path: '/contacts',
			body: {
				whatsapp_number: PHONES[item],
				name: `Ada ${item}`,
				custom_params: [{ name: `city_${item}`, value: `Town ${item}` }],
			},
		}),
		output: (item) => simple(item, { attributes: { [`city_${item}`]: `Town ${item}` } }),
		bad: { parameters: { phoneNumber: '12' }, message: /WhatsApp Number is not a phone number/ },
		refusedInside: [
			{ body: { result: false, info: 'already there' }, message: /refused to create the contact: already there/ },
			{ body: { name: 'no id' }, message: /refused to create the contact/ },
		],
	},
	{
		name: 'Delete',
		seed: ({ account }) => PHONES.forEach((phone, item) => account.addContact({ id: id(item), phone })),
		parameters: { resource: 'contact', operation: 'delete', target },
		request: (item) => ({ method: 'DELETE', path: `/contacts/${PHONES[item]}` }),
		output: (item) => ({ deleted: true, id: id(item) }),
		bad: { parameters: { target: byPhone('') }, message: /Target is empty/ },
		refusedInside: [{ body: { contact_id: null, deleted: false }, message: /refused to delete the contact/ }],
	},
	{
		name: 'Get',
		seed: ({ account }) => PHONES.forEach((phone, item) => account.addContact({ phone, name: `Ada ${item}` })),
		parameters: { resource: 'contact', operation: 'get', target, simplify: true },
		request: (item) => ({ method: 'GET', path: `/contacts/${PHONES[item]}` }),
		output: (item) => simple(item),
		bad: { parameters: { target: { mode: 'conversationId', value: 'd0' } }, message: /operation doesn't take/ },
		refusedInside: [
			{ body: { result: false, message: 'Contact not found' }, message: /Contact not found/ },
			{ body: {}, message: /refused to get the contact/ },
		],
	},
	{
		name: 'Get Many',
		seed: ({ account }) => account.seedContacts(3),
		parameters: {
			resource: 'contact',
			operation: 'getMany',
			returnAll: false,
			limit: (item: number) => item + 1,
			simplify: true,
		},
		request: (item) => ({
			method: 'GET',
			path: '/contacts',
			query: { page_number: '1', page_size: String(item + 1) },
		}),
		output: (item) =>
			[1, 2, 3]
				.slice(0, item + 1)
				.map((number) => expect.objectContaining({ name: `Contact ${number}`, attributes: {} })),
		bad: { parameters: { limit: 0 }, message: /Limit is not a whole number/ },
		refusedInside: [{ body: { success: false, error: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Update',
		seed: ({ account }) => PHONES.forEach((phone, item) => account.addContact({ phone, name: `Ada ${item}` })),
		parameters: {
			resource: 'contact',
			operation: 'update',
			target,
			attributes: (item: number) => ({ attribute: [{ name: 'city', value: `Town ${item}` }] }),
			simplify: true,
		},
		request: () => ({
			method: 'PUT',
			path: '/contacts',
			body: {
				contacts: PHONES.map((phone, item) => ({
					target: phone,
					customParams: [{ name: 'city', value: `Town ${item}` }],
				})),
			},
		}),
		atOnce: true,
		output: (item) => simple(item, { attributes: { city: `Town ${item}` } }),
		bad: { parameters: { attributes: {} }, message: /Custom Attributes is empty/ },
		refusedInside: [{ body: { result: false, info: 'not today' }, message: /not today/ }],
	},
]);

describe('Create, when nobody knows whether it was done', () => {
	const { wati, run } = withWatiNode();
	const parameters = {
		resource: 'contact',
		operation: 'create',
		phoneNumber: '+14155552671',
		name: 'Ada',
		simplify: true,
	};
	const calls = () => wati.log.map(({ method }) => method).join(' ');

	test('finds the contact that was made although the answer was lost', async () => {
		wati.fault({ method: 'POST', drop: 'after' });
		const [item] = await run({ parameters });
		expect(item?.json).toMatchObject({ name: 'Ada', phone: '+14155552671' });
		expect(calls()).toBe('POST GET');
		expect(wati.account.contacts.size).toBe(1);
	});

	test.each(['400code', '404'] as const)(
		'sends once more when the number is not there (%s)',
		async (unknownContact) => {
			wati.behaviour.unknownContact = unknownContact;
			wati.fault({ method: 'POST', status: 503 });
			await run({ parameters });
			expect(calls()).toBe('POST GET POST');
			expect(wati.account.contacts.size).toBe(1);
		},
	);

	test('gives up after the second time, with advice', async () => {
		wati.fault({ method: 'POST', status: 503, times: 2 });
		await expect(run({ parameters })).rejects.toMatchObject({
			message: expect.stringContaining('not known whether it did create the contact'),
			description: expect.stringContaining('Contact > Get'),
		});
		expect(calls()).toBe('POST GET POST');
	});

	test('sends nothing more when the look-up is refused', async () => {
		wati.fault({ method: 'POST', drop: 'after' });
		wati.fault({ method: 'GET', status: 403 });
		await expect(run({ parameters })).rejects.toThrow(/not known whether/);
		expect(calls()).toBe('POST GET');
	});
});

describe('Delete, when nobody knows whether it was done', () => {
	const { wati, run } = withWatiNode();
	const parameters = { resource: 'contact', operation: 'delete', target: byPhone('+14155552671') };

	test('counts a contact as deleted that is gone after the answer was lost', async () => {
		wati.account.addContact({ phone: '14155552671' });
		wati.fault({ method: 'DELETE', drop: 'after' });
		expect(await run({ parameters })).toEqual([{ json: { deleted: true, id: null }, pairedItem: { item: 0 } }]);
	});

	test('deletes again when the contact is still there', async () => {
		const { id: contactId } = wati.account.addContact({ phone: '14155552671' });
		wati.fault({ method: 'DELETE', status: 500 });
		expect(await run({ parameters })).toMatchObject([{ json: { deleted: true, id: contactId } }]);
		expect(wati.log.map(({ method }) => method)).toEqual(['DELETE', 'GET', 'DELETE']);
	});
});

describe('Update of many', () => {
	const { wati, run } = withWatiNode();
	const phone = (item: number) => String(1415550000000 + item);
	const parameters = {
		resource: 'contact',
		operation: 'update',
		target: (item: number) => ({ mode: 'channelPhone', value: `15550001111:${phone(item)}` }),
		attributes: { attribute: [{ name: 'city', value: 'London' }] },
		simplify: false,
	};

	test('sends 100 contacts in a call and keeps the order of the items', async () => {
		wati.account.seedContacts(101);
		const output = await run({
			parameters: { ...parameters, target: (item: number) => byPhone(`+${14155520000 + item}`) },
			items: 101,
			onError: 'continueRegularOutput',
		});
		expect(wati.log).toHaveLength(2);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(output.map((_, item) => ({ item })));
	});

	test.each(['omit', 'refuse'] as const)(
		'tells which of five contacts WATI does not have (%s)',
		async (unknownInBatch) => {
			wati.behaviour.unknownInBatch = unknownInBatch;
			['14155552670', '14155552671', '14155552673', '14155552674'].forEach((known) =>
				wati.account.addContact({ phone: known }),
			);
			const output = await run({
				parameters: { ...parameters, target: (item: number) => byPhone(`+1415555267${item}`) },
				items: 5,
				onError: 'continueRegularOutput',
			});
			expect(output.map(({ json }) => json.error === undefined)).toEqual([true, true, false, true, true]);
		},
	);

	test('sends two items for one contact one after the other, so that the second meets what the first has set', async () => {
		const contact = wati.account.addContact({ phone: '14155552670' });
		const output = await run({
			parameters: {
				...parameters,
				target: byPhone('+14155552670'),
				attributes: (item: number) => ({ attribute: [{ name: `answer_${item}`, value: 'yes' }] }),
			},
			items: 2,
		});
		expect(wati.log.map(({ body }) => (body as { contacts: unknown[] }).contacts)).toEqual(
			[0, 1].map((item) => [{ target: '14155552670', customParams: [{ name: `answer_${item}`, value: 'yes' }] }]),
		);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect([...contact.attributes.keys()]).toEqual(['answer_0', 'answer_1']);
	});

	test('stops with one error that counts what was done', async () => {
		wati.account.addContact({ phone: '14155552670' });
		const failing = run({
			parameters: { ...parameters, target: (item: number) => byPhone(`+1415555267${item}`) },
			items: 2,
		});
		await expect(failing).rejects.toMatchObject({
			description: expect.stringContaining('1 of 2 items were done; this is the first one that was not.'),
		});
	});

	test('asks again for a contact whose number WATI writes in another way', async () => {
		const contacts = ['14155552670', '14155552671'].map((known) => wati.account.addContact({ phone: known }));
		const answer = (phones: string[]) => ({
			contact_list: phones.map((wa_id, at) => ({ id: contacts[at]?.id, wa_id })),
		});
		wati.fault({ method: 'PUT', status: 200, body: answer(['14155552670', '999']) });
		wati.fault({ method: 'PUT', status: 200, body: answer(['999']) });
		const output = await run({
			parameters: { ...parameters, target: (item: number) => byPhone(`+1415555267${item}`) },
			items: 2,
		});
		expect(output).toMatchObject([{ json: { wa_id: '14155552670' } }, { json: { wa_id: '999' } }]);
	});
});

describe('Get Many', () => {
	const { wati, run } = withWatiNode();

	test('reads page after page when Return All is on', async () => {
		wati.account.seedContacts(201);
		const output = await run({
			parameters: { resource: 'contact', operation: 'getMany', returnAll: true, simplify: false },
		});
		expect(output).toHaveLength(201);
		expect(output[0]?.json).toMatchObject({ wa_id: '1415550000000', custom_params: [] });
		expect(wati.log.map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page_number) => ({ page_number, page_size: '100' })),
		);
	});
});

describe('Create or Update', () => {
	const { wati, run } = withWatiNode();
	const fields = (value: (item: number) => Record<string, unknown>) => (item: number) => ({
		mappingMode: 'defineBelow',
		value: value(item),
		schema: ['whatsappNumber', 'name', 'city'].map((field) => ({
			id: field,
			displayName: field === 'whatsappNumber' ? 'WhatsApp Number' : field,
			required: field === 'whatsappNumber',
			display: true,
			type: 'string',
		})),
	});
	const parameters = {
		resource: 'contact',
		operation: 'upsert',
		fields: fields((item) => ({ whatsappNumber: `+${PHONES[item]}`, name: `Ada ${item}`, city: 'London' })),
		allowCreate: true,
		allowUpdate: true,
		options: {},
	};
	const writes = () => wati.log.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
	beforeEach(() => {
		wati.account.addContact({ phone: '14155552672', name: 'Ada 1', attributes: { city: 'London' } });
		wati.account.addContact({ phone: '14155552673', name: 'Ada 2', attributes: { city: 'Paris' } });
	});

	test('creates, leaves alone and updates, and tells of each item what was done', async () => {
		const output = await run({ parameters, items: 3 });
		expect(output).toMatchObject([
			{ json: { action: 'created', matchedBy: { value: '+14155552671' } }, pairedItem: { item: 0 } },
			{ json: { action: 'unchanged', changedFields: {} }, pairedItem: { item: 1 } },
			{
				json: { action: 'updated', changedFields: { city: { from: 'Paris', to: 'London' } } },
				pairedItem: { item: 2 },
			},
		]);
		expect(writes().sort()).toEqual(['POST /api/ext/v3/contacts', 'PUT /api/ext/v3/contacts']);
		expect(wati.requests('POST', '/api/ext/v3/contacts')).toMatchObject([
			{ body: { whatsapp_number: PHONES[0], name: 'Ada 0' } },
		]);
		expect(wati.requests('PUT', '/api/ext/v3/contacts')).toMatchObject([
			{ body: { contacts: [{ customParams: [{ name: 'city', value: 'London' }] }] } },
		]);
	});

	test('a bad number is an error of that item alone', async () => {
		const output = await run({
			parameters: {
				...parameters,
				fields: fields((item) => ({ whatsappNumber: item === 1 ? '12' : `+${PHONES[item]}` })),
			},
			items: 3,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ json }) => json.error ?? json.action)).toEqual([
			'created',
			expect.stringContaining('WhatsApp Number is not a phone number'),
			'unchanged',
		]);
	});

	test('set to stop, counts what was written and what was not', async () => {
		const failing = run({
			parameters: {
				...parameters,
				fields: fields((item) => ({ whatsappNumber: item === 1 ? '12' : `+${PHONES[item]}` })),
			},
			items: 3,
		});
		await expect(failing).rejects.toMatchObject({
			message: '1 of 3 items was not written',
			description: expect.stringContaining('WhatsApp Number is not a phone number'),
		});
		expect(writes()).toEqual(['POST /api/ext/v3/contacts']);
	});

	test('shows why WATI refuses the look-up, and writes nothing', async () => {
		wati.fault({ status: 401, body: 'Unauthorized', headers: { 'content-type': 'text/plain' }, times: 10 });
		await expect(run({ parameters })).rejects.toMatchObject({
			message: expect.stringContaining("doesn't accept the access token"),
			httpCode: '401',
		});
		expect(writes()).toEqual([]);
	});
});
