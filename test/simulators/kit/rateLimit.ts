import { matches, type RecordedRequest, type RequestFilter } from './requests';

/**
 * `calls` in a window of `perMs` milliseconds, for the requests that the filter names (all when it is left out).
 * A used-up monthly quota is a window of a month with `retryAfter: 'none'`.
 */
export interface RateLimitRule extends RequestFilter {
	calls: number;
	perMs: number;
	/** How the refusal tells when to come back; seconds when left out. */
	retryAfter?: 'seconds' | 'date' | 'none';
	body?: string | object;
	headers?: Record<string, string>;
}

export interface RateLimitRefusal {
	headers: Record<string, string>;
	body: string | object;
}

/** A sliding window over the calls that were let through. */
export class RateLimit {
	private readonly passed: number[] = [];

	constructor(private readonly rule: RateLimitRule) {}

	appliesTo(entry: RecordedRequest): boolean {
		return matches(this.rule, entry);
	}

	/** `undefined` when the call may pass, else what to answer with 429. */
	check(now: number): RateLimitRefusal | undefined {
		while (this.passed[0] !== undefined && this.passed[0] <= now - this.rule.perMs) this.passed.shift();
		if (this.passed.length < this.rule.calls) {
			this.passed.push(now);
			return undefined;
		}
		const waitMs = (this.passed[0] ?? now) + this.rule.perMs - now;
		return { headers: { ...this.rule.headers, ...this.hint(now, waitMs) }, body: this.rule.body ?? '' };
	}

	private hint(now: number, waitMs: number): Record<string, string> {
		const seconds = Math.ceil(waitMs / 1000);
		if (this.rule.retryAfter === 'none') return {};
		if (this.rule.retryAfter === 'date') return { 'retry-after': new Date(now + seconds * 1000 + 999).toUTCString() };
		return { 'retry-after': String(seconds) };
	}
}
