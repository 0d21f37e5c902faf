import { sharedHost } from '../../host/shared';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { byHand, CHANNEL, inbound, MANUAL_SECRET, PHONE, picked, TENANT, TriggerWorld } from './triggerWorld';

let world: TriggerWorld;

beforeAll(async () => void (world = await TriggerWorld.start(await sharedHost())));
beforeEach(() => world.wati.reset());
afterEach(() => world.wati.account.webhooks.clear());
afterAll(async () => world?.stop());

const onAnyChannel = (change: Record<string, unknown> = {}): Record<string, unknown> =>
	picked({ channelNumber: { __rl: true, mode: 'list', value: '' }, ...change });

describe('publishing', () => {
	test('registers exactly one address, at the path with the tenant, as the API wants it', async () => {
		const trigger = await world.publish(picked({ events: ['messageReceived', 'messageRead'] }));
		const [request, ...more] = trigger.registrations();
		expect(more).toEqual([]);
		expect(request).toMatchObject({
			path: `/${TENANT}/api/v2/webhookEndpoints`,
			query: {},
			headers: { authorization: `Bearer ${world.wati.token}`, 'content-type': 'application/json' },
			status: 200,
		});
		expect(request?.body).toEqual([
			{
				phoneNumber: CHANNEL,
				url: trigger.address().href,
				status: 1,
				eventTypes: ['message', 'sentMessageREAD_v2'],
			},
		]);
		const { origin, pathname } = trigger.address();
		expect(origin + pathname).toBe(trigger.url);
		await world.wati.receive({ phone: PHONE, text: 'Hi' });
		expect(await trigger.events()).toMatchObject([{ event: 'messageReceived', message: { text: 'Hi' } }]);
	});

	test('makes a secret of 256 bits, and another one for each trigger', async () => {
		const triggers = [await world.publish(), await world.publish()];
		const secrets = triggers.map((trigger) => trigger.secret());
		expect(secrets).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
		expect(new Set(secrets).size).toBe(2);
	});

	test('takes the only channel of the account where none was picked', async () => {
		const trigger = await world.publish(onAnyChannel());
		expect(trigger.webhooks()).toMatchObject([{ channel: { number: CHANNEL } }]);
	});

	test('registers each of several channels at an address of its own, and tells by which one an event came', async () => {
		world.wati.account.addChannel('Sales', '15550002222');
		const trigger = await world.publish(picked({ options: { moreChannels: '+1 555 000-2222' } }));
		await trigger.registered(2);
		expect(trigger.webhooks().map(({ channel }) => channel.number)).toEqual([CHANNEL, '15550002222']);
		expect(trigger.secret(0)).not.toBe(trigger.secret(1));
		const status = { channelPhoneNumber: undefined, channelId: undefined };
		await trigger.post(trigger.address(0), inbound({ id: 'a', ...status }));
		await trigger.post(trigger.address(1), inbound({ id: 'b', ...status }));
		expect(await trigger.events()).toMatchObject([
			{ id: 'a', channel: { phone: `+${CHANNEL}` } },
			{ id: 'b', channel: { phone: '+15550002222' } },
		]);
	});

	test('by hand registers nothing: the address to paste holds the secret, and works', async () => {
		const trigger = await world.publish(byHand({ events: ['messageReceived', 'templateStatusUpdated'] }));
		expect(trigger.url.endsWith(`/wati/${MANUAL_SECRET}`)).toBe(true);
		await trigger.post(trigger.url, inbound());
		expect(await trigger.events()).toMatchObject([{ event: 'messageReceived' }]);
		expect(world.wati.log).toEqual([]);
	});
});

describe('publishing again', () => {
	test('uses the address that WATI has', async () => {
		const trigger = await world.publish(onAnyChannel());
		const { href } = trigger.address();
		await trigger.unpublish();
		await trigger.publish();
		expect(trigger.registrations()).toHaveLength(1);
		await trigger.post(href, inbound());
		expect(await trigger.events()).toHaveLength(1);
	});

	test('with other events registers those that are missing, and what is no longer wanted starts nothing', async () => {
		const trigger = await world.publish(picked({ events: ['messageReceived', 'newContact'] }));
		await trigger.change(picked({ events: ['messageReceived', 'messageRead'] }));
		await trigger.registered(2);
		expect(trigger.webhooks().map(({ eventTypes }) => eventTypes)).toEqual([
			['message', 'newContactMessageReceived'],
			['sentMessageREAD_v2'],
		]);
		const message = await world.wati.receive({ phone: PHONE, text: 'Hi', name: 'New' });
		await world.wati.deliver({ kind: 'sentMessageREAD', message });
		expect((await trigger.events()).map(({ event }) => event)).toEqual(['messageReceived', 'messageRead']);
	});

	test('with another Address Version gives the trigger another secret; the old address is worth nothing', async () => {
		const trigger = await world.publish();
		await trigger.change(picked({ options: { addressNumber: 2 } }));
		await trigger.registered(2);
		expect(trigger.secret(1)).not.toBe(trigger.secret(0));
		await trigger.post(trigger.address(0), inbound({ id: 'old' }));
		await trigger.post(trigger.address(1), inbound({ id: 'new' }));
		expect(await trigger.events()).toMatchObject([{ id: 'new' }]);
	});

	test('after an answer that got lost asks for the same address, and that WATI has it already is no error', async () => {
		world.wati.fault({ path: /webhookEndpoints/, answerAfter: { status: 502 } });
		// n8n tries it again by itself.
		const trigger = await world.publish();
		const [first, second, ...more] = trigger.registrations();
		expect(second?.body).toEqual(first?.body);
		expect(more).toEqual([]);
		expect(trigger.webhooks()).toHaveLength(1);
		await trigger.post(trigger.address(), inbound());
		expect(await trigger.events()).toHaveLength(1);
	});
});

