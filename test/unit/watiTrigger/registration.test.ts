import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CHANNEL, inbound, parameters, TENANT, withTrigger } from './withTrigger';

const scene = withTrigger();
const registrations = () => scene.wati.log.filter(({ method }) => method === 'POST');
const SECRET = /^[0-9a-f]{64}$/;

describe('publishing', () => {
	test('registers one enabled address with a secret for the channel, at the path with the tenant', async () => {
		await scene.n8n.publish();
		expect(registrations()).toMatchObject([
			{
				path: `/${TENANT}/api/v2/webhookEndpoints`,
				body: [{ phoneNumber: CHANNEL, status: 1, eventTypes: ['message'], url: expect.any(String) }],
			},
		]);
		const address = new URL(scene.address());
		expect(`${address.origin}${address.pathname}`).toBe(scene.n8n.url);
		expect(address.searchParams.get('secret')).toMatch(SECRET);
		expect(scene.wati.log[0]?.body).toEqual([
			{ phoneNumber: CHANNEL, status: 1, eventTypes: ['message'], url: address.href },
		]);
	});

	test('asks for one of each pair of twins: the one that carries the local id', async () => {
		scene.n8n.parameters = parameters({
			events: ['templateMessageSent', 'messageDelivered', 'messageRead', 'messageReplied', 'templateMessageFailed'],
		});
		await scene.n8n.publish();
		expect([...scene.wati.account.webhooks.values()][0]?.eventTypes).toEqual([
			'sentMessageDELIVERED_v2',
			'sentMessageREAD_v2',
			'sentMessageREPLIED_v2',
			'templateMessageFailed',
			'templateMessageSent_v2',
		]);
	});

	test('asks for the variants with the business-scoped id when told so', async () => {
		scene.n8n.parameters = parameters({
			events: ['messageReceived', 'templateMessageSent'],
			options: { withBsuid: true },
		});
		await scene.n8n.publish();
		expect([...scene.wati.account.webhooks.values()][0]?.eventTypes).toEqual([
			'message_bsuid',
			'templateMessageSent_v2_bsuid',
		]);
	});

	test.each([
		{ status: 200, body: { ok: false, result: 'Invalid event types' } },
		{ status: 200, body: { ok: false, errors: ['Invalid event types'] } },
		{ status: 200, body: { ok: 'false', result: false, info: 'Invalid event types' } },
		{ status: 400, body: { code: 400, message: 'Invalid event types' } },
		{ status: 400, body: { errors: { eventTypes: ['Invalid event types'] } } },
	])('asks for the plain names where the account has no others, which it says as %j', async (refusal) => {
		scene.n8n.parameters = parameters({ events: ['messageRead'] });
		scene.wati.faults.add({ path: /webhookEndpoints/, ...refusal });
		await scene.n8n.publish();
		expect([...scene.wati.account.webhooks.values()]).toMatchObject([{ eventTypes: ['sentMessageREAD'] }]);
	});

	test('registers each of several channels at an address of its own', async () => {
		scene.wati.account.addChannel('Sales', '15550002222');
		scene.n8n.parameters = parameters({ options: { moreChannels: '+1 555 000-2222' } });
		await scene.n8n.publish();
		const webhooks = [...scene.wati.account.webhooks.values()];
		expect(webhooks.map(({ channel }) => channel.number)).toEqual([CHANNEL, '15550002222']);
		expect(webhooks[0]?.url).not.toBe(webhooks[1]?.url);
	});

	test('takes the only channel of the account where none is chosen', async () => {
		scene.n8n.parameters = parameters({ channelNumber: { mode: 'list', value: '' } });
		await scene.n8n.publish();
		expect(registrations()).toMatchObject([{ body: [{ phoneNumber: CHANNEL }] }]);
	});

	test('keeps a typed channel number whatever its form', async () => {
		scene.n8n.parameters = parameters({ channelNumber: { mode: 'number', value: '+1 (555) 000-1111' } });
		await scene.n8n.publish();
		expect(scene.wati.account.webhooks.size).toBe(1);
	});

	test('leaves no secret in what n8n stores with the workflow, and shows to everyone who may read it', async () => {
		scene.wati.account.addChannel('Sales', '15550002222');
		scene.n8n.parameters = parameters({ options: { moreChannels: '15550002222' } });
		await scene.n8n.publish();
		await scene.n8n.post(scene.address(1), inbound());
		expect(scene.n8n.events).toHaveLength(1);
		for (const address of [scene.address(0), scene.address(1)]) {
			const secret = new URL(address).searchParams.get('secret');
			expect(secret).toMatch(SECRET);
			expect(JSON.stringify(scene.n8n.staticData)).not.toContain(secret);
		}
	});

	test('makes another secret for another trigger', async () => {
		await scene.n8n.publish();
		const first = new URL(scene.address()).searchParams.get('secret');
		scene.n8n.parameters = parameters({ options: { addressNumber: 2 } });
		await scene.n8n.publish();
		const second = new URL(scene.address(1)).searchParams.get('secret');
		expect(second).toMatch(SECRET);
		expect(second).not.toBe(first);
		expect((await scene.n8n.post(scene.address(0), inbound())).status).toBe(200);
		expect(scene.n8n.events).toEqual([]);
		await scene.n8n.post(scene.address(1), inbound());
		expect(scene.n8n.events).toHaveLength(1);
	});
});

