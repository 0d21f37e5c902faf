import fastify, { type FastifyInstance } from 'fastify';

import { withWati } from './harness';

const { wati, call } = withWati({ tenantId: '4711', delivery: { everyMs: 1 }, deliversBySelf: true });
const number = '15550001111';
const phone = '14155550100';
const path = '//4711/api/v2/webhookEndpoints';

let listener: FastifyInstance;
let url: string;
let status: number;
const received: unknown[] = [];

beforeAll(async () => {
	listener = fastify();
	listener.post('/hook', async (request, reply) => {
		received.push(request.body);
		return await reply.code(status).send();
	});
	url = `${await listener.listen({ port: 0, host: '127.0.0.1' })}/hook`;
});
beforeEach(() => {
	received.length = 0;
	status = 200;
});
afterAll(async () => await listener.close());

const register = async (eventTypes: string[], change: object = {}) =>
	await call('post', path, [{ phoneNumber: number, url, status: 1, eventTypes, ...change }]);

describe('registration', () => {
	test('answers with what was registered', async () => {
		expect(await register(['message', 'templateMessageSent'])).toMatchObject({
			status: 200,
			data: {
				ok: true,
				result: [
					{
						id: expect.any(String),
						tenantId: '4711',
						channelId: null,
						channelPhoneNumber: number,
						url,
						status: 1,
						failedIterationCount: 0,
						isSentNotify: false,
						eventTypes: ['message', 'templateMessageSent'],
					},
				],
			},
		});
	});

	test.each(['get', 'put', 'delete'])('%s is 405', async (method) => {
		expect((await call(method, path)).status).toBe(405);
	});

	test('needs the tenant that the token belongs to', async () => {
		expect((await call('post', '//api/v2/webhookEndpoints', [])).status).toBe(404);
		expect((await call('post', '//99/api/v2/webhookEndpoints', [])).status).toBe(404);
	});

	test.each([
		['an unknown event', { eventTypes: ['messages'] }, 'Invalid event types'],
		['an unknown channel', { phoneNumber: '19990000000' }, 'Channel not found'],
	])('%s is ok:false in a 200', async (_what, change, result) => {
		expect(await register(['message'], change)).toMatchObject({ status: 200, data: { ok: false, result } });
		expect(wati.account.webhooks.size).toBe(0);
	});

	test('the same URL again, and one webhook too many, are ok:false', async () => {
		await register(['message']);
		expect(await register(['message'])).toMatchObject({ data: { ok: false, result: expect.stringMatching(/exists/) } });
		wati.behaviour.repeatedWebhookUrl = 'accept';
		wati.delivery.limit = 2;
		expect(await register(['message'])).toMatchObject({ data: { ok: true } });
		expect(await register(['message'])).toMatchObject({ data: { ok: false, result: expect.stringMatching(/limit/) } });
	});

	test.each([
		['an object for the array', { phoneNumber: number }],
		['a status as text', [{ phoneNumber: number, url: 'https://a.example', status: '1', eventTypes: ['message'] }]],
		[
			'a field more',
			[{ phoneNumber: number, url: 'https://a.example', status: 1, eventTypes: ['message'], name: 'x' }],
		],
		['no events', [{ phoneNumber: number, url: 'https://a.example', status: 1, eventTypes: [] }]],
	])('%s is refused', async (_what, body) => {
		expect((await call('post', path, body)).status).toBe(400);
	});
});

