import { RequestError } from './errors';
import { LearnedLimit, type Dare } from './learnedLimit';
import { pauseBefore, type RetryLimits } from './retryTable';
import type { Transport } from './types';

/** One call's leave to be sent; it has to be given back, whatever became of the call. */
export interface Leave {
	/** Counts the calls of the run. */
	readonly number: number;
	/** When the call was sent, as the transport's clock gives it. */
	readonly sentAt: number;
	/** Whether it was sent to try if the vendor takes more than is known. */
	readonly dare: Dare;
}

/** After a refusal, and where more is dared than is known to be allowed, one call goes ahead; the others wait for what becomes of it. */
interface Probe {
	leave: Leave;
	answered: Promise<void>;
	answer(): void;
}

/** Refusals in a row, without one call let through. */
interface Refusals {
	count: number;
	since: number;
	/** Number of the last call that was sent before the last of them came: it and those before it say nothing new. */
	upTo: number;
	/** Whether the vendor says when to come back. */
	told: boolean;
}

/** Calls in progress at one time while little is known: all of them may be refused when the first one is. */
const OPENING = 5;
/** One more may be in progress for so many that were not refused. */
const PASSED_FOR_ONE_MORE = 2;

/**
 * The pace of one connection, shared by all calls of a run.
 * It knows no limit beforehand: it begins with few calls at a time, the first refusal teaches it, and calls keep to what was learned (see {@link LearnedLimit}).
 * A connection that stays refused for longer than the budget, or is told to come back later than that, is at the end of
 * a quota: the run stops asking.
 */
export class Pacer {
	private readonly learned = new LearnedLimit();
	private refusals?: Refusals;
	private closedUntil = 0;
	private calls = 0;
	private probe?: Probe;
	private end?: RequestError;
	private turn: Promise<unknown> = Promise.resolve();
	private inProgress = 0;
	private notRefused = 0;
	private cameBack = newSignal();

	constructor(
		private readonly transport: Transport,
		private readonly limits: RetryLimits,
		private readonly quotaText: string,
	) {}

	/** Resolves when the next call may be sent; calls pass in the order in which they came. @throws RequestError */
	async enter(): Promise<Leave> {
		const mine = this.turn.then(async () => await this.waitForOpening());
		this.turn = mine.catch(() => undefined);
		return await mine;
	}

	/** The vendor took the call, whatever it answered. */
	passed(leave: Leave): void {
		this.notRefused++;
		if (this.refusals && leave.number > this.refusals.upTo) {
			this.learned.reopened(leave.sentAt, this.refusals.told);
			this.refusals = undefined;
		} else {
			this.learned.passed(leave.dare);
		}
		this.giveBack(leave);
	}

	/** Nothing is known of how the vendor took the call. */
	lost(leave: Leave): void {
		this.notRefused++;
		this.giveBack(leave);
	}

	/** The vendor refused the call as one too many. @throws RequestError when waiting has no sense any more. */
	refused(leave: Leave, retryAfter: number | undefined): void {
		this.learned.forget(leave.sentAt);
		const isNews = this.refusals === undefined || leave.number > this.refusals.upTo;
		try {
			if (isNews) this.close(leave, retryAfter);
		} finally {
			this.giveBack(leave);
		}
	}

	private close(leave: Leave, retryAfter: number | undefined): void {
		const now = this.transport.now();
		this.learned.refused(leave.sentAt, leave.dare.isDaring);
		const count = (this.refusals?.count ?? 0) + 1;
		this.refusals = { count, since: this.refusals?.since ?? now, upTo: this.calls, told: retryAfter !== undefined };
		const pause = this.pauseFor(count, now, retryAfter);
		if (now - this.refusals.since + pause > this.limits.rateLimitBudgetMs) {
			this.end = new RequestError('quotaUsedUp', this.quotaText, {
				status: 429,
				retryAfterMs: retryAfter,
				description: waitingAdvice(retryAfter),
			});
			throw this.end;
		}
		this.closedUntil = now + pause;
	}

	/**
	 * What the vendor says; where that did not help, or it says nothing, longer each time, but not past a known opening.
	 * Longer than after trouble of the server: a limit by the second is over by then, and one by the minute is not asked so often.
	 */
	private pauseFor(count: number, now: number, retryAfter: number | undefined): number {
		if (count === 1 && retryAfter !== undefined) return retryAfter;
		const known = this.learned.opensAt() - now;
		if (count === 1 && known > 0) return known;
		return Math.max(retryAfter ?? 0, pauseBefore(count + 1, this.limits));
	}

	private async waitForOpening(): Promise<Leave> {
		for (;;) {
			if (this.end) throw this.end;
			if (this.transport.isCancelled()) break;
			const wait = Math.max(this.closedUntil, this.learned.opensAt()) - this.transport.now();
			if (wait > 0) await this.transport.sleep(wait);
			else if (this.probe) await this.probe.answered;
			else if (this.inProgress >= this.room()) await this.cameBack.given;
			else break;
		}
		this.inProgress++;
		const sentAt = this.transport.now();
		const leave: Leave = { number: ++this.calls, sentAt, dare: this.learned.send(sentAt) };
		if (this.refusals || leave.dare.isDaring) this.probe = newProbe(leave);
		return leave;
	}

	private room(): number {
		return Math.max(OPENING, this.notRefused / PASSED_FOR_ONE_MORE);
	}

	private giveBack(leave: Leave): void {
		this.inProgress--;
		this.cameBack.give();
		this.cameBack = newSignal();
		if (this.probe?.leave !== leave) return;
		this.probe.answer();
		this.probe = undefined;
	}
}

function newProbe(leave: Leave): Probe {
	const { given, give } = newSignal();
	return { leave, answered: given, answer: give };
}

function newSignal(): { given: Promise<void>; give(): void } {
	let give = (): void => undefined;
	const given = new Promise<void>((resolve) => {
		give = resolve;
	});
	return { given, give };
}

function waitingAdvice(retryAfter: number | undefined): string {
	const when = retryAfter === undefined ? '' : ` The service asks to wait ${Math.ceil(retryAfter / 1000)} seconds.`;
	return `The service refuses further calls.${when} It may be the quota of the account's plan: look at the usage in the account, or run the rest later. What was done before is done; the items that follow were not sent.`;
}
