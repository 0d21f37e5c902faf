import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { digestOf } from '../../../nodes/WatiTrigger/secret';
import { sharedHost } from '../../host/shared';
import { waitFor } from '../../host/wait';
import { byHand, inbound, TriggerWorld, type Answer, type PublishedTrigger } from './triggerWorld';

let world: TriggerWorld;
let trigger: PublishedTrigger;
/** What everyone gets who does not know the secret. */
let refusal: Answer;

beforeAll(async () => {
	world = await TriggerWorld.start(await sharedHost());
	trigger = await world.publish();
	refusal = await trigger.post(trigger.url, inbound());
});
afterAll(async () => world?.stop());

/** The trigger's address, changed. */
function address(change: (address: URL) => void = () => {}): URL {
	const changed = trigger.address();
	change(changed);
	return changed;
}

const isNothing = { status: 200, body: '' };

test('a refusal is an empty 200', () => {
	expect(refusal).toMatchObject(isNothing);
	expect(JSON.stringify(refusal.headers)).not.toMatch(/wati|trigger|secret/i);
});

describe('a request that does not know the secret starts nothing and learns nothing', () => {
	const forged: Array<[string, () => URL]> = [
		['an empty secret', () => address((url) => url.searchParams.set('secret', ''))],
		['a guessed secret', () => address((url) => url.searchParams.set('secret', 'a'.repeat(64)))],
		['a part of the secret', () => address((url) => url.searchParams.set('secret', trigger.secret().slice(0, 63)))],
		['the secret and more', () => address((url) => url.searchParams.set('secret', `${trigger.secret()}0`))],
		['the secret twice', () => address((url) => url.searchParams.append('secret', trigger.secret()))],
		['the secret in a list', () => new URL(`${trigger.url}?secret[]=${trigger.secret()}`)],
		['the secret as an object', () => new URL(`${trigger.url}?secret[a]=${trigger.secret()}`)],
		['the secret in capitals', () => address((url) => url.searchParams.set('secret', trigger.secret().toUpperCase()))],
		[
			"the secret's digest, which n8n stores",
			() => address((url) => url.searchParams.set('secret', digestOf(trigger.secret()))),
		],
	];

	test.each(forged)('%s', async (_what, forge) => {
		expect(await trigger.post(forge(), inbound())).toEqual(refusal);
		expect(await trigger.runs()).toEqual([]);
	});

	test('the secret of another workflow', async () => {
		const other = await world.publish();
		const forgery = address((url) => url.searchParams.set('secret', other.secret()));
		expect(await trigger.post(forgery, inbound())).toEqual(refusal);
		expect(await trigger.runs()).toEqual([]);
		expect(await other.runs()).toEqual([]);
	});

	test('the secret at another place', async () => {
		const { url } = trigger;
		const secret = trigger.secret();
		const answers = [
			await trigger.post(url, inbound({ secret })),
			await trigger.post(url, inbound(), { headers: { secret, 'x-secret': secret, authorization: secret } }),
		];
		expect(answers).toEqual([refusal, refusal]);
		expect((await trigger.post(`${url}/${secret}`, inbound())).status).toBe(404);
		expect(await trigger.runs()).toEqual([]);
	});

	test('by hand, another secret is an address that n8n does not have', async () => {
		const manual = await world.publish(byHand());
		const wrong = manual.url.replace(/.$/, 'x');
		const answer = await manual.post(wrong, inbound());
		const anywhere = await manual.post(world.host.webhookUrl('nothing-is-here'), inbound());
		expect(answer.status).toBe(404);
		expect(answer.body.replaceAll(new URL(wrong).pathname.slice('/webhook/'.length), 'nothing-is-here')).toBe(
			anywhere.body,
		);
		expect(await manual.runs()).toEqual([]);
	});
});

const nested = (levels: number): string => `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`;

describe('rubbish with the right secret starts nothing, and is answered like a forged request', () => {
	const rubbish: Array<[string, string]> = [
		['an empty object', '{}'],
		['an object that is no event', '{"hello":"world"}'],
		['a name that is no text', '{"eventType":5,"id":"1"}'],
		['an empty list', '[]'],
		['a list of garbage', '[1,"x",null,[],{"a":1},[{"eventType":"message","id":"1"}]]'],
		['a text', '"message"'],
		['a number', '5'],
		['nothing but null', 'null'],
		['no body', ''],
		['more than 1 MB', JSON.stringify(inbound({ text: 'x'.repeat(1024 * 1024) }))],
		['more than 1 MB of spaces', `${JSON.stringify(inbound())}${' '.repeat(1024 * 1024)}`],
		['12 MB', JSON.stringify(inbound({ text: 'x'.repeat(12_000_000) }))],
		['JSON that is 30 levels deep', `{"eventType":"message","id":"1","more":${nested(15)}}`],
		['JSON that is 10,000 levels deep', `{"eventType":"message","id":"1","more":${nested(5000)}}`],
		[
			'a list of 1,001 events',
			JSON.stringify(Array.from({ length: 1001 }, (_, id) => ({ eventType: 'message', id: `${id}` }))),
		],
		['an event that nobody asked for', JSON.stringify(inbound({ eventType: 'sentMessageREAD' }))],
		['names that every object has', '{"eventType":"constructor","__proto__":{"eventType":"message"},"id":"1"}'],
	];

	test.each(rubbish)('%s', async (_what, raw) => {
		expect(await trigger.post(address(), undefined, { raw })).toEqual(refusal);
		expect(await trigger.runs()).toEqual([]);
	});

	const form = new URLSearchParams({ eventType: 'message', id: '1', text: 'Hi' }).toString();
	const typed: Array<[string, string]> = [
		['application/x-www-form-urlencoded', form],
		['text/plain', JSON.stringify(inbound())],
		['text/xml', '<eventType>message</eventType>'],
		['application/octet-stream', JSON.stringify(inbound())],
		[
			'multipart/form-data; boundary=b',
			'--b\r\ncontent-disposition: form-data; name="eventType"\r\n\r\nmessage\r\n--b--\r\n',
		],
	];

	test.each(typed)('an event as %s', async (type, raw) => {
		const headers = { 'content-type': type };
		expect(await trigger.post(address(), undefined, { raw, headers })).toEqual(refusal);
		expect(await trigger.runs()).toEqual([]);
	});
});

