import { EVENTS } from '../../../nodes/WatiTrigger/events';
import { sharedHost } from '../../host/shared';
import type { EventKind } from '../../simulators/wati/events';
import type { Message } from '../../simulators/wati/records';
import { byHand, CHANNEL, PHONE, picked, TriggerWorld, type PublishedTrigger } from './triggerWorld';

jest.setTimeout(180_000);

/** What WATI registers through its API, and what a workflow sees of it. The rest of EVENTS can only be ticked in WATI. */
const SEEN: Record<EventKind, Record<string, unknown>> = {
	message: { status: 'received', contact: { phone: `+${PHONE}`, name: 'Ada' }, message: { text: 'Hello' } },
	newContactMessageReceived: { status: 'received', contact: { phone: `+${PHONE}`, name: 'Ada' } },
	sessionMessageSent: { status: 'sent', message: { text: 'Hello' } },
	templateMessageSent: { status: 'sent', message: { text: 'Hello' } },
	sentMessageDELIVERED: { status: 'delivered' },
	sentMessageREAD: { status: 'read' },
	sentMessageREPLIED: { status: 'replied' },
	sessionMessageFailed: { status: 'failed', failure: { code: '131047', detail: 'Too late' }, localMessageId: 'mine' },
	templateMessageFailed: { status: 'failed', failure: { code: '131047', detail: 'Too late' }, localMessageId: 'mine' },
};
const isKind = (name: string): name is EventKind => name in SEEN;
const KINDS = EVENTS.flatMap(({ value, wati, ...fact }) =>
	isKind(wati) ? [{ event: value, kind: wati, hasTwin: 'twin' in fact }] : [],
);
const RARER = EVENTS.filter(({ wati }) => !isKind(wati));

/** Every name under which WATI can tell an event. */
const NAMES = KINDS.flatMap(({ event, kind, hasTwin }) =>
	(hasTwin ? [kind, `${kind}_v2`] : [kind])
		.flatMap((name) => [name, `${name}_bsuid`])
		.map((name) => ({ name, kind, event })),
);
const FIELDS = [
	...['event', 'eventName', 'id', 'conversationId', 'contact', 'channel', 'message', 'status', 'failure'],
	...['localMessageId', 'operator', 'sentAt'],
];

let world: TriggerWorld;

beforeAll(async () => void (world = await TriggerWorld.start(await sharedHost())));
afterAll(async () => world?.stop());

function somethingSaid(kind: EventKind): Message {
	const { account } = world.wati;
	const contact = account.contactByPhone(PHONE) ?? account.addContact({ phone: PHONE, name: 'Ada', bsuid: 'US.5' });
	return account.addMessage(account.conversationsOf(contact).at(-1) ?? account.addConversation(contact), {
		text: 'Hello',
		localMessageId: 'mine',
		eventType: kind.startsWith('template') ? 'broadcastMessage' : 'message',
		failedCode: '131047',
		failedDetail: 'Too late',
	});
}

test('every event of the list is here', () => {
	expect(KINDS.map(({ kind }) => kind).sort()).toEqual(Object.keys(SEEN).sort());
	expect(RARER.map(({ value }) => value)).toEqual([
		'linkClicked',
		'templateStatusUpdated',
		'templateQualityUpdated',
		'templateCategoryUpdated',
		'accountReviewed',
		'accountUpdated',
		'accountDeleted',
		'phoneNumberDeleted',
		'businessCapabilityUpdated',
	]);
});

