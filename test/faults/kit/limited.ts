import type { RecordedRequest } from '../../simulators/kit/requests';
import type { RateLimitRule } from '../../simulators/kit/rateLimit';

/** A run as a vendor with a limit saw it. */
export interface Pace {
	calls: number;
	/** Part of the calls that were refused, of those that left when the first refusal was known. */
	refusedPart: number;
	/** From the first call to the last, in milliseconds. */
	tookMs: number;
	/** What the limit demands for so many calls. */
	leastMs: number;
	/** Longest time between two calls that were let through. */
	longestGapMs: number;
}

/**
 * @param knownAfterMs how long the first refusal takes to be known: calls that left before could not know better.
 */
export function paceOf(log: readonly RecordedRequest[], { calls, perMs }: RateLimitRule, knownAfterMs = 0): Pace {
	const passed = log.filter(({ status }) => status !== 429).map(({ at }) => at);
	const known = (log.find(({ status }) => status === 429)?.at ?? Infinity) + knownAfterMs;
	const after = log.filter(({ at }) => at > known);
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
