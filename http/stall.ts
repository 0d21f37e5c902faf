import type { AnswerStream, Transport } from './types';

/** How long an answer that is handed over as it comes may be silent. */
const LONGEST_SILENCE_MS = 60_000;

/** How often it is looked whether an answer is silent. */
const LOOK_EVERY_MS = 1_000;

type Clock = Pick<Transport, 'now' | 'sleep' | 'isCancelled'>;

/**
 * Watches an answer that somebody else reads, and breaks it off when no byte of it comes for a while, or the run is cancelled.
 * Only the time counts in which the reader waits: one that is slow itself does no harm.
 * It is no stream around the answer, because ending a composed stream before it is read ends Node.js 20.
 */
export class StallWatch {
	private waitsSince?: number;
	private silence?: Promise<typeof STALLED | undefined>;

	constructor(
		private readonly body: AnswerStream,
		private readonly clock: Clock,
	) {}

	/** The chunks as they come. @throws Stalled when they stop. */
	async *chunks(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
		const chunks = source[Symbol.asyncIterator]();
		try {
			for (;;) {
				const next = await this.during(chunks.next());
				if (next.done) return;
				yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
			}
		} finally {
			this.body.destroy?.();
		}
	}

	/** Waits for something of the answer. @throws as {@link chunks} */
	async during<Result>(wait: Promise<Result>): Promise<Result> {
		this.waitsSince = this.clock.now();
		this.silence ??= this.look();
		try {
			const result = await Promise.race([wait, this.silence]);
			if (result !== STALLED) return await wait;
			this.body.destroy?.();
			throw new Stalled();
		} finally {
			this.waitsSince = undefined;
		}
	}

	/** Looks now and then how long the present wait has lasted, because a pause can't be called off; ends when nobody waits. */
	private async look(): Promise<typeof STALLED | undefined> {
		do await this.clock.sleep(LOOK_EVERY_MS);
		while (this.waitsSince !== undefined && !this.isSilent(this.waitsSince) && !this.clock.isCancelled());
		this.silence = undefined;
		return this.waitsSince === undefined ? undefined : STALLED;
	}

	private isSilent(since: number): boolean {
		return this.clock.now() - since >= LONGEST_SILENCE_MS;
	}
}

const STALLED = Symbol('stalled');

/** No more of an answer came. */
export class Stalled extends Error {
	readonly code = 'ETIMEDOUT';

	constructor() {
		super('No more of the answer came');
	}
}