describe('an event under each of its names', () => {
	/** By the name under which it was told: the payload, and what the two triggers gave out of it. */
	const told = new Map<string, { id: string; payloads: unknown[]; simple: unknown[]; raw: unknown[] }>();
	let simple: PublishedTrigger;

	beforeAll(async () => {
		const events = KINDS.map(({ event }) => event);
		simple = await world.publish(picked({ events }));
		const raw = await world.publish(picked({ events, simplify: false }));
		for (const { name, kind } of NAMES) {
			// As if the account had only this name ticked.
			for (const webhook of world.wati.account.webhooks.values()) webhook.eventTypes = [name];
			const message = somethingSaid(kind);
			const deliveries = await world.wati.deliver({ kind, message });
			// WATI tells the plain name's twin as well.
			const payloads = deliveries.filter(({ url }) => url === simple.address().href).map(({ payload }) => payload);
			told.set(name, { id: message.id, payloads, simple: [], raw: [] });
		}
		const [simpleItems, rawItems] = [await simple.events(), await raw.events()];
		for (const entry of told.values()) {
			entry.simple = simpleItems.filter(({ id }) => id === entry.id);
			entry.raw = rawItems.filter(({ id }) => id === entry.id);
		}
	});

	test.each(NAMES)('$name: simplified', ({ name, kind, event }) => {
		const { id, simple: items } = told.get(name) ?? {};
		expect(items).toMatchObject([{ event, eventName: name, id, channel: { phone: `+${CHANNEL}` }, ...SEEN[kind] }]);
		expect(Object.keys(items?.[0] ?? {})).toEqual(FIELDS);
		if (name.includes('_v2')) expect(items).toMatchObject([{ localMessageId: 'mine' }]);
		if (name.endsWith('_bsuid')) expect(items).toMatchObject([{ contact: { bsuid: 'US.5' } }]);
	});

	test.each(NAMES)('$name: raw, as WATI sent it', ({ name }) => {
		const { payloads, raw } = told.get(name) ?? { payloads: [] };
		expect(raw).toEqual(payloads.slice(0, 1));
	});

	test.each(KINDS)('all names of $kind together, told twice, are one event', async ({ kind, event }) => {
		const names = NAMES.filter((entry) => entry.kind === kind).map(({ name }) => name);
		for (const webhook of world.wati.account.webhooks.values()) webhook.eventTypes = [...names];
		const message = somethingSaid(kind);
		await world.wati.deliver({ kind, message });
		const deliveries = await world.wati.deliver({ kind, message });
		expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 200));
		const toldAs = deliveries.filter(({ url }) => url === simple.address().href).map(({ eventType }) => eventType);
		expect(toldAs.sort()).toEqual(names.sort());
		const items = (await simple.events()).filter(({ id }) => id === message.id);
		expect(items).toMatchObject([{ event }]);
	});
});

describe('the names that are registered', () => {
	const registered = async (options: Record<string, unknown>): Promise<string[] | undefined> => {
		const trigger = await world.publish(picked({ events: KINDS.map(({ event }) => event), options }));
		return trigger.webhooks()[0]?.eventTypes;
	};

	test('of twins the one that tells more', async () => {
		expect(await registered({})).toEqual([
			'message',
			'newContactMessageReceived',
			'sentMessageDELIVERED_v2',
			'sentMessageREAD_v2',
			'sentMessageREPLIED_v2',
			'sessionMessageFailed',
			'sessionMessageSent_v2',
			'templateMessageFailed',
			'templateMessageSent_v2',
		]);
	});

	test('with the business-scoped user id where that is wanted', async () => {
		expect(await registered({ withBsuid: true })).toEqual([
			'message_bsuid',
			'newContactMessageReceived_bsuid',
			'sentMessageDELIVERED_v2_bsuid',
			'sentMessageREAD_v2_bsuid',
			'sentMessageREPLIED_v2_bsuid',
			'sessionMessageFailed_bsuid',
			'sessionMessageSent_v2_bsuid',
			'templateMessageFailed_bsuid',
			'templateMessageSent_v2_bsuid',
		]);
	});
});

describe('an event that is ticked in WATI, at the address that was pasted there', () => {
	const OTHER = 'ctaButtonClicked';
	const payload = (wati: string) => ({ eventType: wati, templateName: 'news', change: { from: 1, to: 2 } });
	let simple: Array<Record<string, unknown>>;
	let raw: Array<Record<string, unknown>>;

	beforeAll(async () => {
		const events = RARER.map(({ value }) => value);
		const options = { otherEvents: `${OTHER}_bsuid` };
		const triggers = [
			await world.publish(byHand({ events, options })),
			await world.publish(byHand({ events, options, simplify: false })),
		];
		for (const trigger of triggers) {
			for (const name of [...RARER.map(({ wati }) => wati), OTHER, 'chatbotTriggered']) {
				await trigger.post(trigger.url, payload(name));
				await trigger.post(trigger.url, payload(name));
				await trigger.post(trigger.url, { ...payload(name), change: { from: 2, to: 3 } });
			}
		}
		[simple = [], raw = []] = await Promise.all(triggers.map(async (trigger) => await trigger.events()));
	});

	test.each([...RARER, { value: OTHER, wati: OTHER }])('$wati', ({ value, wati }) => {
		const changed = { ...payload(wati), change: { from: 2, to: 3 } };
		const items = simple.filter(({ event }) => event === value);
		expect(items).toMatchObject([
			{ event: value, eventName: wati, details: payload(wati) },
			{ event: value, details: changed },
		]);
		expect(Object.keys(items[0] ?? {})).toEqual([...FIELDS, 'details']);
		expect(raw.filter(({ eventType }) => eventType === wati)).toEqual([payload(wati), changed]);
	});

	test('what was not chosen starts nothing', () => {
		expect(simple).toHaveLength(2 * (RARER.length + 1));
	});
});
