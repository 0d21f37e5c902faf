/** So many calls in any stretch of so many milliseconds. */
interface Window {
	calls: number;
	perMs: number;
}

/** A window that may be too generous: `missing` calls that it alone allows have to pass. */
interface Trial extends Window {
	missing: number;
}

/** The vendor has shut the door: `first` is the call that has to grow old before it opens. */
interface Shut {
	first: number | undefined;
	calls: number;
}

/** Added to a learned window, because two calls may arrive closer together than they were sent. */
const JITTER_MS = 60;
/** `Retry-After` counts whole seconds: the window may be shorter than it says by so much. */
const RETRY_AFTER_ERROR_MS = 1_200;
/** A window is known well enough when its bounds are this close, as a part of it. */
const CLOSE_ENOUGH = 0.08;
/** Quiet windows before more calls are tried; doubled after each trial that was refused. */
const FIRST_REST = 4;
/** Times of calls that are kept while there is no window yet. */
const MOST_KEPT = 5_000;

/**
 * What a run has learned of a vendor's limit, in the manner of a sliding window. Pure: times come in, times go out.
 * The first refusal tells how many calls pass, the first call that passes again tells how long the window is.
 * Both may be wrong, as other runs use the same account, or as the door was tried only now and then:
 * so from time to time a shorter window, or one with more calls, is tried, more seldom each time that is refused.
 */
export class LearnedLimit {
	/** Send times of calls that were let through, or may yet be. */
	private sent: number[] = [];
	private settled?: Window;
	private trial?: Trial;
	private shut?: Shut;
	/** A window as short as this was refused. */
	private tooShortMs = 0;
	private step = 1;
	private rest = FIRST_REST;
	private quiet = 0;

	/** When the next call may be sent; 0 for "at once". */
	opensAt(): number {
		return this.openingOf(this.trial ?? this.settled);
	}

	/** @returns whether only the trial allowed this call. */
	send(at: number): boolean {
		const isDaring = this.trial !== undefined && at < this.openingOf(this.settled);
		this.sent.push(at);
		const kept = this.settled ? this.settled.calls * 4 + 100 : MOST_KEPT;
		if (this.sent.length > kept * 2) this.sent.splice(0, this.sent.length - kept);
		return isDaring;
	}

	/** A call that doesn't count, because it was refused. */
	forget(at: number): void {
		const position = this.sent.lastIndexOf(at);
		if (position >= 0) this.sent.splice(position, 1);
	}

	/** A call was refused that was not sent together with one refused before. */
	refused(at: number, isDaring: boolean): void {
		this.quiet = 0;
		if (this.trial && isDaring) return this.refute(this.trial);
		this.trial = undefined;
		this.shut ??= {
			first: this.settled ? (this.sent.at(-this.settled.calls) ?? this.sent[0]) : this.sent[0],
			calls: this.settled?.calls ?? this.sent.length,
		};
		this.tooShortMs = this.shut.first === undefined ? 0 : at - this.shut.first;
	}

	/** The first call is let through after refusals. @param wasTold whether the vendor had said when to come back. */
	reopened(at: number, wasTold: boolean): void {
		const { shut } = this;
		this.shut = undefined;
		if (shut?.first === undefined) return;
		const { first } = shut;
		const counted = this.sent.filter((time) => time >= first && time < at).length;
		this.settled = { calls: Math.max(1, Math.min(counted, shut.calls)), perMs: at - first + JITTER_MS };
		if (wasTold) this.tooShortMs = Math.max(this.tooShortMs, this.settled.perMs - RETRY_AFTER_ERROR_MS);
	}

	/** A call is let through, as expected. */
	passed(isDaring: boolean): void {
		if (this.trial) {
			if (isDaring && --this.trial.missing <= 0) this.adopt(this.trial);
		} else if (this.settled && !this.shut) {
			this.quiet++;
			if (!this.isCloseEnough(this.settled)) this.tryShorter(this.settled);
			else if (this.quiet >= this.settled.calls * this.rest) this.tryMore(this.settled);
		}
	}

	private tryShorter({ calls, perMs }: Window): void {
		if (this.quiet >= calls) this.trial = { calls, perMs: (perMs + this.tooShortMs) / 2, missing: 1 };
	}

	private tryMore({ calls, perMs }: Window): void {
		this.trial = { calls: calls + this.step, perMs, missing: this.step };
	}

	private adopt(trial: Trial): void {
		const hasMore = trial.calls > (this.settled?.calls ?? 0);
		this.step = hasMore ? this.step * 2 : 1;
		this.rest = hasMore ? 1 : this.rest;
		this.settled = { calls: trial.calls, perMs: trial.perMs };
		this.trial = undefined;
		this.quiet = 0;
	}

	private refute(trial: Trial): void {
		const isShorter = trial.perMs < (this.settled?.perMs ?? 0);
		if (isShorter) this.tooShortMs = trial.perMs;
		else this.rest = Math.max(FIRST_REST, this.rest * 2);
		this.step = 1;
		this.trial = undefined;
	}

	private openingOf(window: Window | undefined): number {
		const oldest = window && this.sent.at(-window.calls);
		return window === undefined || oldest === undefined ? 0 : oldest + window.perMs;
	}

	private isCloseEnough(window: Window): boolean {
		return window.perMs - this.tooShortMs <= window.perMs * CLOSE_ENOUGH;
	}
}
