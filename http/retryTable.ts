/**
 * What a call does to the vendor's data; it decides whether it may be sent again.
 * `read` changes nothing, `update` sets fields of a known record (the same twice is the same once),
 * `create` makes a record, or deletes one (the second time would meet another state), `message` reaches a person.
 */
export type Effect = 'read' | 'update' | 'create' | 'message';

/** How an attempt ended when it did not succeed. */
export type Trouble = 'tooManyRequests' | 'serverError' | 'timeout' | 'lost' | 'badAnswer' | 'notConnected';

/** `unknown`: the vendor may have done it, so it is not sent again and the caller is told so. */
export type Reaction = 'retry' | 'unknown';

/**
 * The retry table of design.md, section 6.
 * A create that ended `unknown` is looked up by the caller, who knows its key, before it is repeated.
 * `badAnswer` is a 2xx whose body can't be read or is missing: the vendor has done it, only the answer is damaged.
 */
export const RETRY_TABLE: Record<Effect, Record<Trouble, Reaction>> = {
	read: {
		tooManyRequests: 'retry',
		serverError: 'retry',
		timeout: 'retry',
		lost: 'retry',
		badAnswer: 'retry',
		notConnected: 'retry',
	},
	update: {
		tooManyRequests: 'retry',
		serverError: 'retry',
		timeout: 'retry',
		lost: 'retry',
		badAnswer: 'retry',
		notConnected: 'retry',
	},
	create: {
		tooManyRequests: 'retry',
		serverError: 'unknown',
		timeout: 'unknown',
		lost: 'unknown',
		badAnswer: 'unknown',
		notConnected: 'retry',
	},
	message: {
		tooManyRequests: 'retry',
		serverError: 'unknown',
		timeout: 'unknown',
		lost: 'unknown',
		badAnswer: 'unknown',
		notConnected: 'retry',
	},
};

/** Limits of repeating. Times are in milliseconds. */
export interface RetryLimits {
	/** Attempts after a server or connection trouble, the first one included. */
	attempts: number;
	/** First pause; each further one is twice as long, up to `longestPauseMs`. */
	firstPauseMs: number;
	longestPauseMs: number;
	/** How long a connection may be refused with 429 without one call let through, before the run gives up. */
	rateLimitBudgetMs: number;
}

export const DEFAULT_RETRY_LIMITS: RetryLimits = {
	attempts: 4,
	firstPauseMs: 500,
	longestPauseMs: 16_000,
	rateLimitBudgetMs: 120_000,
};

/** Exponential pause with full jitter on its upper half, in milliseconds; `attempt` counts from 1. */
export function pauseBefore(attempt: number, limits: RetryLimits, random: () => number = Math.random): number {
	const ceiling = Math.min(limits.firstPauseMs * 2 ** (attempt - 1), limits.longestPauseMs);
	return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