describe('what WATI refuses is said in words that help, without the secret', () => {
	interface Refused {
		what: string;
		parameters?: Record<string, unknown>;
		/** What is in the way at WATI. */
		prepare?(wati: WatiSimulator): void;
		/** Of a connection that is wrong. */
		connection?(wati: WatiSimulator): [endpoint: string, token: string];
		sentence: RegExp;
	}
	const WRONG_TOKEN = 'a-wrong-token-of-a-test';
	const refused: Refused[] = [
		{
			what: 'no more webhooks',
			prepare: (wati) => (wati.delivery.limit = 0),
			sentence: /^WATI takes no more webhooks from this account\. Remove one/,
		},
		{
			what: 'an event that can only be ticked by hand',
			parameters: picked({ events: ['templateStatusUpdated'] }),
			sentence: /^WATI doesn't know one of the events\. .*not open to every account/,
		},
		{
			what: 'no channel, where there are several',
			parameters: onAnyChannel(),
			prepare: (wati) => wati.account.addChannel('Sales', '15550002222'),
			sentence: /^Channel Number is empty\. .*Pick it from the list/,
		},
		{
			what: 'something new, with the secret in it',
			prepare: (wati) =>
				wati.fault({
					path: /webhookEndpoints/,
					status: 200,
					times: 99,
					body: ({ body }) => ({ ok: false, result: `Bad ${/secret=\w+/.exec(JSON.stringify(body))?.[0]}` }),
				}),
			sentence: /Bad secret=…/,
		},
		{
			what: 'a wrong token',
			connection: ({ origin }) => [`${origin}/${TENANT}`, WRONG_TOKEN],
			sentence: /doesn't accept the access token/,
		},
	];
	const shown = new Map<string, string>();
	const worlds: TriggerWorld[] = [];

	/** Each at an account of its own. n8n tries each of them for 15 seconds, and five of them at the same time; the other reasons are in test/unit. */
	beforeAll(async () => {
		const tries = refused.map(async ({ what, parameters, prepare, connection }) => {
			const own = await TriggerWorld.start(world.host);
			worlds.push(own);
			prepare?.(own.wati);
			const credential = connection && (await own.connect(...connection(own.wati)));
			const trigger = await own.store(parameters, credential && { credential });
			shown.set(what, await trigger.refusal());
			expect(trigger.webhooks()).toEqual([]);
			expect((await trigger.post(trigger.url, inbound())).status).toBe(404);
		});
		await Promise.all(tries);
	});
	afterAll(async () => void (await Promise.all(worlds.map(async (own) => await own.stop()))));

	test.each(refused)('$what', ({ what, sentence }) => {
		expect(shown.get(what)).toMatch(sentence);
		expect(shown.get(what)).not.toMatch(/[0-9a-f]{64}/i);
		expect(shown.get(what)).not.toContain(WRONG_TOKEN);
	});
});

describe('unpublishing', () => {
	test('n8n answers no more; WATI is asked for nothing, because it could not do it', async () => {
		const trigger = await world.publish();
		const before = world.wati.log.length;
		await trigger.unpublish();
		const answer = await trigger.post(trigger.address(), inbound());
		expect(answer.status).toBe(404);
		expect(answer.body).not.toContain(trigger.secret());
		expect(world.wati.log).toHaveLength(before);
		expect(trigger.webhooks()).toMatchObject([{ status: 1 }]);
		expect(await trigger.events()).toEqual([]);
	});

	test('what WATI does not allow is said on screen, where the builder turns the trigger on and off, and in the log', async () => {
		const trigger = await world.publish();
		await trigger.unpublish();
		const [node] = await world.host.nodeTypes('n8n-nodes-whatsapp-crm.watiTrigger');
		expect(JSON.stringify(node)).toMatch(
			/WATI offers no way to take an address back:.*it stays registered when the workflow is switched off.*delete it there/,
		);
		expect(await world.host.readLog()).toMatch(/WATI can't take back the address of .*Connector > Webhooks/);
	});
});
