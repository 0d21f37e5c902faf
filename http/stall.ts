import type { AnswerStream, Transport } from './types';

/** How long an answer that is handed over as it comes may be silent. */
export const LONGEST_SILENCE_MS = 60_000;

/** How often it is looked whether an answer is silent. */
const LOOK_EVERY_MS = 1_000;

type Clock = Pick<Transport, 'now' | 'sleep' | 'isCancelled'>;

/** A Node.js stream, as n8n's helper and axios give it. */
interface Composable {
	compose(steps: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>): AnswerStream & {
		on(event: 'close' | 'error', listener: () => void): unknown;
	};
}

/**
 * The same answer, broken off when no byte of it comes for a while; a stream stays a stream.
 * Only the time counts in which the reader waits: one that is slow itself does no harm.
 * It then fails as a connection that timed out does, and when the run is cancelled as well.
 */
export function withoutStall(body: AnswerStream, clock: Clock): AnswerStream {
	const guarded = (source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> =>
		untilStall(source, clock, () => body.destroy?.());
	if (!isComposable(body)) return Object.assign(guarded(body), { destroy: () => body.destroy?.() });
	const stream = body.compose(guarded);
	// To end the composed stream does not end what it is composed of, which would go on loading.
	stream.on('close', () => body.destroy?.());
	// A break while nobody reads must not end n8n: the reader meets it when it reads on.
	stream.on('error', () => undefined);
	return stream;
}

function isComposable(body: AnswerStream): body is AnswerStream & Composable {
	return 'compose' in body && typeof body.compose === 'function';
}

async function* untilStall(
	source: AsyncIterable<Uint8Array | string>,
	clock: Clock,
	giveUp: () => void,
): AsyncGenerator<Uint8Array> {
	const watch = new Watch(clock);
	const chunks = source[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await watch.during(chunks.next());
			if (next === STALLED) throw stalled();
			if (next.done) return;
			yield typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
		}
	} finally {
		watch.end();
		giveUp();
	}
}

const STALLED = Symbol('stalled');

const stalled = (): Error => Object.assign(new Error('No more of the answer came'), { code: 'ETIMEDOUT' });

/** Looks now and then how long the present wait has lasted, because a pause can't be called off. */
class Watch {
	private waitsSince?: number;
	private isOver = false;
	private readonly silence: Promise<typeof STALLED>;

	constructor(private readonly clock: Clock) {
		this.silence = this.look();
	}

	async during<Result>(wait: Promise<Result>): Promise<Result | typeof STALLED> {
		this.waitsSince = this.clock.now();
		try {
			return await Promise.race([wait, this.silence]);
		} finally {
			this.waitsSince = undefined;
		}
	}

	end(): void {
		this.isOver = true;
	}

	private async look(): Promise<typeof STALLED> {
		while (!this.isOver && !this.clock.isCancelled() && !this.isSilent()) await this.clock.sleep(LOOK_EVERY_MS);
		return STALLED;
	}

	private isSilent(): boolean {
		return this.waitsSince !== undefined && this.clock.now() - this.waitsSince >= LONGEST_SILENCE_MS;
	}
}