describe('publishing again', () => {
	test('uses the address that WATI has, also after a restart of n8n and a new name of the node', async () => {
		await scene.n8n.publish();
		await scene.n8n.unpublish();
		await scene.n8n.publish();
		scene.n8n.restart();
		await scene.n8n.publish();
		expect(registrations()).toHaveLength(1);
		await scene.wati.receive({ phone: '14155550100', text: 'Hi' });
		expect(scene.n8n.events).toMatchObject([{ event: 'messageReceived' }]);
	});

	test('when n8n starts asks WATI for nothing, which may be away at that time', async () => {
		scene.n8n.parameters = parameters({ channelNumber: { mode: 'list', value: '' } });
		await scene.n8n.publish();
		const before = scene.n8n.requests.length;
		scene.n8n.restart();
		await scene.n8n.publish('trigger', 'init');
		expect(scene.n8n.requests).toHaveLength(before);
		await scene.n8n.post(scene.address(), inbound());
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('with an event more registers only that one', async () => {
		await scene.n8n.publish();
		scene.n8n.parameters = parameters({ events: ['messageReceived', 'messageRead'] });
		await scene.n8n.publish();
		await scene.n8n.publish();
		expect([...scene.wati.account.webhooks.values()].map(({ eventTypes }) => eventTypes)).toEqual([
			['message'],
			['sentMessageREAD_v2'],
		]);
	});

	test('with an event less registers nothing, and what still comes of it starts nothing', async () => {
		scene.n8n.parameters = parameters({ events: ['messageReceived', 'newContact'] });
		await scene.n8n.publish();
		scene.n8n.parameters = parameters();
		await scene.n8n.publish();
		expect(registrations()).toHaveLength(1);
		await scene.wati.receive({ phone: '14155550100', text: 'Hi' });
		expect(scene.n8n.events).toMatchObject([{ event: 'messageReceived' }]);
	});

	test('registers anew when n8n has another address', async () => {
		scene.n8n.publicOrigin = 'https://old.example';
		await scene.n8n.publish();
		scene.n8n.publicOrigin = 'https://new.example';
		await scene.n8n.publish();
		expect(scene.address(0)).toMatch(/^https:\/\/old\.example\//);
		expect(scene.address(1)).toMatch(/^https:\/\/new\.example\//);
	});

	test('after a registration with an unknown end asks for the same address, which WATI then has already', async () => {
		scene.wati.faults.add({ path: /webhookEndpoints/, answerAfter: { status: 502 } });
		await expect(scene.n8n.publish()).rejects.toThrow(/not known whether/);
		expect(scene.n8n.staticData).toEqual({});
		await scene.n8n.publish();
		expect(scene.wati.account.webhooks.size).toBe(1);
		await scene.n8n.post(scene.address(), inbound());
		expect(scene.n8n.events).toHaveLength(1);
	});
});

describe('unpublishing', () => {
	test('asks WATI for nothing, because it could not be done, and says where it can', async () => {
		await scene.n8n.publish();
		const before = scene.wati.log.length;
		await scene.n8n.unpublish();
		expect(scene.wati.log).toHaveLength(before);
		expect(scene.wati.account.webhooks.size).toBe(1);
		expect(scene.n8n.log.join()).toMatch(/can't take back.*Connector > Webhooks/);
		expect((await scene.n8n.post(scene.address(), inbound())).status).toBe(404);
	});
});

describe('what can go wrong is said with what to do', () => {
	/** The headline is all that n8n shows. */
	const failure = async (): Promise<{ message: string; all: string }> => {
		const error: unknown = await scene.n8n.publish().catch((thrown: unknown) => thrown);
		if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
		return { message: error.message, all: `${error.message} ${JSON.stringify(error)}` };
	};

	test('a connection without the number of the account', async () => {
		scene.n8n.credential.apiEndpoint = scene.wati.origin;
		expect((await failure()).message).toMatch(/lacks the number of the account\. .*Connector > API/);
		expect(scene.wati.log).toEqual([]);
	});

	test("a number that is not the token's account", async () => {
		scene.n8n.credential.apiEndpoint = `${scene.wati.origin}/99`;
		expect((await failure()).message).toMatch(/no account with the number/);
	});

	test('too many webhooks', async () => {
		scene.wati.delivery.limit = 0;
		expect((await failure()).message).toMatch(/no more webhooks from this account\. Remove one/);
	});

	test('an event that WATI does not know', async () => {
		scene.n8n.parameters = parameters({ options: { otherEvents: 'somethingElse' } });
		expect((await failure()).message).toMatch(/doesn't know one of the events/);
		expect(scene.wati.account.webhooks.size).toBe(0);
	});

	test("a channel that is not the account's", async () => {
		scene.n8n.parameters = parameters({ channelNumber: { mode: 'number', value: '19990000000' } });
		expect((await failure()).message).toMatch(/doesn't know the channel/);
	});

	test('no channel, where the account has several', async () => {
		scene.wati.account.addChannel('Sales', '15550002222');
		scene.n8n.parameters = parameters({ channelNumber: { mode: 'list', value: '' } });
		expect((await failure()).message).toMatch(/Channel Number is empty/);
		expect(scene.wati.account.webhooks.size).toBe(0);
	});

	test.each([
		['a word for a channel', { channelNumber: { mode: 'number', value: 'Sales' } }, /not a phone number/],
		['no event', { events: [] }, /Trigger On is empty/],
	])('%s', async (_what, change, message) => {
		scene.n8n.parameters = parameters(change);
		expect((await failure()).message).toMatch(message);
		expect(scene.wati.log).toEqual([]);
	});

	test('a wrong token', async () => {
		scene.n8n.credential.accessToken = 'wrong';
		expect((await failure()).message).toMatch(/doesn't accept the access token/);
	});

	test('an n8n that only this machine can reach', async () => {
		scene.n8n.publicOrigin = 'http://localhost:5678';
		scene.n8n.credential.apiEndpoint = 'https://live-mt-server.wati.io/4711';
		expect((await failure()).message).toMatch(/can't reach this n8n\. .*WEBHOOK_URL/);
		expect(scene.n8n.requests).toEqual([]);
	});

	test('a refusal that repeats the address, without showing the secret', async () => {
		const secret = 'a1'.repeat(32);
		const body = { ok: false, result: `Bad url https://n8n.example/?secret=${secret}&channel=1&events=2` };
		scene.wati.faults.add({ path: /webhookEndpoints/, status: 200, body });
		const { message, all } = await failure();
		expect(message).toMatch(/Bad url/);
		expect(all).not.toContain(secret);
	});

	test('listening in the editor, which would leave an address behind', async () => {
		await expect(scene.n8n.publish('manual')).rejects.toThrow(/can't take a test address back/);
		expect(scene.wati.log).toEqual([]);
	});
});

describe('Registration: Manual', () => {
	const secret = 'kD3v-9fQ2xLm7TzP1cRw8YbN5hJs';
	const manual = (change: Record<string, unknown> = {}) =>
		parameters({ registration: 'manual', webhookSecret: secret, channelNumber: undefined, ...change });

	test('registers nothing; the address to paste holds the secret', async () => {
		scene.n8n.parameters = manual();
		await scene.n8n.publish();
		expect(scene.wati.log).toEqual([]);
		expect(scene.n8n.url.endsWith(`/wati/${secret}`)).toBe(true);
		await scene.n8n.post(scene.n8n.url, inbound());
		expect(scene.n8n.events).toMatchObject([{ event: 'messageReceived' }]);
	});

	test('the editor can listen', async () => {
		scene.n8n.parameters = manual();
		scene.n8n.mode = 'manual';
		await scene.n8n.publish('manual');
		await scene.n8n.post(scene.n8n.url, inbound());
		await scene.n8n.post(scene.n8n.url, inbound());
		expect(scene.n8n.events).toHaveLength(2);
	});

	test.each([
		['none', '', /is empty/],
		['a word', 'opensesame', /too short/],
		['one that an address can not hold', 'kD3v/9fQ2xLm7TzP1cRw8YbN5hJs', /can't be part/],
	])('a secret that is %s is refused', async (_what, webhookSecret, message) => {
		scene.n8n.parameters = manual({ webhookSecret });
		await expect(scene.n8n.publish()).rejects.toThrow(message);
	});

	test('twins that were both ticked in WATI start the workflow once', async () => {
		scene.n8n.parameters = manual({ events: ['messageRead'] });
		await scene.n8n.publish();
		for (const eventType of ['sentMessageREAD', 'sentMessageREAD_v2']) {
			await scene.n8n.post(scene.n8n.url, inbound({ eventType, statusString: 'Read' }));
		}
		expect(scene.n8n.events).toMatchObject([{ event: 'messageRead', eventName: 'sentMessageREAD' }]);
	});
});

test('the channels of the account are listed by name and number', async () => {
	scene.wati.account.addChannel('Sales', '15550002222');
	scene.wati.account.addChannel('Support', '15550003333');
	expect(await scene.n8n.searchChannels('sal')).toEqual({
		results: [{ name: 'Sales (15550002222)', value: '15550002222' }],
	});
});
