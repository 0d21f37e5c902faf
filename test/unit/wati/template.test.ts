import { byPhone, testOperations, withWatiNode, type OperationCase } from './operationTable';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';

const PHONES = ['14155550000', '14155550001', '14155550002'];
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const mapped = (value: Record<string, unknown> | null, names = ['name']) => ({
	mappingMode: 'defineBelow',
	value,
	schema: names.map((id) => ({ id, displayName: id, required: true, display: true, type: 'string', removed: false })),
});

const template = (operation: string, parameters: Record<string, unknown> = {}): Record<string, unknown> => ({
	resource: 'template',
	operation,
	template: { mode: 'name', value: 'welcome' },
	sendTo: 'one',
	target: (item: number) => byPhone(`+${PHONES[item]}`),
	templateParameters: mapped({ name: 'Ada' }),
	broadcastName: 'Leads',
	options: {},
	...parameters,
});

const templateId = (item: number) => `b0aaaaaaaaaaaaaaaaaaaaa${item}`;

const addTemplate = (wati: WatiSimulator) => wati.account.addTemplate({ id: templateId(0), name: 'welcome' });

const accepted = (item: number) => ({
	recipient: PHONES[item],
	localMessageId: expect.stringMatching(UUID),
	accepted: true,
	broadcastId: expect.stringMatching(/^b1/),
	broadcastName: 'Leads',
	template: 'welcome',
});

const toWire = (item: number) => ({
	phone_number: PHONES[item],
	local_message_id: expect.stringMatching(UUID),
	custom_params: [{ name: 'name', value: NAMES[item] }],
});

const NAMES = ['Ada', 'Grace', 'Edsger'];
const TEMPLATES = ['welcome', 'reminder', 'thanks'];

/** What a builder maps, different for each item. */
const perItem = {
	template: (item: number) => ({ mode: 'name', value: TEMPLATES[item] }),
	templateParameters: (item: number) => mapped({ name: NAMES[item] }),
	broadcastName: (item: number) => `Leads ${item}`,
};

const addTemplates = (wati: WatiSimulator) =>
	TEMPLATES.map((name, item) => wati.account.addTemplate({ id: templateId(item), name }));

const simple = (item: number, more: object = {}) => ({
	id: templateId(item),
	name: TEMPLATES[item],
	language: 'en_US',
	category: 'MARKETING',
	status: 'APPROVED',
	body: 'Hello Ada',
	footer: null,
	parameters: { name: 'Ada' },
	updatedAt: expect.stringMatching(/^\d{4}-/),
	...more,
});

const refusedInside = [
	{ body: { success: false, error: 'Channel not found' }, message: /Channel not found/ },
	{ body: { result: false, info: 'no credit left' }, message: /no credit left/ },
	{ body: { success: true, broadcast_id: 'b', recipients: [] }, message: /without saying why/ },
	{
		body: { success: true, recipients: [{ phone_number: PHONES[0], errors: ['131026: no WhatsApp'] }] },
		message: /131026: no WhatsApp/,
	},
];

const refusedReads = [
	{ body: { result: false, info: 'not today' }, message: /not today/ },
	{ body: { code: 400, message: 'not this either', timestamp: '' }, message: /not this either/ },
];

