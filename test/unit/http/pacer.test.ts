import { mapConcurrently } from '../../../http/concurrency';
import { call, clientOf } from './client';
import { FakeTransport, limitedVendor, type Vendor } from './fakeTransport';

interface Limited {
	calls: number;
	perMs: number;
	retryAfter: 'seconds' | 'date' | 'none';
	concurrency: number;
	/** Calls that others sent just before, out of the same limit. */
	before?: number;
}

/** Sends so many calls through one client and looks at them as the vendor saw them. */
async function race(limit: Limited, count: number) {
	const transport: FakeTransport = new FakeTransport((...given: Parameters<Vendor>) => vendor(...given));
	const vendor = limitedVendor(() => transport.now(), limit);
	const started = transport.now();
	vendor.passes.push(...Array.from({ length: limit.before ?? 0 }, () => started - 100));
	const client = clientOf(transport);
	const work = mapConcurrently(Array.from({ length: count }), limit.concurrency, async () => await client.json(call()));
	const answers = await transport.run(work);
	const [firstRefusal = Infinity] = vendor.refusals;
	return {
		answers: answers.length,
		tookMs: transport.now() - started,
		leastMs: ((count + (limit.before ?? 0)) / limit.calls - 1) * limit.perMs,
		refusedPart:
			vendor.refusals.filter((at) => at > firstRefusal).length /
			Math.max(1, transport.sent.filter(({ at }) => at > firstRefusal).length),
	};
}

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => jest.restoreAllMocks());

describe.each(['seconds', 'date', 'none'] as const)(
	'a vendor with a limit that tells when to come back: %s',
	(retryAfter) => {
		test.each([1, 8])('of 10 calls in 10 s gets 200 calls at its own pace, %i at a time', async (concurrency) => {
			const seen = await race({ calls: 10, perMs: 10_000, retryAfter, concurrency }, 200);
			expect(seen.answers).toBe(200);
			expect(seen.refusedPart).toBeLessThanOrEqual(0.05);
			expect(seen.tookMs).toBeLessThanOrEqual(seen.leastMs * 1.15);
		});

		test.each([
			{ calls: 30, perMs: 10_000, count: 600 },
			{ calls: 100, perMs: 10_000, count: 1_000 },
			{ calls: 1, perMs: 1_000, count: 100 },
		])('of $calls calls in $perMs ms is kept busy as well', async ({ calls, perMs, count }) => {
			const seen = await race({ calls, perMs, retryAfter, concurrency: 4 }, count);
			expect(seen.refusedPart).toBeLessThanOrEqual(0.1);
			expect(seen.tookMs).toBeLessThanOrEqual(seen.leastMs * 1.3);
		});
	},
);

test.each([5, 9])('%i calls of another run just before do not slow the whole run down', async (before) => {
	const seen = await race({ calls: 10, perMs: 10_000, retryAfter: 'seconds', concurrency: 1, before }, 200);
	expect(seen.tookMs).toBeLessThanOrEqual(seen.leastMs * 1.15);
});

test('a vendor without a limit is asked without any pause', async () => {
	const seen = await race({ calls: 1e9, perMs: 1_000, retryAfter: 'none', concurrency: 8 }, 800);
	// 800 calls, 8 at a time, and two more rounds at the beginning.
	expect(seen.tookMs).toBeLessThanOrEqual(102 * 40);
});

test('begins with five calls at a time, so that few are refused when nothing is allowed', async () => {
	const seen: number[] = [];
	const transport: FakeTransport = new FakeTransport((...given: Parameters<Vendor>) => {
		seen.push(transport.now());
		return vendor(...given);
	});
	const vendor = limitedVendor(() => transport.now(), { calls: 10, perMs: 10_000 });
	const client = clientOf(transport);
	await transport.run(mapConcurrently(Array.from({ length: 30 }), 20, async () => await client.json(call())));
	expect(seen.filter((at) => at === seen[0])).toHaveLength(5);
	expect(vendor.refusals.length).toBeLessThanOrEqual(6);
});

describe('a quota that is used up', () => {
	const used = { status: 429, headers: { 'retry-after': '86400' }, takes: 40 };

	test('ends the run at once when the vendor says to come back tomorrow, and everything after it fails without a call', async () => {
		const transport = new FakeTransport([used]);
		const client = clientOf(transport);
		const settle = async () => (await Promise.allSettled([client.json(call())]))[0];
		const results = await transport.run(mapConcurrently(Array.from({ length: 50 }), 8, settle));
		expect(results.every(({ status }) => status === 'rejected')).toBe(true);
		expect(results[49]).toMatchObject({
			reason: {
				kind: 'quotaUsedUp',
				status: 429,
				retryAfterMs: 86_400_000,
				description: expect.stringContaining('86400 seconds'),
			},
		});
		const sent = transport.sent.length;
		expect(sent).toBeLessThanOrEqual(8);
		await expect(transport.run(client.json(call()))).rejects.toMatchObject({ kind: 'quotaUsedUp' });
		expect(transport.sent).toHaveLength(sent);
	});

	test.each(['0', '1', undefined])(
		'ends the run after two minutes of refusals (Retry-After: %s)',
		async (retryAfter) => {
			const transport = new FakeTransport([
				{ status: 429, headers: retryAfter ? { 'retry-after': retryAfter } : {}, takes: 40 },
			]);
			const started = transport.now();
			await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject({ kind: 'quotaUsedUp' });
			expect(transport.now() - started).toBeGreaterThan(90_000);
			expect(transport.now() - started).toBeLessThanOrEqual(121_000);
			expect(transport.sent.length).toBeLessThan(20);
		},
	);
});

test('a call that alone stays refused ends by itself, and the run goes on', async () => {
	const transport = new FakeTransport(({ url }) =>
		url.endsWith('/never') ? { status: 429, takes: 40 } : { body: {}, takes: 40 },
	);
	const client = clientOf(transport);
	const never = client.json(call({ path: '/never' }));
	const others = (async () => {
		for (let sent = 0; sent < 300; sent++) {
			await transport.sleep(1_000);
			await client.json(call());
		}
	})();
	const [refused, passed] = await transport.run(Promise.allSettled([never, others]));
	expect(refused).toMatchObject({ status: 'rejected', reason: { kind: 'rateLimited' } });
	expect(passed).toMatchObject({ status: 'fulfilled' });
});

test('a refusal in other words than 429 counts as one when the vendor folder says so', async () => {
	const transport = new FakeTransport([
		{ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] },
		{ body: { ok: true } },
	]);
	const client = clientOf(transport, { isRateLimit: ({ json }) => JSON.stringify(json).includes('LIMIT') });
	await expect(transport.run(client.json(call({ effect: 'message', method: 'POST' })))).resolves.toMatchObject({
		json: { ok: true },
	});
});
