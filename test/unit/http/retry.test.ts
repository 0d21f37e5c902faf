import type { Effect, Reaction, Trouble } from '../../../http/retryTable';
import { pauseBefore, DEFAULT_RETRY_LIMITS } from '../../../http/retryTable';
import { call, clientOf } from './client';
import { bodyOf, FakeTransport, type Scripted } from './fakeTransport';

const EFFECTS: Effect[] = ['read', 'update', 'create', 'message'];

/** design.md, section 6, in its own columns; a create is repeated by its caller, who looks its key up first. */
const TABLE: Array<[Trouble, Scripted, Record<Effect, Reaction>]> = [
	['tooManyRequests', { status: 429 }, { read: 'retry', update: 'retry', create: 'retry', message: 'retry' }],
	['serverError', { status: 500 }, { read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' }],
	['serverError', { status: 503 }, { read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' }],
	['serverError', { status: 408 }, { read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' }],
	['timeout', { trouble: 'timeout' }, { read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' }],
	['lost', { trouble: 'lost' }, { read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' }],
	['badAnswer', { body: '{"cut": ' }, { read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' }],
	[
		'badAnswer',
		{ body: '<html>login</html>' },
		{ read: 'retry', update: 'retry', create: 'unknown', message: 'unknown' },
	],
	['notConnected', { trouble: 'notConnected' }, { read: 'retry', update: 'retry', create: 'retry', message: 'retry' }],
];

const rows = TABLE.flatMap(([trouble, scripted, reactions]) =>
	EFFECTS.map((effect) => ({ trouble, scripted, effect, reaction: reactions[effect], what: JSON.stringify(scripted) })),
);

test.each(rows)('$effect, $trouble ($what): $reaction', async ({ scripted, effect, reaction }) => {
	const transport = new FakeTransport((_request, count) =>
		count === 1
			? { ...scripted, ...('body' in scripted ? { stream: bodyOf(scripted.body) } : {}) }
			: { body: { done: true } },
	);
	const work = transport.run(clientOf(transport).json(call({ effect, method: 'POST', json: { a: 1 } })));
	if (reaction === 'retry') {
		await expect(work).resolves.toMatchObject({ json: { done: true } });
		expect(transport.sent).toHaveLength(2);
		expect(transport.sent[1]?.request).toEqual(transport.sent[0]?.request);
	} else {
		await expect(work).rejects.toMatchObject({
			kind: 'outcomeUnknown',
			message: expect.stringContaining('not known whether it did do the thing'),
			description: expect.stringContaining('not sent again'),
		});
		expect(transport.sent).toHaveLength(1);
	}
});

describe('a vendor that stays in trouble', () => {
	test.each([
		[{ status: 503, body: { message: 'maintenance' } }, 'unavailable', 'Vendor said: maintenance.'],
		[{ trouble: 'timeout' as const }, 'unavailable', 'Run this item again later'],
		[{ trouble: 'notConnected' as const }, 'notReached', 'Check the address in the connection'],
		[{ body: 'hello' }, 'badAnswer', 'It was tried 4 times'],
	])('%j is given up after four attempts as %s', async (scripted, kind, told) => {
		const transport = new FakeTransport(() => ({ ...scripted }));
		const started = transport.now();
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject({
			kind,
			description: expect.stringContaining(told),
		});
		expect(transport.sent).toHaveLength(4);
		expect(transport.now() - started).toBeLessThanOrEqual(500 + 1_000 + 2_000 + 10);
	});

	test.each([
		['5', 5_000],
		['120', 120_000],
	])('is asked again after Retry-After: %s', async (retryAfter, pause) => {
		const transport = new FakeTransport([{ status: 503, headers: { 'retry-after': retryAfter } }, { body: {} }]);
		await transport.run(clientOf(transport).json(call()));
		expect((transport.sent[1]?.at ?? 0) - (transport.sent[0]?.at ?? 0)).toBe(pause);
	});

	test('is not asked again when it wants to be left alone for longer than the budget', async () => {
		const transport = new FakeTransport([{ status: 503, headers: { 'retry-after': '3600' } }]);
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject({
			kind: 'unavailable',
			retryAfterMs: 3_600_000,
			description: expect.stringContaining('It was tried once. Run this item again in 3600 seconds or later.'),
		});
		expect(transport.sent).toHaveLength(1);
	});

	test('the advice of the call says how to find out what became of a message', async () => {
		const transport = new FakeTransport([{ trouble: 'lost' }]);
		const work = clientOf(transport).json(call({ effect: 'message', method: 'POST', findOut: 'Look in the inbox.' }));
		await expect(transport.run(work)).rejects.toMatchObject({
			description: expect.stringContaining('Look in the inbox.'),
		});
	});
});

test('pauses double, with jitter on their upper half, up to the longest', () => {
	const pauses = (random: number) =>
		[1, 2, 3, 4, 5, 6, 7, 99].map((attempt) => pauseBefore(attempt, DEFAULT_RETRY_LIMITS, () => random));
	expect(pauses(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
	expect(pauses(1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000]);
});
