import { CHANNEL, inbound, parameters, withTrigger } from './withTrigger';

const scene = withTrigger();
const EMPTY = { status: 200, body: '' };

beforeEach(async () => await scene.n8n.publish());

describe('a request that does not know the secret starts nothing and is answered like a good one', () => {
	const wrong: Array<[string, (address: URL) => void]> = [
		['no secret', (address) => address.searchParams.delete('secret')],
		['an empty secret', (address) => address.searchParams.set('secret', '')],
		['another secret', (address) => address.searchParams.set('secret', 'a'.repeat(64))],
		[
			'a part of the secret',
			(address) => address.searchParams.set('secret', String(address.searchParams.get('secret')).slice(0, 63)),
		],
		[
			'the secret twice',
			(address) => address.searchParams.append('secret', String(address.searchParams.get('secret'))),
		],
		['the secret in another case', (address) => (address.search = address.search.toUpperCase())],
	];

	test.each(wrong)('%s', async (_what, change) => {
		const address = new URL(scene.address());
		change(address);
		const forged = await scene.n8n.post(address.href, inbound());
		expect(scene.n8n.events).toEqual([]);
		expect(forged).toEqual(await scene.n8n.post(scene.address(), inbound()));
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('and cannot use up the id of a genuine event', async () => {
		await scene.n8n.post(scene.n8n.url, inbound());
		await scene.n8n.post(scene.address(), inbound());
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('the log says that something was ignored, without the secret', async () => {
		await scene.n8n.post(`${scene.n8n.url}?secret=guess-123`, inbound());
		expect(scene.n8n.log.join()).toMatch(/ignored: it does not know the secret/);
		expect(scene.n8n.log.join()).not.toMatch(/guess-123/);
	});

	test('where no secret was ever made, nothing is known', async () => {
		scene.n8n.parameters = parameters({ registration: 'manual', webhookSecret: 'x'.repeat(30) });
		await scene.n8n.publish();
		scene.n8n.parameters = parameters({ registration: 'manual', webhookSecret: '' });
		expect(await scene.n8n.post(scene.n8n.url, inbound())).toEqual(EMPTY);
		expect(scene.n8n.events).toEqual([]);
	});
});

describe('rubbish with the right secret starts nothing', () => {
	const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) });

	test.each<[string, unknown]>([
		['an empty object', {}],
		['an object that is no event', { hello: 'world' }],
		['a name that is no text', { eventType: 5, id: '1' }],
		['an empty list', []],
		['a list of rubbish', [1, 'x', null, []]],
		['a text', 'message'],
		['a number', 5],
		['nothing', null],
		['more than 1 MB', inbound({ text: 'x'.repeat(1024 * 1024) })],
		['too deep', inbound({ extra: deep(50) })],
		['a list of too many', Array.from({ length: 1001 }, (_, index) => ({ eventType: 'message', id: String(index) }))],
	])('%s', async (_what, body) => {
		expect(await scene.n8n.post(scene.address(), body)).toEqual(EMPTY);
		expect(scene.n8n.events).toEqual([]);
		expect(scene.n8n.log.join()).toMatch(/ignored: it is too large or holds no event/);
	});

	test('too deep for a function that calls itself', async () => {
		const raw = `{"eventType":"message","id":"1","extra":${'[{"a":'.repeat(5000)}1${'}]'.repeat(5000)}}`;
		expect(await scene.n8n.post(scene.address(), undefined, { raw })).toEqual(EMPTY);
		expect(scene.n8n.events).toEqual([]);
	});

	test('broken JSON', async () => {
		await scene.n8n.post(scene.address(), undefined, { raw: '{"eventType": "mess' });
		expect(scene.n8n.events).toEqual([]);
	});

	test.each(['application/x-www-form-urlencoded', 'text/xml', 'application/jsonp'])(
		'an event that says it is %s, which n8n may read as well',
		async (type) => {
			expect(await scene.n8n.post(scene.address(), inbound(), { headers: { 'content-type': type } })).toEqual(EMPTY);
			expect(scene.n8n.events).toEqual([]);
			const json = { headers: { 'content-type': 'application/json; charset=utf-8' } };
			await scene.n8n.post(scene.address(), inbound(), json);
			expect(scene.n8n.events).toHaveLength(1);
		},
	);

	test('an event that nobody asked for', async () => {
		expect(await scene.n8n.post(scene.address(), inbound({ eventType: 'sentMessageREAD' }))).toEqual(EMPTY);
		expect(scene.n8n.events).toEqual([]);
	});
});

describe('each event once', () => {
	test('a list is one run with an item for each new event', async () => {
		const list = [inbound({ id: '1' }), inbound({ id: '2' }), 'rubbish', inbound({ id: '1' })];
		await scene.n8n.post(scene.address(), list);
		expect(scene.n8n.runs).toHaveLength(1);
		expect(scene.n8n.events.map(({ id }) => id)).toEqual(['1', '2']);
	});

	test("WATI's next try of the same event starts nothing and is answered like the first", async () => {
		const answers = [
			await scene.n8n.post(scene.address(), inbound()),
			await scene.n8n.post(scene.address(), inbound()),
		];
		expect(answers).toEqual([EMPTY, EMPTY]);
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('also after a restart of n8n', async () => {
		await scene.n8n.post(scene.address(), inbound());
		scene.n8n.restart();
		await scene.n8n.post(scene.address(), inbound());
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('a request that began before the address was changed can not bring the old one back', async () => {
		const old = scene.n8n.staticData;
		await scene.n8n.post(scene.address(), inbound({ id: '1' }));
		scene.n8n.parameters = parameters({ options: { addressNumber: 2 } });
		await scene.n8n.publish();
		scene.n8n.staticData = old;
		await scene.n8n.post(scene.address(1), inbound({ id: '2' }));
		scene.n8n.restart();
		await scene.n8n.publish();
		await scene.n8n.post(scene.address(1), inbound({ id: '3' }));
		expect(scene.n8n.events.map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(scene.wati.account.webhooks.size).toBe(2);
	});

	test('an event without an id of WATI is known by the one of WhatsApp', async () => {
		await scene.n8n.post(scene.address(), inbound({ id: null, text: 'a' }));
		await scene.n8n.post(scene.address(), inbound({ id: null, text: 'b' }));
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('the same id in another kind of event is another event', async () => {
		scene.n8n.parameters = parameters({ events: ['messageDelivered', 'messageRead'] });
		await scene.n8n.publish();
		for (const eventType of ['sentMessageDELIVERED_v2', 'sentMessageREAD_v2', 'sentMessageREAD']) {
			await scene.n8n.post(scene.address(1), inbound({ eventType }));
		}
		expect(scene.n8n.events.map(({ event }) => event)).toEqual(['messageDelivered', 'messageRead']);
	});

	test('an event that n8n could not start counts when WATI tries again', async () => {
		scene.n8n.failsWith = 500;
		expect((await scene.n8n.post(scene.address(), inbound())).status).toBe(500);
		scene.n8n.failsWith = undefined;
		await scene.n8n.post(scene.address(), inbound());
		await scene.n8n.post(scene.address(), inbound());
		expect(scene.n8n.events).toHaveLength(1);
	});

	test('200 at the same instant, each sent twice, are all taken once', async () => {
		const bodies = Array.from({ length: 200 }, (_, index) => inbound({ id: `e${index}` }));
		const answers = await Promise.all(
			[...bodies, ...bodies].map(async (body) => await scene.n8n.post(scene.address(), body)),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		expect(scene.n8n.events.map(({ id }) => id).sort()).toEqual(bodies.map(({ id }) => id).sort());
	});

	test('what is remembered with the workflow stays small', async () => {
		for (let start = 0; start < 5000; start += 1000) {
			const list = Array.from({ length: 1000 }, (_, index) => ({ eventType: 'message', id: String(start + index) }));
			await scene.n8n.post(scene.address(), list);
		}
		expect(scene.n8n.events).toHaveLength(5000);
		expect(JSON.stringify(scene.n8n.staticData).length).toBeLessThan(30_000);
	});
});

test('an event that tells no channel is of the channel that its address was registered for', async () => {
	await scene.n8n.post(scene.address(), inbound({ channelPhoneNumber: null }));
	expect(scene.n8n.events).toMatchObject([{ channel: { id: null, phone: `+${CHANNEL}` } }]);
});
