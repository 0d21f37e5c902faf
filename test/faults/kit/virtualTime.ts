import { setImmediate as turn } from 'node:timers';

/**
 * How long nothing may move on the network until an open request counts as hanging: real milliseconds, and rounds of
 * turns, because on a busy machine milliseconds pass in which this process does nothing.
 */
const HANGS_AFTER = { ms: 15, rounds: 100 };
/** Turns of the event loop in which everything that is not the network comes to rest. */
const TURNS = 4;
/** Real milliseconds a run may take. */
const PATIENCE_MS = 60_000;

/**
 * A clock that stands still while something happens, and jumps to the next appointment when everybody waits for it.
 * Client and simulators live in one process, so that both go by it: pauses between attempts, time limits, and answers
 * that a simulator holds back cost no real time, while every byte still goes over a real socket.
 */
export class VirtualTime {
	/** Goes by the clock on the wall instead. */
	isReal = false;
	private time = wallTime();
	private appointments: Array<{ at: number; wake(): void }> = [];
	private openRequests = 0;
	private moved = performance.now();
	private roundsSinceMove = 0;

	now(): number {
		return this.isReal ? wallTime() : this.time;
	}

	async sleep(ms: number): Promise<void> {
		if (this.isReal) return await new Promise((wake) => void setTimeout(wake, ms).unref());
		await new Promise<void>((wake) => this.appointments.push({ at: this.time + Math.max(0, ms), wake }));
	}

	/** A request is sent. Time stands still until it is over, unless nothing moves any more. */
	requestBegins(): void {
		this.openRequests++;
		this.networkMoves();
	}

	requestEnds(): void {
		this.openRequests--;
		this.networkMoves();
	}

	networkMoves(): void {
		this.moved = performance.now();
		this.roundsSinceMove = 0;
	}

	/** Lets time pass until the work is done. */
	async run<Result>(work: Promise<Result>): Promise<Result> {
		if (this.isReal) return await work;
		const state = { isDone: false };
		const finish = (): void => void (state.isDone = true);
		work.then(finish, finish);
		const started = performance.now();
		for (;;) {
			await turns();
			if (state.isDone) return await work;
			if (performance.now() - started > PATIENCE_MS) throw new Error('The run does not come to an end');
			this.roundsSinceMove++;
			if (this.openRequests <= 0 || this.hangs()) this.jump();
		}
	}

	private hangs(): boolean {
		return performance.now() - this.moved > HANGS_AFTER.ms && this.roundsSinceMove > HANGS_AFTER.rounds;
	}

	/** Lets everything that still waits go, such as answers that nobody is there for any more. */
	async settle(): Promise<void> {
		while (this.appointments.length > 0) {
			this.jump();
			await turns();
		}
		this.openRequests = 0;
	}

	private jump(): void {
		const next = this.appointments.reduce((least, { at }) => Math.min(least, at), Infinity);
		if (next === Infinity) return;
		this.time = Math.max(this.time, next);
		const due = this.appointments.filter(({ at }) => at <= next);
		this.appointments = this.appointments.filter(({ at }) => at > next);
		for (const { wake } of due) wake();
	}
}

const wallTime = (): number => Math.floor(performance.timeOrigin + performance.now());

async function turns(): Promise<void> {
	for (let count = 0; count < TURNS; count++) await new Promise<void>((done) => void turn(() => done()));
}

/** The clock of a test file. */
export const time = new VirtualTime();
