import fc from 'fast-check';

import { readAddress } from '../../../nodes/WatiTrigger/address';
import { readBody } from '../../../nodes/WatiTrigger/body';
import { eventKey, SeenEvents } from '../../../nodes/WatiTrigger/deduplicate';
import { isWanted } from '../../../nodes/WatiTrigger/filter';
import { simplify } from '../../../nodes/WatiTrigger/output';
import { checkedSecret, knowsSecret } from '../../../nodes/WatiTrigger/secret';
import { readSettings } from '../../../nodes/WatiTrigger/settings';
import { FakeN8n } from '../../unit/watiTrigger/fakeN8n';
import { attempt, expectRefusal, property, type Property } from '../kit';
import { anyJson, anyText, damaged } from '../values';

const SECRET = 'a-secret-of-24-characters-';

const message = {
	id: '6a9f0c1d2e3b4a5f6c7d8e9f',
	whatsappMessageId: 'wamid.1',
	conversationId: '6a9f0c1d2e3b4a5f6c7d8e90',
	contactId: '6a9f0c1d2e3b4a5f6c7d8e91',
	eventType: 'message',
	waId: '14155552671',
	senderName: 'Anna',
	channelPhoneNumber: '15550001111',
	type: 'text',
	text: 'Hello',
	owner: false,
	statusString: 'SENT',
	created: '2026-11-20T10:00:00.123Z',
	timestamp: '1795168800',
	buttonReply: { id: '1', title: 'Yes', text: 'Yes' },
	listReply: { id: '1', title: 'Small', description: 'Up to 5' },
};
const status = {
	eventType: 'sentMessageDELIVERED_v2',
	id: '1',
	whatsappMessageId: 'wamid.2',
	localMessageId: 'a',
	timestamp: '1795168800',
};
const event = fc.oneof(
	{ weight: 3, arbitrary: damaged(message) },
	{ weight: 2, arbitrary: damaged(status) },
	{ weight: 1, arbitrary: anyJson },
);
const bodies = fc.oneof(
	{ weight: 4, arbitrary: event },
	{ weight: 2, arbitrary: fc.array(event, { maxLength: 8 }) },
	{
		weight: 1,
		arbitrary: fc
			.integer({ min: 1, max: 3_000 })
			.map((depth) => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)) as unknown),
	},
	{
		weight: 1,
		arbitrary: fc.integer({ min: 900, max: 1_100 }).map((count) => Array.from({ length: count }, () => message)),
	},
);
const settings = fc.record(
	{
		events: fc.oneof(fc.array(fc.constantFrom('messageReceived', 'messageDelivered', 'linkClicked')), anyJson),
		registration: fc.oneof(fc.constantFrom('automatic', 'manual'), anyJson),
		channelNumber: fc.oneof(fc.constantFrom<unknown>('15550001111', { value: '+1 555 000 1111' }), anyJson),
		webhookSecret: fc.oneof(fc.constant(SECRET), anyText),
		simplify: fc.oneof(fc.boolean(), anyJson),
		options: fc.oneof(
			fc.record(
				{
					keywords: fc.oneof(anyText, anyJson),
					keywordMatch: fc.constantFrom('contains', 'wholeWord', 'startsWith'),
					otherEvents: fc.oneof(anyText, anyJson),
					moreChannels: fc.oneof(anyText, anyJson),
					maxMediaSize: anyJson,
					addressNumber: anyJson,
				},
				{ requiredKeys: [] },
			),
			anyJson,
		),
	},
	{ requiredKeys: [] },
);

function settingsOf(parameters: Record<string, unknown>) {
	return readSettings({ getNodeParameter: (name: string) => parameters[name] ?? null } as never);
}

function depthOf(value: unknown): number {
	let level: unknown[] = [value];
	for (let depth = 0; ; depth++) {
		level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
		if (level.length === 0) return depth;
	}
}

