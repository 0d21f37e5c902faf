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
	first: number;
	calls: number;
	/** When the calls were sent that were refused first and last. */
	from: number;
	to: number;
}

/** What a call can show beyond being let through. */
export interface Dare {
	/** More than is known to be allowed: it goes alone. */
	isDaring: boolean;
	/** The window that is taken for right so far would have refused it. */
	isProof: boolean;
}

/** Added to a learned window, because two calls may arrive closer together than they were sent. */
const JITTER_MS = 60;
/** `Retry-After` counts whole seconds: the window may be shorter than it says by so much. */
const RETRY_AFTER_ERROR_MS = 1_200;
/** A window is known well enough when its bounds are this close: as a part of it, or in milliseconds. */
const CLOSE_ENOUGH = 0.08;
const CLOSE_ENOUGH_MS = 150;
/** A window that turned out so much longer was not too short: it held too many calls. */
const TOO_MUCH_LONGER = 1.3;
/** More calls are tried in a window a little longer, so that a refusal is not one of calls long before. */
const A_LITTLE_LONGER = 1.06;
/** Quiet windows after more calls were refused, before more are tried again; doubled each time. */
const FIRST_REST = 16;
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
	/** How many calls passed before the first refusal, which may have been owed to what was sent before this run. */
	private expected?: number;
	private step = 1;
	private rest = 1;
	private quiet = 0;

	/** When the next call may be sent; 0 for "at once". */
	opensAt(): number {
		return this.openingOf(this.trial ?? this.settled);
	}

	/** A call is sent. @returns what it can show. */
	send(at: number): Dare {
		const { settled, trial } = this;
		const age = settled ? at - (this.sent.at(-settled.calls) ?? -Infinity) : Infinity;
		const isDaring = trial ? at < this.openingOf(settled) : !settled && this.sent.length >= (this.expected ?? Infinity);
		const hasMore = trial !== undefined && trial.calls > (settled?.calls ?? 0);
		const isProof =
			trial !== undefined && isDaring && (hasMore ? age < this.tooShortMs : age <= trial.perMs + 2 * JITTER_MS);
		this.sent.push(at);
		const kept = settled ? settled.calls * 4 + 100 : MOST_KEPT;
		if (this.sent.length > kept * 2) this.sent.splice(0, this.sent.length - kept);
		return { isDaring, isProof };
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
		const first = (this.settled && this.sent.at(-this.settled.calls)) ?? this.sent[0];
		if (this.shut) this.shut.to = at;
		else if (first !== undefined)
			this.shut = { first, calls: this.settled?.calls ?? this.sent.length, from: at, to: at };
	}

	/** The first call is let through after refusals. @param wasTold whether the vendor had said when to come back. */
	reopened(at: number, wasTold: boolean): void {
		const { shut, settled } = this;
		this.shut = undefined;
		if (!shut) return;
		if (wasTold && !settled && this.expected === undefined)
			return this.startAfresh(at, this.countBetween(shut.first, at));
		const perMs = at - shut.first + JITTER_MS;
		if (settled && perMs > settled.perMs * TOO_MUCH_LONGER) {
			settled.calls = Math.max(1, this.countBetween(shut.from - settled.perMs + 1, shut.from));
			return;
		}
		this.settled = { calls: Math.max(1, Math.min(this.countBetween(shut.first, at), shut.calls)), perMs };
		this.tooShortMs = shut.to - shut.first;
		if (wasTold) this.tooShortMs = Math.max(this.tooShortMs, perMs - RETRY_AFTER_ERROR_MS);
	}

	/** A call is let through, as expected. */
	passed({ isProof }: Dare): void {
		if (this.trial) {
			if (isProof && --this.trial.missing <= 0) this.adopt(this.trial);
		} else if (this.settled && !this.shut) {
			this.quiet++;
			if (!this.isCloseEnough(this.settled)) this.tryShorter(this.settled);
			else if (this.quiet >= this.settled.calls * this.rest) this.tryMore(this.settled);
		}
	}

	/** Where waiting is cheap, a second refusal is awaited, carefully from where it is expected. */
	private startAfresh(at: number, expected: number): void {
		this.expected = expected;
		this.sent = [at];
	}

	private tryShorter({ calls, perMs }: Window): void {
		if (this.quiet >= calls) this.trial = { calls, perMs: (perMs + this.tooShortMs) / 2, missing: 1 };
	}

	private tryMore({ calls, perMs }: Window): void {
		this.trial = { calls: calls + this.step, perMs: perMs * A_LITTLE_LONGER, missing: this.step };
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
		const isShorter = trial.calls <= (this.settled?.calls ?? 0);
		if (isShorter) this.tooShortMs = trial.perMs;
		else this.rest = Math.max(FIRST_REST, this.rest * 2);
		if (!isShorter && this.settled) this.settled.calls = trial.calls - trial.missing;
		this.step = 1;
		this.trial = undefined;
	}

	private openingOf(window: Window | undefined): number {
		const oldest = window && this.sent.at(-window.calls);
		return window === undefined || oldest === undefined ? 0 : oldest + window.perMs;
	}

	private countBetween(from: number, before: number): number {
		return this.sent.filter((time) => time >= from && time < before).length;
	}

	private isCloseEnough(window: Window): boolean {
		return window.perMs - this.tooShortMs <= Math.max(window.perMs * CLOSE_ENOUGH, CLOSE_ENOUGH_MS);
	}
}