describe('what n8n itself answers is the same with the secret and without it', () => {
	const own: Array<[string, Parameters<PublishedTrigger['post']>[2], number]> = [
		['no JSON', { raw: '{"eventType": "mess' }, 422],
		['no UTF-8', { raw: Buffer.from([0xff, 0xfe, 0x7b]) }, 422],
		['GET', { method: 'GET' }, 404],
		['PUT', { method: 'PUT', raw: '{}' }, 404],
	];

	test.each(own)('%s', async (_what, request, status) => {
		const known = await trigger.post(address(), undefined, request);
		expect(known.status).toBe(status);
		expect(await trigger.post(trigger.url, undefined, request)).toEqual(known);
		expect(JSON.stringify(known)).not.toContain(trigger.secret());
		expect(await trigger.runs()).toEqual([]);
	});

	test('more than n8n reads at all (16 MB)', async () => {
		const raw = Buffer.alloc(17 * 1024 * 1024, ' ');
		// n8n may hang up before it has read everything.
		const answers = await Promise.all(
			[address(), trigger.url].map(async (url) => await trigger.post(url, undefined, { raw }).catch(() => undefined)),
		);
		for (const answer of answers) if (answer) expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(await trigger.runs()).toEqual([]);
	});
});

describe('a good request', () => {
	test('after all of those starts the workflow, and is answered with the same status and nothing', async () => {
		expect(await trigger.post(address(), inbound({ id: 'good' }))).toMatchObject(isNothing);
		expect(await trigger.events()).toMatchObject([{ id: 'good' }]);
	});

	test('told again, also with another time and by the twin of its name, starts nothing more', async () => {
		const again = [
			inbound({ id: 'good' }),
			inbound({ id: 'good', created: '2026-11-20T10:10:00.000Z', timestamp: '1795169400', text: 'other' }),
			inbound({ id: 'good', eventType: 'message_bsuid', bsuid: 'US.1' }),
		];
		for (const body of [...again, again]) expect(await trigger.post(address(), body)).toEqual(refusal);
		expect(await trigger.events()).toMatchObject([{ id: 'good' }]);
	});

	test('that was forged before is taken when it comes from WATI', async () => {
		await trigger.post(trigger.url, inbound({ id: 'twice' }));
		await trigger.post(address(), inbound({ id: 'twice' }));
		expect(await trigger.events()).toMatchObject([{ id: 'good' }, { id: 'twice' }]);
	});

	test('with several events is one run with an item for each new one', async () => {
		const before = (await trigger.runs()).length;
		const list = [
			inbound({ id: 'l1' }),
			'rubbish',
			inbound({ id: 'l2' }),
			inbound({ id: 'l1' }),
			inbound({ id: 'good' }),
		];
		expect(await trigger.post(address(), list)).toMatchObject(isNothing);
		expect(await trigger.runs()).toHaveLength(before + 1);
		expect((await trigger.events()).map(({ id }) => id).slice(-2)).toEqual(['l1', 'l2']);
	});
});

describe('WATI is answered at once', () => {
	let slow: Server;
	const held: ServerResponse[] = [];

	beforeAll(async () => {
		slow = createServer((_request, response) => void held.push(response));
		await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => void slow?.close());

	test('while the workflow behind the trigger still runs', async () => {
		const { port } = slow.address() as AddressInfo;
		const behind = {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: `http://127.0.0.1:${port}/`, options: {} },
		};
		const busy = await world.publish(undefined, { behind });
		// The workflow can't end before this test lets it, so the answer did not wait for it.
		expect(await busy.post(busy.address(), inbound())).toMatchObject(isNothing);
		expect(await world.host.executions({ workflowId: busy.workflow.id })).toEqual([]);
		const isHeld = async (): Promise<true | undefined> => (held.length > 0 ? true : undefined);
		await waitFor(isHeld, { what: 'the workflow to run', timeoutMs: 60_000 });
		for (const response of held) response.end('{}');
		expect(await busy.runs()).toMatchObject([{ status: 'success' }]);
	});
});