export const webhookProperties: Property[] = [
	property('of any body, what is no event is left out, and what is one can be shown', bodies, (body) => {
		const events = readBody({}, body) ?? [];
		expect(events.length).toBeLessThanOrEqual(1_000);
		if (events.length > 0) expect(depthOf(body)).toBeLessThanOrEqual(21);
		for (const one of events) {
			expect(one.fields.eventType.trim()).not.toBe('');
			const shown = simplify(one, '15550001111');
			expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
			if (shown.sentAt !== null) expect(Date.parse(shown.sentAt)).not.toBeNaN();
			expect(Object.keys(shown)).toEqual(expect.arrayContaining(['event', 'contact', 'channel', 'message', 'status']));
		}
	}),
	property('an event told again is the same event, and is taken once', event, (body) => {
		const events = readBody({}, body) ?? [];
		const [again] = [readBody({}, structuredClone(body)) ?? []];
		expect(again.map(eventKey)).toEqual(events.map(eventKey));
		const seen = new SeenEvents();
		const first = seen.take(events);
		expect(first.length).toBeLessThanOrEqual(events.length);
		expect(seen.take(again)).toEqual([]);
		const other = new SeenEvents();
		other.load(seen.toStore());
		expect(other.take(again)).toEqual([]);
	}),
	property(
		'whatever the parameters and the body hold, the choice of events comes to an end',
		fc.tuple(settings, bodies),
		([parameters, body]) => {
			const chosen = settingsOf(parameters);
			for (const one of (readBody({}, body) ?? []).slice(0, 20))
				expect(typeof isWanted(one, chosen, undefined)).toBe('boolean');
			for (const channel of chosen.channels) expect(channel).toMatch(/^[^\s+().-]+$/);
		},
	),
	property(
		'nobody but who presents the secret knows it',
		fc.tuple(anyJson, fc.constantFrom('automatic' as const, 'manual' as const)),
		([request, registration]) => {
			expect(knowsSecret(readAddress(request, registration).secret, SECRET)).toBe(false);
			expect(knowsSecret(readAddress(request, registration).secret, undefined)).toBe(false);
			expect(knowsSecret(readAddress(request, registration).secret, '')).toBe(false);
		},
	),
	property(
		'a secret that is accepted stands in an address as it is',
		fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{20,130}$/), anyText),
		(typed) => {
			const result = attempt(() => checkedSecret(typed));
			if (!result.done) return expectRefusal(result.problem, ['Webhook Secret']);
			expect(encodeURIComponent(result.value)).toBe(typed);
			expect(result.value.length).toBeGreaterThanOrEqual(24);
		},
	),
	property(
		'the stored list of taken events may be anything',
		fc.oneof(
			anyText,
			fc.array(fc.tuple(anyText, anyText).map((parts) => parts.join(':'))).map((list) => list.join(' ')),
		),
		(stored) => {
			const seen = new SeenEvents();
			seen.load(stored);
			const events = readBody({}, message) ?? [];
			expect(seen.take(events)).toEqual(events);
			expect(seen.toStore()).toContain(events[0] ? eventKey(events[0]) : '');
		},
	),
];

/** Over the whole way, with a real listener: the trigger answers every request the same, and starts nothing that it should not. */
export function requestProperty(): { property: Property; start(): Promise<void>; stop(): Promise<void> } {
	const n8n = new FakeN8n();
	n8n.parameters = {
		registration: 'manual',
		webhookSecret: SECRET,
		events: ['messageReceived', 'messageDelivered'],
		simplify: true,
		options: {},
		channelNumber: '',
	};
	return {
		start: async () => {
			await n8n.start();
			await n8n.publish();
		},
		stop: async () => await n8n.stop(),
		property: property('the trigger answers any request with 200 and nothing in it', bodies, async (body) => {
			const answer = await n8n.post(n8n.url, body);
			expect([answer.status, answer.body]).toEqual([200, '']);
			for (const shown of n8n.events.splice(0)) expect(['messageReceived', 'messageDelivered']).toContain(shown.event);
		}),
	};
}
