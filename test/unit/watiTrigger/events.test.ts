import type { EventKind } from '../../simulators/wati/events';
import { CHANNEL, inbound, parameters, PHONE, withTrigger } from './withTrigger';

const scene = withTrigger();

/** What WATI tells -> how the builder chooses it, and what the workflow sees of it. */
const KINDS: Array<[EventKind, string, Record<string, unknown>]> = [
	['message', 'messageReceived', { status: 'received', contact: { phone: `+${PHONE}`, name: 'Ada' } }],
	['newContactMessageReceived', 'newContact', { status: 'received', contact: { phone: `+${PHONE}`, name: 'Ada' } }],
	['sessionMessageSent', 'sessionMessageSent', { status: 'sent' }],
	['templateMessageSent', 'templateMessageSent', { status: 'sent' }],
	['sentMessageDELIVERED', 'messageDelivered', { status: 'delivered' }],
	['sentMessageREAD', 'messageRead', { status: 'read' }],
	['sentMessageREPLIED', 'messageReplied', { status: 'replied' }],
	[
		'sessionMessageFailed',
		'sessionMessageFailed',
		{ status: 'failed', failure: { code: '131047', detail: 'Too late' } },
	],
	[
		'templateMessageFailed',
		'templateMessageFailed',
		{ status: 'failed', failure: { code: '131047', detail: 'Too late' } },
	],
];
const TWINS = [
	'sessionMessageSent',
	'templateMessageSent',
	'sentMessageDELIVERED',
	'sentMessageREAD',
	'sentMessageREPLIED',
];

const variants = KINDS.flatMap(([kind, event, seen]) => {
	const names = TWINS.includes(kind) ? [kind, `${kind}_v2`] : [kind];
	return [...names, ...names.map((name) => `${name}_bsuid`)].map((name) => [name, kind, event, seen] as const);
});

const message = (kind: EventKind) => {
	const contact = scene.wati.account.addContact({ phone: PHONE, name: 'Ada', bsuid: 'US.5' });
	const isTemplate = kind.startsWith('template');
	return scene.wati.account.addMessage(scene.wati.account.addConversation(contact), {
		text: 'Hello',
		localMessageId: 'mine-1',
		eventType: isTemplate ? 'broadcastMessage' : 'message',
		failedCode: '131047',
		failedDetail: 'Too late',
	});
};

describe('every event that is chosen comes as it is registered, once', () => {
	test.each(KINDS)('%s', async (kind, event, seen) => {
		scene.n8n.parameters = parameters({ events: [event] });
		await scene.n8n.publish();
		const told = message(kind);
		const deliveries = await scene.wati.deliver({ kind, message: told });
		await scene.wati.deliver({ kind, message: told });
		expect(deliveries).toMatchObject([{ delivered: true, status: 200, attempts: 1 }]);
		expect(scene.n8n.events).toMatchObject([{ event, id: told.id, channel: { phone: `+${CHANNEL}` }, ...seen }]);
		if (TWINS.includes(kind)) expect(scene.n8n.events[0]).toMatchObject({ localMessageId: 'mine-1' });
	});
});

describe('every variant of a name is the same event', () => {
	test.each(variants)('%s', async (name, kind, event, seen) => {
		scene.n8n.parameters = parameters({ events: [event] });
		await scene.n8n.publish();
		const [webhook] = scene.wati.account.webhooks.values();
		if (webhook) webhook.eventTypes = [name];
		await scene.wati.deliver({ kind, message: message(kind) });
		expect(scene.n8n.events).toHaveLength(1);
		expect(scene.n8n.events[0]).toMatchObject({ event, ...seen });
		if (name.endsWith('_bsuid')) expect(scene.n8n.events[0]).toMatchObject({ contact: { bsuid: 'US.5' } });
	});
});

test('twins of which both come are taken once', async () => {
	scene.n8n.parameters = parameters({ events: ['templateMessageSent'] });
	await scene.n8n.publish();
	const [webhook] = scene.wati.account.webhooks.values();
	if (webhook) webhook.eventTypes = ['templateMessageSent'];
	const deliveries = await scene.wati.deliver({ kind: 'templateMessageSent', message: message('templateMessageSent') });
	expect(deliveries.map(({ eventType }) => eventType)).toEqual(['templateMessageSent', 'templateMessageSent_v2']);
	expect(scene.n8n.events).toHaveLength(1);
});