describe('delivery', () => {
	test('of an inbound message, after the new contact', async () => {
		await register(['message', 'newContactMessageReceived']);
		const message = await wati.receive({ phone, text: 'Hi', name: 'Ada', bsuid: 'US.5' });
		expect(received).toMatchObject([
			{ eventType: 'newContactMessageReceived', id: message.id, waId: phone, senderName: 'Ada', bsuid: 'US.5' },
			{
				eventType: 'message',
				owner: false,
				id: message.id,
				text: 'Hi',
				type: 'text',
				waId: phone,
				senderName: 'Ada',
				statusString: 'SENT',
				whatsappMessageId: expect.stringMatching(/^wamid\./),
				conversationId: message.conversationId,
				timestamp: expect.stringMatching(/^\d{10}$/),
				channelPhoneNumber: number,
			},
		]);
		await wati.receive({ phone, text: 'Hi again' });
		expect(received).toHaveLength(3);
	});

	test('of a document and of a button reply', async () => {
		await register(['message']);
		await wati.receive({ phone, media: { fileName: 'cv.pdf', mimeType: 'application/pdf', size: 10 } });
		await wati.receive({
			phone,
			text: 'Yes',
			type: 'interactive',
			fields: { interactiveButtonReply: { id: '0', title: 'Yes' } },
		});
		expect(received).toMatchObject([
			{ type: 'document', text: 'cv.pdf', data: 'data/documents/cv.pdf' },
			{ type: 'interactive', interactiveButtonReply: { title: 'Yes' } },
		]);
	});

	test('of a sent template twice: only the _v2 twin has the local id, neither tells who it went to', async () => {
		await register(['templateMessageSent']);
		wati.account.addTemplate({ name: 'news' });
		await call('post', '/messageTemplates/send', {
			template_name: 'news',
			broadcast_name: 'news',
			recipients: [{ phone_number: phone, local_message_id: 'mine-1' }],
		});
		await wati.settle();
		expect(received).toMatchObject([
			{ eventType: 'templateMessageSent', type: 'template' },
			{ eventType: 'templateMessageSent_v2', localMessageId: 'mine-1' },
		]);
		expect(received[0]).not.toHaveProperty('localMessageId');
		expect(JSON.stringify(received)).not.toMatch(/waId|bsuid/);
	});

	test('of the _bsuid variant with the BSUID', async () => {
		await register(['templateMessageSent_v2_bsuid']);
		const contact = wati.account.addContact({ phone, bsuid: 'US.5' });
		const message = wati.account.addMessage(wati.account.addConversation(contact), { eventType: 'broadcastMessage' });
		await wati.deliver({ kind: 'templateMessageSent', message });
		expect(received).toMatchObject([{ eventType: 'templateMessageSent_v2_bsuid', bsuid: 'US.5' }]);
	});

	test('of a failed session message with its code', async () => {
		await register(['sessionMessageFailed', 'sessionMessageSent']);
		wati.account.addContact({ phone });
		await call('post', '/conversations/messages/text', { target: phone, text: 'Hello' });
		await wati.settle();
		expect(received).toMatchObject([
			{ eventType: 'sessionMessageFailed', statusString: 'Failed', failedCode: '131047', type: 'session' },
		]);
	});

	test('only to enabled webhooks that asked for the event', async () => {
		await register(['sentMessageREAD']);
		await register(['message'], { url: `${url}?off`, status: 0 });
		await wati.receive({ phone, text: 'Hi' });
		expect(received).toEqual([]);
	});

	test('is tried again until it is answered with 2xx', async () => {
		await register(['message']);
		status = 500;
		setTimeout(() => (status = 200), 30);
		wati.delivery.attempts = 144;
		await wati.receive({ phone, text: 'Hi' });
		expect(wati.deliveries).toMatchObject([{ delivered: true, status: 200 }]);
		expect(received.length).toBeGreaterThan(1);
		expect(new Set(received.map((payload) => JSON.stringify(payload))).size).toBe(1);
	});

	test('ends when the attempts are used up; a webhook that fails too often turns defective', async () => {
		await register(['message']);
		status = 404;
		wati.delivery.defectiveAfter = 4;
		await wati.receive({ phone, text: 'one' });
		expect(wati.deliveries).toMatchObject([{ attempts: 3, delivered: false, status: 404 }]);
		await wati.receive({ phone, text: 'two' });
		expect([...wati.account.webhooks.values()]).toMatchObject([{ status: 2, failures: 5 }]);
		await wati.receive({ phone, text: 'three' });
		expect(received).toHaveLength(5);
	});
});

test('the event types that v3 tells are the ones that registration takes', async () => {
	const { data } = await call('get', '/webhooks/event-types');
	expect(data).toMatchObject({ event_types: expect.arrayContaining(['message', 'message_bsuid', 'sentMessageREAD']) });
});
