import { refused, withWati } from './harness';

const { wati, call } = withWati();
const phone = '14155550100';

const withTemplate = (change: object = {}) =>
	wati.account.addTemplate({
		name: 'order_shipped',
		body: 'Hi {{name}}, order {{order}} is on its way.',
		parameters: [
			{ name: 'name', value: 'Ada' },
			{ name: 'order', value: '42' },
		],
		...change,
	});
const order = (change: object = {}) => ({
	template_name: 'order_shipped',
	broadcast_name: 'shipping',
	recipients: [{ phone_number: phone }],
	...change,
});
const send = async (change?: object) => await call('post', '/messageTemplates/send', order(change));
const recipients = () => [...wati.account.broadcasts.values()].flatMap((broadcast) => broadcast.recipients);

describe('templates', () => {
	test('one by its id, with named parameters and their samples', async () => {
		const { id } = withTemplate({ buttons: [{ type: 'url', text: 'Track', url: 'https://t.example' }] });
		expect(await call('get', `/messageTemplates/${id}`)).toMatchObject({
			status: 200,
			data: {
				id,
				name: 'order_shipped',
				category: 'MARKETING',
				sub_category: 'STANDARD',
				status: 'APPROVED',
				language_option: { value: 'en_US' },
				custom_params: [
					{ name: 'name', value: 'Ada' },
					{ name: 'order', value: '42' },
				],
				body: 'Hi Ada, order 42 is on its way.',
				body_original: 'Hi {{name}}, order {{order}} is on its way.',
				buttons: [{ type: 'url', parameter: { text: 'Track', url: 'https://t.example' } }],
			},
		});
		expect(await call('get', '/messageTemplates/nothing')).toMatchObject(refused('Template not found'));
	});

	test('many with a total, for one channel', async () => {
		withTemplate();
		withTemplate({ name: 'elsewhere', channelNumber: '15550009999' });
		const list = async (more: object) =>
			await call('get', '/messageTemplates', undefined, { params: { page_number: 1, page_size: 1, ...more } });
		expect(await list({})).toMatchObject({
			data: { templates: [{ name: 'order_shipped' }], page_number: 1, page_size: 1, total: 2 },
		});
		expect(await list({ channel: '15550001111' })).toMatchObject({ data: { total: 1 } });
		expect(await list({ channel: '' })).toMatchObject(refused('Channel not found'));
		expect(await list({ channel: 'nowhere' })).toMatchObject(refused('Channel not found'));
	});
});

describe('sending', () => {
	test('answers for each recipient and echoes its local id', async () => {
		withTemplate();
		const answer = await send({
			recipients: [
				{
					phone_number: phone,
					local_message_id: 'mine-1',
					custom_params: [
						{ name: 'name', value: 'Eve' },
						{ name: 'order', value: '7' },
					],
				},
			],
		});
		expect(answer).toEqual(
			expect.objectContaining({
				status: 200,
				data: {
					success: true,
					broadcast_id: expect.stringMatching(/^[0-9a-f]{24}$/),
					error: null,
					recipients: [{ local_message_id: 'mine-1', phone_number: phone, target: phone, errors: [] }],
				},
			}),
		);
		expect(recipients()).toMatchObject([{ text: 'Hi Eve, order 7 is on its way.', status: 'SENT' }]);
		expect(wati.account.contactByPhone(phone)).toBeDefined();
	});

	test('parameters by position leave blanks', async () => {
		withTemplate();
		await send({ recipients: [{ phone_number: phone, custom_params: [{ name: '1', value: 'Eve' }] }] });
		expect(recipients()).toMatchObject([{ text: 'Hi , order  is on its way.' }]);
	});

	test('finds recipients by contact id, phone and BSUID in target', async () => {
		withTemplate();
		const { id } = wati.account.addContact({ phone });
		wati.account.addContact({ bsuid: 'US.5' });
		const answer = await send({ recipients: [{ target: id }, { target: '14155550101' }, { target: 'US.5' }] });
		expect(answer).toMatchObject({
			data: { recipients: [{ phone_number: phone, errors: [] }, { errors: [] }, { phone_number: null, errors: [] }] },
		});
	});

	test('is not idempotent: the same call twice sends twice', async () => {
		withTemplate();
		await send({ recipients: [{ phone_number: phone, local_message_id: 'mine-1' }] });
		await send({ recipients: [{ phone_number: phone, local_message_id: 'mine-1' }] });
		expect(recipients()).toHaveLength(2);
	});

	test.each([
		['no recipients', { recipients: [] }],
		['10,001 recipients', { recipients: Array.from({ length: 10_001 }, () => ({ phone_number: phone })) }],
		['a recipient without phone_number and target', { recipients: [{ local_message_id: 'x' }] }],
		['a phone number that is a number', { recipients: [{ phone_number: 14155550100 }] }],
		['customParams in a recipient', { recipients: [{ phone_number: phone, customParams: [] }] }],
		['whatsappNumber for phone_number', { recipients: [{ whatsappNumber: phone }] }],
		[
			'a parameter that is a number',
			{ recipients: [{ phone_number: phone, custom_params: [{ name: 'a', value: 1 }] }] },
		],
		['receivers for recipients', { recipients: undefined, receivers: [{ phone_number: phone }] }],
		['recipients as text', { recipients: '[]' }],
		['channel_number', { channel_number: '15550001111' }],
		['no broadcast name', { broadcast_name: undefined }],
		['no template name', { template_name: undefined }],
		['an unknown template', { template_name: 'nothing' }],
		['scheduled_at', { scheduled_at: '2030-01-01T00:00:00Z' }],
	])('%s is refused', async (_what, change) => {
		withTemplate();
		expect(await send(change)).toMatchObject(refused());
		expect(wati.account.broadcasts.size).toBe(0);
	});

	test('takes 10,000 recipients', async () => {
		withTemplate();
		const many = Array.from({ length: 10_000 }, (_, index) => ({ phone_number: String(14160000000 + index) }));
		expect(await send({ recipients: many })).toMatchObject({ data: { success: true, recipients: { length: 10_000 } } });
	});
});

