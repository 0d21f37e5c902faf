import { mapConcurrently } from '../../../http/concurrency';
import { call, clientOf } from './client';
import { FakeTransport, limitedVendor, type Vendor } from './fakeTransport';

interface Limited {
	calls: number;
	perMs: number;
	retryAfter: 'seconds' | 'date' | 'none';
	concurrency: number;
}

/** Sends so many calls through one client and looks at them as the vendor saw them. */
async function race(limit: Limited, count: number) {
	const transport: FakeTransport = new FakeTransport((...given: Parameters<Vendor>) => vendor(...given));
	const vendor = limitedVendor(() => transport.now(), limit);
	const client = clientOf(transport);
	const started = transport.now();
	const work = mapConcurrently(Array.from({ length: count }), limit.concurrency, async () => await client.json(call()));
	const answers = await transport.run(work);
	const [firstRefusal = Infinity] = vendor.refusals;
	return {
		answers: answers.length,
		tookMs: transport.now() - started,
		sentAfterFirst: transport.sent.filter(({ at }) => at > firstRefusal).length,
		refusedAfterFirst: vendor.refusals.filter((at) => at > firstRefusal).length,
		gaps: vendor.passes,
	};
}

const RETRY_AFTER = ['seconds', 'date', 'none'] as const;

describe.each(RETRY_AFTER)('a vendor that takes 10 calls in 10 s and tells when to come back: %s', (retryAfter) => {
	test.each([1, 8])('gets 200 calls at its own pace, %i at a time', async (concurrency) => {
		const limit = { calls: 10, perMs: 10_000, retryAfter, concurrency };
		const seen = await race(limit, 200);
		expect(seen.answers).toBe(200);
		expect(seen.refusedAfterFirst / seen.sentAfterFirst).toBeLessThanOrEqual(0.05);
		const leastMs = (200 / 10 - 1) * 10_000;
		expect(seen.tookMs).toBeLessThanOrEqual(leastMs * 1.15);
	});
});
