import { RequestError } from './errors';
import { pauseBefore, type RetryLimits } from './retryTable';
import type { Transport } from './types';

/** Added to a learned window, because two calls may arrive closer together than they were sent. */
const JITTER_MS = 60;

/**
 * The pace of one connection, shared by all calls of a run.
 * It knows no limit beforehand. The first 429 teaches it: so many calls were let through in so long a time,
 * `Retry-After` included; from then on calls keep to that. A connection that stays refused for longer than the
 * budget, or is told to come back later than that, is at the end of a quota: the run stops asking.
 */
export class Pacer {
	private sent: number[] = [];
	private learned?: { calls: number; perMs: number };
	private closedUntil = 0;
	private refusedSince?: number;
	private refusals = 0;
	private lastPass = 0;
	private end?: RequestError;
	private turn: Promise<void> = Promise.resolve();

	constructor(
		private readonly transport: Transport,
		private readonly limits: RetryLimits,
		private readonly quotaText: string,
	) {}

	/** Resolves when the next call may be sent; calls pass in the order in which they came. */
	async enter(): Promise<void> {
		const mine = this.turn.then(async () => await this.waitForOpening());
		this.turn = mine.catch(() => undefined);
		await mine;
	}

	/** A call was let through by the vendor, whatever it answered. */
	passed(): void {
		this.lastPass = this.transport.now();
		if (this.lastPass >= this.closedUntil) this.refusedSince = undefined;
	}

	/** A call was refused with 429. Throws when waiting has no sense any more. */
	refused(retryAfter: number | undefined): void {
		const now = this.transport.now();
		this.sent.pop();
		if (now < this.closedUntil) {
			// Sent together with the call that was refused first: the vendor let through fewer than it seemed.
			if (this.refusals === 1 && this.learned) this.learned.calls = Math.max(1, this.learned.calls - 1);
			return;
		}
		this.refusals++;
		this.refusedSince ??= now;
		const pause = retryAfter ?? pauseBefore(this.refusals + 1, this.limits);
		if (now - Math.max(this.refusedSince, this.lastPass) + pause > this.limits.rateLimitBudgetMs) {
			this.end = new RequestError('quotaUsedUp', this.quotaText, {
				status: 429,
				retryAfterMs: retryAfter,
				description: waitingAdvice(retryAfter),
			});
			throw this.end;
		}
		this.learn(now, pause);
		this.closedUntil = now + pause;
	}

	/** So many calls passed since the first that counts, and the next one would have passed after the pause. */
	private learn(now: number, pause: number): void {
		const first = this.sent[0];
		if (first === undefined) return;
		const perMs = now - first + pause + JITTER_MS;
		this.learned = {
			calls: this.learned?.calls ?? this.sent.length,
			perMs: Math.max(this.learned?.perMs ?? 0, perMs),
		};
	}

	private async waitForOpening(): Promise<void> {
		for (;;) {
			if (this.end) throw this.end;
			const wait = Math.max(this.closedUntil, this.windowOpens()) - this.transport.now();
			if (wait <= 0 || this.transport.isCancelled()) break;
			await this.transport.sleep(wait);
		}
		this.sent.push(this.transport.now());
		if (!this.learned && this.sent.length > 5_000) this.sent.splice(0, 2_500);
	}

	/** When the learned limit lets the next call through. */
	private windowOpens(): number {
		if (!this.learned) return 0;
		const { calls, perMs } = this.learned;
		if (this.sent.length > calls) this.sent.splice(0, this.sent.length - calls);
		const oldest = this.sent[0];
		return this.sent.length < calls || oldest === undefined ? 0 : oldest + perMs;
	}
}

function waitingAdvice(retryAfter: number | undefined): string {
	const when = retryAfter === undefined ? '' : ` The service asks to wait ${Math.ceil(retryAfter / 1000)} seconds.`;
	return `The service refuses further calls.${when} It may be the quota of the account's plan: look at the usage in the account, or run the rest later. What was done before is done; the items that follow were not sent.`;
}