const IN_A_YEAR = new Date(Date.now() + 365 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const scheduledAt = (item: number) => `${IN_A_YEAR}T${['08', '09', '10'][item]}:00:00Z`;

/** The channels of an account, as a builder writes each of them, and what goes out. */
const CHANNELS = [
	{ number: '15550001111', written: '+15550001111', sent: '15550001111' },
	{ number: '15550002222', written: '15550002222', sent: '15550002222' },
	{ number: '15550003333', written: 'Sales', sent: 'Sales' },
] as const;

const cases: OperationCase[] = [
	{
		name: 'Get',
		seed: addTemplates,
		parameters: template('get', {
			template: (item: number) => ({ mode: 'id', value: templateId(item) }),
			simplify: true,
		}),
		request: (item) => ({ method: 'GET', path: `/messageTemplates/${templateId(item)}` }),
		output: (item) => simple(item),
		bad: { parameters: { template: { mode: 'id', value: ' ' } }, message: /^Template is empty$/ },
		refusedInside: [...refusedReads, { body: {}, message: /refused to get the template/ }],
	},
	{
		name: 'Get Many',
		seed: (wati) => {
			const [, support, sales] = CHANNELS;
			wati.account.addChannel('Support', support.number);
			wati.account.addChannel('Sales', sales.number);
			wati.account.addTemplate({ id: templateId(0), name: 'welcome' });
			wati.account.addTemplate({ id: templateId(1), name: 'reminder', status: 'REJECTED' });
			wati.account.addTemplate({ id: templateId(2), name: 'thanks', channelNumber: sales.number });
		},
		parameters: template('getMany', {
			returnAll: true,
			simplify: true,
			options: (item: number) => ({
				status: item === 1 ? 'REJECTED' : 'APPROVED',
				channel: CHANNELS[item]?.written,
			}),
		}),
		request: (item) => ({
			method: 'GET',
			path: '/messageTemplates',
			query: { page_number: '1', page_size: '100', channel: CHANNELS[item]?.sent },
		}),
		output: (item) => [[simple(0)], [simple(1, { status: 'REJECTED' })], [simple(0), simple(2)]][item],
		bad: { parameters: { returnAll: false, limit: 'many' }, message: /^Limit is not a whole number/ },
		refusedInside: refusedReads,
	},
	{
		name: 'Send to one recipient',
		seed: addTemplates,
		parameters: template('send', perItem),
		request: (item) => ({
			method: 'POST',
			path: '/messageTemplates/send',
			body: { template_name: TEMPLATES[item], broadcast_name: `Leads ${item}`, recipients: [toWire(item)] },
		}),
		output: (item) => ({ ...accepted(item), template: TEMPLATES[item], broadcastName: `Leads ${item}` }),
		bad: {
			parameters: { templateParameters: mapped({ name: '' }) },
			message: /^Template Parameters has no value for the parameter "name"$/,
		},
		refusedInside,
	},
	{
		name: 'Send to all input items',
		seed: addTemplate,
		parameters: template('send', {
			sendTo: 'all',
			templateParameters: perItem.templateParameters,
			options: { channel: '15550001111' },
		}),
		request: () => ({
			method: 'POST',
			path: '/messageTemplates/send',
			body: {
				template_name: 'welcome',
				broadcast_name: 'Leads',
				channel: '15550001111',
				recipients: [0, 1, 2].map(toWire),
			},
		}),
		atOnce: true,
		output: accepted,
		bad: { parameters: { broadcastName: '' }, message: /^Broadcast Name is empty$/ },
		refusedInside,
	},
	{
		name: 'Schedule',
		seed: addTemplates,
		parameters: template('schedule', {
			...perItem,
			scheduledAt: (item: number) => `${IN_A_YEAR}T1${item}:00:00+02:00`,
		}),
		request: (item) => ({
			method: 'POST',
			path: '/messageTemplates/schedule',
			body: {
				template_name: TEMPLATES[item],
				broadcast_name: `Leads ${item}`,
				scheduled_at: scheduledAt(item),
				recipients: [toWire(item)],
			},
		}),
		output: (item) => ({
			...accepted(item),
			template: TEMPLATES[item],
			broadcastName: `Leads ${item}`,
			scheduledAt: scheduledAt(item),
		}),
		bad: { parameters: { scheduledAt: '2020-01-01T10:00' }, message: /^Scheduled At is in the past$/ },
		refusedInside,
	},
];

testOperations(cases);

const { wati, run } = withWatiNode();
beforeEach(() => {
	wati.account.addTemplate({
		name: 'order',
		body: '{{name}}: {{order}}',
		parameters: [
			{ name: 'name', value: 'Ada' },
			{ name: 'order', value: '4711' },
		],
	});
	wati.account.addTemplate({ name: 'plain', body: 'Hi', parameters: [] });
	addTemplate(wati);
});

const sends = () => wati.requests('POST', '/api/ext/v3/messageTemplates/send');
const recipientsOf = (call: number) =>
	(sends()[call]?.body as { recipients: Array<Record<string, unknown>> }).recipients;

describe('several recipients', () => {
	const several = (recipients: unknown, more: Record<string, unknown> = {}) =>
		template('send', { sendTo: 'several', recipients, template: { mode: 'name', value: 'order' }, ...more });
	const full = { name: 'Anna', order: 1 };
	const keepGoing = 'continueRegularOutput' as const;

	test.each([
		['a list', (list: unknown) => list],
		['JSON text', (list: unknown) => JSON.stringify(list)],
	])('come as %s, named in any of the ways, and go out as one call', async (_form, written) => {
		const list = [
			{ phone: '+1 (415) 555-0000', parameters: full },
			{ phone_number: 14155550001, parameters: full },
			{
				whatsapp_number: '14155550002',
				custom_params: [
					{ name: 'name', value: 'B' },
					{ name: 'order', value: 2 },
				],
			},
			{ target: '+14155550003', parameters: full },
			{ target: 'US.2011135123094924', parameters: full },
			{ contact_id: 'c0aaaaaaaaaaaaaaaaaaaaaa', parameters: full, local_message_id: 'mine' },
		];
		const output = await run({ parameters: several(written(list)), onError: keepGoing });
		expect(recipientsOf(0)).toMatchObject([
			{
				phone_number: '14155550000',
				custom_params: [
					{ name: 'name', value: 'Anna' },
					{ name: 'order', value: '1' },
				],
			},
			{ phone_number: '14155550001' },
			{
				phone_number: '14155550002',
				custom_params: [
					{ name: 'name', value: 'B' },
					{ name: 'order', value: '2' },
				],
			},
			{ phone_number: '14155550003' },
			{ target: 'US.2011135123094924' },
			{ target: 'c0aaaaaaaaaaaaaaaaaaaaaa', local_message_id: 'mine' },
		]);
		expect(recipientsOf(0)[4]).not.toHaveProperty('phone_number');
		expect(output).toHaveLength(6);
		expect(output.map(({ json }) => json.accepted)).toEqual([true, true, true, true, undefined, undefined]);
		expect(output[4]?.json.error).toMatch(
			/^Recipient 5 \(US\.2011135123094924\): WATI refused to send the template: Contact not found/,
		);
	});

	test.each([
		['a phone number that is none', { phone: '12', parameters: full }, /^Recipient 2 is not a phone number/],
		['no address', { parameters: full }, /^Recipient 2 names nobody$/],
		[
			'two addresses',
			{ phone: '+14155550009', contact_id: 'c0aaaaaaaaaaaaaaaaaaaaaa', parameters: full },
			/^Recipient 2 names its address twice$/,
		],
		['an unknown key', { fone: '+14155550009' }, /^Recipient 2 has a key that is not known: fone$/],
		[
			'an empty parameter',
			{ phone: '+14155550009', parameters: { ...full, order: ' ' } },
			/^Recipient 2 has no value for the parameter "order"$/,
		],
		[
			'a missing parameter',
			{ phone: '+14155550009', parameters: { name: 'B' } },
			/^Recipient 2 has no value for the parameter "order"$/,
		],
		[
			'a parameter the template lacks',
			{ phone: '+14155550009', parameters: { ...full, city: 'X' } },
			/^Recipient 2 has the parameter "city", which/,
		],
		[
			'an object as a value',
			{ phone: '+14155550009', parameters: { name: {} } },
			/^Recipient 2 has a value in "parameters/,
		],
		['a word', 'Anna', /^Recipient 2 has a target that is neither a phone number nor an ID$/],
		['no object', true, /^Recipient 2 is not an object$/],
		[
			'an id used twice',
			{ phone: '+14155550009', parameters: full, local_message_id: 'a' },
			/^Recipient 2 has the same local_message_id as recipient 1$/,
		],
	])('%s is the error of that recipient alone', async (_what, entry, message) => {
		const list = [
			{ phone: PHONES[0], parameters: full, local_message_id: 'a' },
			entry,
			{ phone: PHONES[2], parameters: full },
		];
		const output = await run({ parameters: several(list), onError: keepGoing });
		expect(output.map(({ json }) => json.recipient)).toEqual([PHONES[0], undefined, PHONES[2]]);
		expect(output[1]?.json.error).toMatch(message);
		expect(recipientsOf(0)).toHaveLength(2);
	});

	test.each([
		['texts', ['+1 415 555 0000', '14155550001', 'c0aaaaaaaaaaaaaaaaaaaaaa']],
		['numbers', [14155550000, 14155550001]],
		['JSON text', '["14155550000", 14155550001]'],
	])('of a template without parameters may be the numbers and IDs alone: %s', async (_form, recipients) => {
		await run({
			parameters: several(recipients, { template: { mode: 'name', value: 'plain' } }),
			onError: keepGoing,
		});
		expect(recipientsOf(0).slice(0, 2)).toMatchObject([{ phone_number: PHONES[0] }, { phone_number: PHONES[1] }]);
		expect(recipientsOf(0)[2] ?? { target: 'c0aaaaaaaaaaaaaaaaaaaaaa' }).toMatchObject({
			target: 'c0aaaaaaaaaaaaaaaaaaaaaa',
		});
	});

	test.each([
		['an empty list', [], /^Recipients is empty$/],
		['an object', { phone: '1' }, /^Recipients is not a list$/],
		['broken JSON', '[{', /^Recipients is not valid JSON$/],
		['only wrong numbers', [{ phone: '12' }], /^Recipient 1 is not a phone number/],
	])('%s is refused before any call', async (_what, recipients, message) => {
		await expect(run({ parameters: several(recipients) })).rejects.toThrow(message);
		expect(wati.log).toHaveLength(0);
	});

	test('that WATI refuses or leaves out are each their own error, and the node counts them when it stops', async () => {
		wati.account.unreachable.set('14155550001', '131026');
		wati.account.omitted.add('14155550002');
		const list = PHONES.map((phone) => ({ phone, parameters: full }));
		const output = await run({ parameters: several(list), onError: keepGoing });
		expect(output.map(({ json }) => json.error ?? json.accepted)).toEqual([
			true,
			expect.stringContaining('Recipient 2 (14155550001): WATI refused to send the template: 131026'),
			expect.stringContaining('Recipient 3 (14155550002)'),
		]);
		await expect(run({ parameters: several(list) })).rejects.toMatchObject({
			description: expect.stringContaining('1 of 3 items were done; this is the first one that was not.'),
		});
	});

	test('of three items go out in a call for each item, and each result is paired with its own', async () => {
		const listOf = (item: number) =>
			PHONES.slice(item).map((phone) => ({ phone, parameters: { name: NAMES[item], order: item } }));
		const parameters = several(listOf, { broadcastName: perItem.broadcastName });
		const output = await run({ parameters, items: 3 });
		expect(output.map(({ json, pairedItem }) => [json.broadcastName, json.recipient, pairedItem])).toEqual(
			[0, 1, 2].flatMap((item) => PHONES.slice(item).map((phone) => [`Leads ${item}`, phone, { item }])),
		);
		expect(sends().map(({ body }) => body)).toEqual(
			[0, 1, 2].map((item) => ({
				template_name: 'order',
				broadcast_name: `Leads ${item}`,
				recipients: PHONES.slice(item).map((phone) => ({
					phone_number: phone,
					local_message_id: expect.stringMatching(UUID),
					custom_params: [
						{ name: 'name', value: NAMES[item] },
						{ name: 'order', value: String(item) },
					],
				})),
			})),
		);
	});

	test('more than 10,000 are split, each with its own id', async () => {
		const list = Array.from({ length: 10_001 }, (_, index) => ({ phone: `1415${5550000 + index}`, parameters: full }));
		const output = await run({ parameters: several(list) });
		expect(sends()).toHaveLength(2);
		expect(recipientsOf(0)).toHaveLength(10_000);
		expect(recipientsOf(1)).toHaveLength(1);
		expect(new Set(output.map(({ json }) => json.localMessageId)).size).toBe(10_001);
		expect(wati.requests('GET', '/api/ext/v3/messageTemplates')).toHaveLength(1);
	});

	test('go out as given when the token may not read templates', async () => {
		wati.fault({ method: 'GET', status: 403, body: { code: 403, message: 'scope', timestamp: '' } });
		const output = await run({ parameters: several([{ phone: PHONES[0], parameters: { name: 'Anna' } }]) });
		expect(output).toMatchObject([{ json: { accepted: true } }]);
	});
});

describe('all input items', () => {
	const all = (more: Record<string, unknown> = {}) => template('send', { sendTo: 'all', ...more });

	test('that differ in template or broadcast go out in a call for each, and come back in their order', async () => {
		const parameters = all({ broadcastName: (item: number) => (item === 1 ? 'Others' : 'Leads') });
		const output = await run({ parameters, items: 3 });
		expect([0, 1].map((call) => recipientsOf(call).map((recipient) => recipient.phone_number))).toEqual([
			[PHONES[0], PHONES[2]],
			[PHONES[1]],
		]);
		expect(output.map(({ json }) => json.broadcastName)).toEqual(['Leads', 'Others', 'Leads']);
	});

	test('an item with a bad number is an error of that item alone', async () => {
		const parameters = all({ target: (item: number) => byPhone(item === 1 ? 'no number' : PHONES[item]) });
		const output = await run({ parameters, items: 3, onError: 'continueErrorOutput' });
		expect(output).toMatchObject([
			{ json: { recipient: PHONES[0] }, pairedItem: { item: 0 } },
			{ json: { error: 'Target is not a phone number with country code' }, pairedItem: { item: 1 } },
			{ json: { recipient: PHONES[2] }, pairedItem: { item: 2 } },
		]);
		expect(recipientsOf(0)).toHaveLength(2);
	});

	test.each([
		['a 500', { status: 500 }],
		['a lost connection', { drop: 'after' as const }],
	])('after %s nothing is sent again and each recipient is told so', async (_what, fault) => {
		wati.fault(fault);
		const output = await run({ parameters: all(), items: 3, onError: 'continueRegularOutput' });
		expect(output).toHaveLength(3);
		for (const { json } of output) {
			expect(json.message).toMatchObject({ kind: 'outcomeUnknown' });
			expect((json.message as { description: string }).description).toMatch(
				/Look in WATI under Campaigns for "Leads".*Its local message ID is [0-9a-f-]{36}\./,
			);
		}
		expect(sends()).toHaveLength(1);
	});
});

describe('template parameters', () => {
	const order = (more: Record<string, unknown>) =>
		template('send', { template: { mode: 'name', value: 'order' }, ...more });
	const params = () => recipientsOf(0)[0]?.custom_params;
	const both = [
		{ name: 'name', value: 'Ada' },
		{ name: 'order', value: '5' },
	];

	test('of a template that was chosen before are left out', async () => {
		const templateParameters = mapped({ name: 'Ada', order: 5, city: 'Rome' }, ['name', 'order']);
		await run({ parameters: order({ templateParameters }) });
		expect(params()).toEqual(both);
	});

	test.each([{ name: 'Ada', order: 5 }, '{"name":"Ada","order":5}', both])(
		'as JSON: %j',
		async (templateParametersJson) => {
			await run({ parameters: order({ specifyParameters: 'json', templateParametersJson }) });
			expect(params()).toEqual(both);
		},
	);

	test.each([
		[
			'an object mapped',
			{ templateParameters: mapped({ name: { first: 'A' } }) },
			/something other than a text for the parameter "name"/,
		],
		[
			'JSON that is no object',
			{ specifyParameters: 'json', templateParametersJson: '5' },
			/is not an object of names and texts/,
		],
		[
			'an empty value in JSON',
			{ specifyParameters: 'json', templateParametersJson: { name: '' } },
			/no value for the parameter "name"/,
		],
	])('%s is refused before any call', async (_what, more, message) => {
		await expect(run({ parameters: order(more) })).rejects.toThrow(message);
		expect(wati.log).toHaveLength(0);
	});

	test('of a template that has none are left out of the call', async () => {
		const parameters = template('send', {
			template: { mode: 'list', value: 'plain' },
			templateParameters: mapped(null, []),
		});
		await run({ parameters });
		expect(recipientsOf(0)[0]).not.toHaveProperty('custom_params');
	});
});

test('a contact id goes out as target, without a phone number', async () => {
	const contact = wati.account.addContact({ phone: '14155559999' });
	const [item] = await run({ parameters: template('send', { target: { mode: 'contactId', value: contact.id } }) });
	expect(item?.json).toMatchObject({ recipient: contact.id, accepted: true });
	expect(recipientsOf(0)[0]).toMatchObject({ target: contact.id });
	expect(recipientsOf(0)[0]).not.toHaveProperty('phone_number');
});
