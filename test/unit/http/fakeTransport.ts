import { setImmediate as turn } from 'node:timers/promises';

import {
	ConnectionFailure,
	type ConnectionTrouble,
	type Transport,
	type TransportRequest,
	type TransportResponse,
} from '../../../http/types';

/** What the fake vendor does with a request: an answer, or no answer at all. */
export interface Scripted {
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON. */
	body?: unknown;
	stream?: TransportResponse['body'];
	trouble?: ConnectionTrouble;
	/** Milliseconds until the answer is there. */
	takes?: number;
}

export type Vendor = (request: TransportRequest, count: number) => Scripted;

/** A vendor and a clock without a network and without waiting: time passes only while everybody waits for it. */
export class FakeTransport implements Transport {
	readonly sent: Array<{ at: number; request: TransportRequest }> = [];
	cancelled = false;
	private time = 1_000_000;
	private sleepers: Array<{ until: number; wake(): void }> = [];

	/** @param vendor a function, or answers of which the last one is repeated. */
	constructor(private readonly vendor: Vendor | Scripted[]) {}

	now(): number {
		return this.time;
	}

	isCancelled(): boolean {
		return this.cancelled;
	}

	async sleep(ms: number): Promise<void> {
		if (this.cancelled) return;
		await new Promise<void>((wake) => this.sleepers.push({ until: this.time + Math.max(0, ms), wake }));
	}

	async send(request: TransportRequest): Promise<TransportResponse> {
		this.sent.push({ at: this.time, request });
		const count = this.sent.length;
		const answer =
			typeof this.vendor === 'function'
				? this.vendor(request, count)
				: this.vendor[Math.min(count, this.vendor.length) - 1];
		if (!answer) throw new Error('The script has no answer');
		if (answer.takes) await this.sleep(answer.takes);
		if (answer.trouble) throw new ConnectionFailure(answer.trouble, 'scripted');
		return { status: answer.status ?? 200, headers: answer.headers ?? {}, body: answer.stream ?? bodyOf(answer.body) };
	}

	/** Lets time pass until the work is done. */
	async run<Result>(work: Promise<Result>): Promise<Result> {
		const done = { yet: false };
		const finish = (): void => void (done.yet = true);
		work.then(finish, finish);
		for (;;) {
			for (let quiet = 0; quiet < 3; quiet++) await turn();
			if (done.yet) return await work;
			this.wakeNext();
		}
	}

	private wakeNext(): void {
		const next = Math.min(...this.sleepers.map(({ until }) => until));
		if (!Number.isFinite(next)) return;
		this.time = Math.max(this.time, next);
		const due = this.sleepers.filter(({ until }) => until <= next);
		this.sleepers = this.sleepers.filter(({ until }) => until > next);
		for (const { wake } of due) wake();
	}
}

export function bodyOf(body: unknown): TransportResponse['body'] {
	const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
	return (async function* () {
		yield Buffer.from(text);
	})();
}

/** Answers 429 as a sliding window of `calls` in `perMs` does. */
export function limitedVendor(
	clock: () => number,
	limit: { calls: number; perMs: number; retryAfter?: 'seconds' | 'date' | 'none'; takes?: number },
): Vendor & { refusals: number[]; passes: number[] } {
	const passes: number[] = [];
	const refusals: number[] = [];
	const vendor = (): Scripted => {
		const now = clock();
		const inWindow = passes.filter((at) => at > now - limit.perMs);
		if (inWindow.length < limit.calls) {
			passes.push(now);
			return { body: { ok: true }, takes: limit.takes ?? 40 };
		}
		refusals.push(now);
		const seconds = Math.ceil(((inWindow[0] ?? now) + limit.perMs - now) / 1000);
		const hints: Record<string, Record<string, string>> = {
			none: {},
			seconds: { 'retry-after': String(seconds) },
			date: { 'retry-after': new Date(now + seconds * 1000 + 999).toUTCString() },
		};
		return { status: 429, headers: hints[limit.retryAfter ?? 'seconds'], takes: limit.takes ?? 40 };
	};
	return Object.assign(vendor, { refusals, passes });
}
