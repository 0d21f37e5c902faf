import { plainText, readAnswer } from '../../../http/answer';
import { bodyOf, FakeTransport } from './fakeTransport';

const read = async (body: unknown, headers: Record<string, string> = {}, maxBytes = 1_000_000) => {
	const clock = new FakeTransport([]);
	return await clock.run(
		readAnswer({ status: 200, headers, body: bodyOf(body) }, { maxBytes, until: clock.now() + 60_000, clock }),
	);
};

test.each([
	['{"a": 1}', 'application/json', { kind: 'json', value: { a: 1 } }],
	['[1, 2]', 'text/plain', { kind: 'json', value: [1, 2] }],
	['\ufeff {"bom": true} \n', 'application/json', { kind: 'json', value: { bom: true } }],
	['"text"', 'application/json', { kind: 'json', value: 'text' }],
	['true', 'application/json', { kind: 'json', value: true }],
	['null', 'application/json', { kind: 'json', value: null }],
	['-1.5', 'application/json', { kind: 'json', value: -1.5 }],
	['', 'application/json', { kind: 'empty' }],
	[' \n ', 'text/plain', { kind: 'empty' }],
	['Unauthorized', 'text/plain', { kind: 'text', text: 'Unauthorized' }],
	['not found', 'text/plain', { kind: 'text', text: 'not found' }],
	['<!DOCTYPE html><p>Login', 'text/html', { kind: 'text', text: '<!DOCTYPE html><p>Login' }],
	['{"cut": "of', 'application/json', { kind: 'unreadable', why: 'its JSON is cut off or damaged', lost: false }],
	['[1, 2', 'text/plain', { kind: 'unreadable', why: 'its JSON is cut off or damaged', lost: false }],
	['nonsense', 'application/json', { kind: 'unreadable', why: 'its JSON is cut off or damaged', lost: false }],
])('%j as %s', async (text, type, expected) => {
	expect(await read(text, { 'content-type': type })).toEqual(expected);
});

test('letters that are cut by the packets are put together', async () => {
	const bytes = Buffer.from('{"name":"Grüße 😀"}');
	const body = (async function* () {
		for (const byte of bytes) yield Buffer.from([byte]);
	})();
	const clock = new FakeTransport([]);
	const limits = { maxBytes: 1_000, until: clock.now() + 1_000, clock };
	expect(await clock.run(readAnswer({ status: 200, headers: {}, body }, limits))).toEqual({
		kind: 'json',
		value: { name: 'Grüße 😀' },
	});
});

test('an answer that is too large is given up in the middle', async () => {
	let given = 0;
	let isDestroyed = false;
	const endless = (async function* () {
		for (;;) {
			given++;
			yield Buffer.alloc(1_024, 'x');
		}
	})();
	const body = Object.assign(endless, { destroy: () => void (isDestroyed = true) });
	const clock = new FakeTransport([]);
	const answer = await clock.run(
		readAnswer({ status: 200, headers: {}, body }, { maxBytes: 10_240, until: Infinity, clock }),
	);
	expect(answer).toEqual({ kind: 'unreadable', why: 'it is larger than 10 kB', lost: false });
	expect(given).toBe(11);
	expect(isDestroyed).toBe(true);
});

test.each(['drips', 'stalls'])('an answer that %s is given up when its time is over', async (way) => {
	const clock = new FakeTransport([]);
	const body = (async function* () {
		for (;;) {
			yield Buffer.from('x');
			await clock.sleep(way === 'drips' ? 700 : 10_000_000);
		}
	})();
	const started = clock.now();
	const answer = await clock.run(
		readAnswer({ status: 200, headers: {}, body }, { maxBytes: 10_240, until: started + 60_000, clock }),
	);
	expect(answer).toEqual({ kind: 'unreadable', why: 'it came too slowly', lost: true });
	expect(clock.now() - started).toBeLessThanOrEqual(61_000);
});

test('a stopped workflow does not wait for the rest of an answer', async () => {
	const clock = new FakeTransport([]);
	const body = (async function* () {
		yield Buffer.from('x');
		clock.cancelled = true;
		await new Promise(() => undefined);
	})();
	const started = clock.now();
	await clock.run(readAnswer({ status: 200, headers: {}, body }, { maxBytes: 10_240, until: started + 60_000, clock }));
	expect(clock.now() - started).toBeLessThanOrEqual(2_000);
});

test('a connection that breaks in the middle is told as lost', async () => {
	const body = (async function* () {
		yield Buffer.from('{"a":');
		throw new TypeError('aborted');
	})();
	const clock = new FakeTransport([]);
	const answer = await clock.run(
		readAnswer({ status: 200, headers: {}, body }, { maxBytes: 10_240, until: Infinity, clock }),
	);
	expect(answer).toEqual({
		kind: 'unreadable',
		why: 'the connection was lost while it was read (TypeError)',
		lost: true,
	});
});

test.each([
	['  Too\n many   words ', 'Too many words'],
	['<html><body>Bad gateway</body></html>', ''],
	['\n\t<?xml version="1.0"?>', ''],
	['x'.repeat(1_000), 'x'.repeat(300)],
])('the words of %j', (text, words) => {
	expect(plainText(text)).toBe(words);
});
