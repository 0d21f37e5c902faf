import { sharedHost } from '../../host/shared';
import { inbound, PHONE, picked, TriggerWorld } from './triggerWorld';

jest.setTimeout(300_000);

const EVENTS = 200;

let world: TriggerWorld;

beforeAll(async () => void (world = await TriggerWorld.start(await sharedHost())));
afterAll(async () => world?.stop());

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test(`${EVENTS} events that are sent at the same instant, each told twice, are all taken once`, async () => {
	const trigger = await world.publish(picked({ events: ['messageReceived', 'templateMessageSent'] }));
	const { account } = world.wati;
	const conversation = account.addConversation(account.addContact({ phone: PHONE, name: 'Ada' }));
	for (const webhook of trigger.webhooks()) webhook.eventTypes = ['message', 'templateMessageSent'];
	const messages = numbers(EVENTS / 2).map((index) => account.addMessage(conversation, { text: `in ${index}` }));
	const sent = numbers(EVENTS / 2).map((index) =>
		account.addMessage(conversation, { text: `out ${index}`, eventType: 'broadcastMessage', owner: true }),
	);

	const told = [
		// WATI's next try comes while the first one is under way.
		...[...messages, ...messages].map(async (message) => await world.wati.deliver({ kind: 'message', message })),
		// Each with its twin.
		...sent.map(async (message) => await world.wati.deliver({ kind: 'templateMessageSent', message })),
	];
	const deliveries = (await Promise.all(told)).flat();

	expect(deliveries).toHaveLength(2 * EVENTS);
	expect(new Set(deliveries.map(({ status, attempts }) => `${status} at attempt ${attempts}`))).toEqual(
		new Set(['200 at attempt 1']),
	);
	const runs = await trigger.runs();
	expect(runs).toHaveLength(EVENTS);
	expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['success']));
	const events = await trigger.events();
	expect(events.map(({ id }) => id).sort()).toEqual([...messages, ...sent].map(({ id }) => id).sort());
	expect(events.filter(({ event }) => event === 'messageReceived')).toHaveLength(EVENTS / 2);

	// Told once more some time later: nothing.
	for (const message of [messages[0], messages.at(-1)]) {
		if (message) await world.wati.deliver({ kind: 'message', message });
	}
	expect(await trigger.runs()).toHaveLength(EVENTS);
});

test('events that come in one list of 200 are one run', async () => {
	const trigger = await world.publish();
	const list = numbers(EVENTS).map((index) => inbound({ id: `list ${index}` }));
	const answers = await Promise.all([list, list].map(async (body) => await trigger.post(trigger.address(), body)));
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	expect(await trigger.runs()).toHaveLength(1);
	expect(await trigger.events()).toHaveLength(EVENTS);
});
