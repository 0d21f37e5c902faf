import type { RecordedRequest } from '../../simulators/kit/requests';
import type { RateLimitRule } from '../../simulators/kit/rateLimit';

/** A run as a vendor with a limit saw it. */
export interface Pace {
	calls: number;
	/** Part of the calls after the first refusal that were refused, those included that were on their way when it came. */
	refusedPart: number;
	/** From the first call to the last, in milliseconds. */
	tookMs: number;
	/** What the limit demands for so many calls. */
	leastMs: number;
	/** Longest time between two calls that were let through. */
	longestGapMs: number;
}

export function paceOf(log: readonly RecordedRequest[], { calls, perMs }: RateLimitRule): Pace {
	const passed = log.filter(({ status }) => status !== 429).map(({ at }) => at);
	const first = log.findIndex(({ status }) => status === 429);
	const after = first < 0 ? [] : log.slice(first + 1);
	const refused = after.filter(({ status }) => status === 429).length;
	const gaps = passed.slice(1).map((at, index) => at - (passed[index] ?? at));
	return {
		calls: log.length,
		refusedPart: after.length === 0 ? 0 : refused / after.length,
		tookMs: (passed.at(-1) ?? 0) - (passed[0] ?? 0),
		leastMs: (Math.ceil(passed.length / calls) - 1) * perMs,
		longestGapMs: Math.max(0, ...gaps),
	};
}