describe('not sent, in a 200', () => {
	test.each([
		['an empty channel', {}, { channel: '' }, /Channel/],
		['an unknown channel', {}, { channel: '19990000000' }, /Channel/],
		['the name Default', {}, { channel: 'Default' }, /Channel/],
		['a template that is paused', { status: 'PAUSED' }, {}, /approved/],
	])('%s is success:false, or 400', async (_what, template, change, error) => {
		withTemplate(template);
		expect(await send(change)).toMatchObject({
			status: 200,
			data: { success: false, error: expect.stringMatching(error), broadcast_id: null },
		});
		wati.behaviour.templateRefusal = '400';
		expect(await send(change)).toMatchObject(refused(error));
		expect(wati.account.broadcasts.size).toBe(0);
	});

	test('the channel by its number or null is in order', async () => {
		withTemplate();
		expect(await send({ channel: '15550001111' })).toMatchObject({ data: { success: true } });
		expect(await send({ channel: null })).toMatchObject({ data: { success: true } });
	});

	test('a recipient has errors while the others are sent', async () => {
		withTemplate();
		wati.account.unreachable.set('14155550102', '131026');
		wati.account.addContact({ phone: '14155550103', allowBroadcast: false });
		const phones = [phone, `+${phone}`, '14155550102', '14155550103'];
		const answer = await send({
			recipients: [...phones.map((phone_number) => ({ phone_number })), { target: 'c0ffffffffffffffffffffff' }],
		});
		expect(answer).toMatchObject({
			status: 200,
			data: {
				success: true,
				recipients: [
					{ errors: [] },
					{ errors: ['Invalid phone number'] },
					{ errors: [expect.stringContaining('131026')] },
					{ errors: [expect.stringContaining('broadcasts')] },
					{ errors: ['Contact not found'] },
				],
			},
		});
		expect(recipients()).toHaveLength(1);
	});

	test('a recipient is missing from the answer', async () => {
		withTemplate();
		wati.account.omitted.add('14155550101');
		const answer = await send({ recipients: [{ phone_number: phone }, { phone_number: '14155550101' }] });
		expect(answer).toMatchObject({ data: { success: true, recipients: [{ phone_number: phone }] } });
	});
});

describe('scheduling', () => {
	const schedule = async (scheduled_at: unknown, change: object = {}) =>
		await call('post', '/messageTemplates/schedule', order({ scheduled_at, ...change }));

	test('keeps the broadcast for later', async () => {
		withTemplate();
		expect(await schedule('2030-01-01T10:00:00Z')).toMatchObject({ status: 200, data: { success: true } });
		const [broadcast] = wati.account.broadcasts.values();
		expect(broadcast).toMatchObject({
			status: 'scheduled',
			scheduledAt: new Date('2030-01-01T10:00:00Z'),
			recipients: [{ status: 'PENDING', messageId: null }],
		});
		expect(wati.account.messages.size).toBe(0);
	});

	test.each([
		['nothing', undefined],
		['a day', '2030-01-01'],
		['a time without zone', '2030-01-01T10:00:00'],
		['a time of another zone', '2030-01-01T10:00:00+02:00'],
		['a number', 1893492000],
	])('%s for scheduled_at is refused', async (_what, value) => {
		withTemplate();
		expect(await schedule(value)).toMatchObject(refused(/scheduled_at/));
	});

	test('a time in the past is taken, or refused', async () => {
		withTemplate();
		expect((await schedule('2024-12-25T10:00:00Z')).status).toBe(200);
		wati.behaviour.pastSchedule = 'refuse';
		expect(await schedule('2024-12-25T10:00:00Z')).toMatchObject(refused(/past/));
	});
});