describe('what the workflow sees', () => {
	const take = async (body: unknown, change: Record<string, unknown> = {}) => {
		scene.n8n.parameters = parameters(change);
		await scene.n8n.publish();
		await scene.n8n.post(scene.address(), body);
		return scene.n8n.events;
	};

	test('of a message: every field, with nothing left out', async () => {
		const body = inbound({
			operatorName: 'Olga',
			operatorEmail: 'olga@example.com',
			replyContextId: 'wamid.B',
			channelId: 'f1',
		});
		expect(await take(body)).toEqual([
			{
				event: 'messageReceived',
				eventName: 'message',
				id: 'e00000000000000000000001',
				conversationId: 'd00000000000000000000001',
				contact: { id: null, phone: `+${PHONE}`, name: 'Ada', bsuid: null },
				channel: { id: 'f1', phone: `+${CHANNEL}` },
				message: {
					id: 'e00000000000000000000001',
					whatsappMessageId: 'wamid.A',
					type: 'text',
					text: 'Hello',
					mediaUrl: null,
					buttonReply: null,
					listReply: null,
					replyTo: 'wamid.B',
				},
				status: 'received',
				failure: null,
				localMessageId: null,
				operator: { name: 'Olga', email: 'olga@example.com' },
				sentAt: '2026-11-20T10:00:00.250Z',
			},
		]);
	});

	test('raw: what WATI sent, untouched', async () => {
		const body = inbound({ somethingNew: { deep: [1] } });
		expect(await take(body, { simplify: false })).toEqual([body]);
	});

	test.each([
		['a template button', { buttonReply: { text: 'Yes', payload: 'y' } }, { buttonReply: { id: null, title: 'Yes' } }],
		['a reply button', { interactiveButtonReply: { id: '0', title: 'No' } }, { buttonReply: { id: '0', title: 'No' } }],
		[
			'a row of a list',
			{ listReply: { id: '1', title: 'Berlin', description: 'Mitte' } },
			{ listReply: { id: '1', title: 'Berlin', description: 'Mitte' } },
		],
		['a picture', { type: 'image', data: 'data/images/a.jpg' }, { type: 'image', mediaUrl: 'data/images/a.jpg' }],
	])('of %s', async (_what, change, seen) => {
		expect(await take(inbound(change))).toMatchObject([{ message: seen }]);
	});

	test.each([
		['seconds, where the time of creation is missing', { created: null }, '2026-11-20T10:00:00.000Z'],
		['a time without a zone as UTC', { created: '2026-11-20T09:00:00.1234567' }, '2026-11-20T09:00:00.123Z'],
		['no time as none', { created: 'soon', timestamp: null }, null],
	])('of time: %s', async (_what, change, sentAt) => {
		expect(await take(inbound(change))).toMatchObject([{ sentAt }]);
	});

	test('of a field in another form than WATI documents: nothing, and the rest as usual', async () => {
		const body = inbound({ text: { body: 'x' }, buttonReply: 'Yes', channelId: 7, waId: 14155550100 });
		expect(await take(body)).toMatchObject([
			{ contact: { phone: `+${PHONE}` }, channel: { id: '7' }, message: { text: null, buttonReply: null } },
		]);
	});

	test('of an event about the account: all that WATI says', async () => {
		scene.wati.account.webhooks.clear();
		scene.n8n.parameters = parameters({
			registration: 'manual',
			webhookSecret: 's'.repeat(32),
			events: ['templateStatusUpdated'],
		});
		await scene.n8n.publish();
		const body = { eventType: 'templateReviewed', templateName: 'news', oldTemplateStatus: 1, newTemplateStatus: 2 };
		await scene.n8n.post(scene.n8n.url, body);
		await scene.n8n.post(scene.n8n.url, body);
		await scene.n8n.post(scene.n8n.url, { ...body, newTemplateStatus: 3 });
		expect(scene.n8n.events).toMatchObject([
			{ event: 'templateStatusUpdated', details: { templateName: 'news', newTemplateStatus: 2 } },
			{ details: { newTemplateStatus: 3 } },
		]);
	});

	test('of an event that is in no list: its own name', async () => {
		scene.n8n.parameters = parameters({
			registration: 'manual',
			webhookSecret: 's'.repeat(32),
			options: { otherEvents: 'ctaButtonClicked_bsuid' },
		});
		await scene.n8n.publish();
		await scene.n8n.post(scene.n8n.url, { eventType: 'ctaButtonClicked_bsuid', waId: PHONE });
		await scene.n8n.post(scene.n8n.url, { eventType: 'chatbotTriggered', waId: PHONE });
		expect(scene.n8n.events).toMatchObject([{ event: 'ctaButtonClicked', eventName: 'ctaButtonClicked_bsuid' }]);
	});
});

describe('filters', () => {
	const taken = async (change: Record<string, unknown>, options: Record<string, unknown>): Promise<boolean> => {
		scene.n8n.parameters = parameters({ options, events: ['messageReceived', 'messageRead'] });
		await scene.n8n.publish();
		await scene.n8n.post(scene.address(), inbound(change));
		return scene.n8n.events.length > 0;
	};

	test.each([
		['Contains', 'contains', 'ORDER', 'my orders please', true],
		['Contains', 'contains', 'order', 'hello', false],
		['Whole Word', 'wholeWord', 'order', 'my orders please', false],
		['Whole Word', 'wholeWord', 'order', 'My Order, please', true],
		['Whole Word', 'wholeWord', 'ÉTÉ', "l'été prochain", true],
		['Whole Word', 'wholeWord', 'été', 'répétés', false],
		['Whole Word', 'wholeWord', 'a+b (c)', 'what is a+b (c)?', true],
		['Starts With', 'startsWith', 'stop', '  STOP it', true],
		['Starts With', 'startsWith', 'stop', 'do not stop', false],
		['Contains', 'contains', 'invoice, order', 'an order', true],
	])('%s (%s) "%s" in "%s": %s', async (_name, keywordMatch, keywords, text, expected) => {
		expect(await taken({ text }, { keywords, keywordMatch })).toBe(expected);
	});

	test('a keyword is found in a button, and does not hold back other events', async () => {
		const options = { keywords: 'yes' };
		expect(await taken({ text: null, buttonReply: { text: 'Yes!' } }, options)).toBe(true);
		expect(await taken({ eventType: 'sentMessageREAD_v2', text: 'no' }, options)).toBe(true);
	});

	test('a message on another channel is left out', async () => {
		expect(await taken({ channelPhoneNumber: '15559999999' }, {})).toBe(false);
	});

	test("the team's own message is not a received one", async () => {
		expect(await taken({ owner: true }, {})).toBe(false);
	});
});
