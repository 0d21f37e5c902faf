import { asError } from './errors';
import type { Transport, TransportResponse } from './types';

/** Bytes of JSON that are read at most; a page of 100 contacts is some 200 kB. */
export const LONGEST_JSON = 32 * 1024 * 1024;
/** Bytes of a refusal. */
export const LONGEST_REFUSAL = 1024 * 1024;
/** How deep JSON may be nested; answers of vendors have some ten levels, and what lies deeper can't be stored by n8n. */
const MOST_LEVELS = 100;
/** Characters of a vendor's own words in a message. */
export const LONGEST_WORDS = 300;

/** How often it is looked whether a silent answer has used up its time. */
const LOOK_EVERY_MS = 1_000;

export type Answer = { kind: 'json'; value: unknown } | { kind: 'text'; text: string } | { kind: 'empty' } | Unreadable;

interface Unreadable {
	kind: 'unreadable';
	why: string;
	lost: boolean;
}

export interface ReadLimits {
	maxBytes: number;
	/** Time, as the clock gives it, at which reading is given up, also when nothing comes at all. */
	until: number;
	clock: Pick<Transport, 'now' | 'sleep' | 'isCancelled'>;
	/** Takes out of the text what must not be shown. */
	clean?(text: string): string;
}

/** Reads an answer to its end: JSON where the text is JSON, whatever the content type says. */
export async function readAnswer(response: TransportResponse, limits: ReadLimits): Promise<Answer> {
	const read = await readText(response, limits);
	if (typeof read !== 'string') return read;
	const text = (limits.clean?.(read) ?? read).trim();
	if (text === '') return { kind: 'empty' };
	if (!/^[[{"\dtfn-]/.test(text)) return { kind: 'text', text };
	try {
		const value: unknown = JSON.parse(text);
		return isDeeper(value, MOST_LEVELS)
			? { kind: 'unreadable', why: 'its JSON is nested too deeply', lost: false }
			: { kind: 'json', value };
	} catch {
		const claimsJson = response.headers['content-type']?.includes('json') ?? false;
		return claimsJson || /^[[{]/.test(text)
			? { kind: 'unreadable', why: 'its JSON is cut off or damaged', lost: false }
			: { kind: 'text', text };
	}
}

/** Whether objects and lists lie inside one another in more than so many levels; looks no deeper than that. */
export function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** An answer's text, or why it can't be had. `lost`: the connection did not bring it to its end. */
export async function readText(response: TransportResponse, limits: ReadLimits): Promise<string | Unreadable> {
	const watch = startWatch(limits);
	const chunks: Uint8Array[] = [];
	let size = 0;
	const giveUp = (why: string, lost: boolean): Unreadable => {
		response.body.destroy?.();
		return { kind: 'unreadable', why, lost };
	};
	try {
		const body = response.body[Symbol.asyncIterator]();
		for (;;) {
			const next = await Promise.race([body.next(), watch.timeIsUp]);
			if (next === TOO_SLOW) return giveUp('it came too slowly', true);
			if (next.done) return Buffer.concat(chunks).toString('utf8');
			const bytes = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
			chunks.push(bytes);
			size += bytes.length;
			if (size > limits.maxBytes) return giveUp(`it is larger than ${Math.ceil(limits.maxBytes / 1024)} kB`, false);
		}
	} catch (thrown) {
		return giveUp(`the connection was lost while it was read (${asError(thrown).name})`, true);
	} finally {
		watch.stop();
	}
}

const TOO_SLOW = Symbol('too slow');

/** Resolves when the time is up, or the run was cancelled; looks now and then, because a pause can't be called off. */
function startWatch({ until, clock }: ReadLimits): { timeIsUp: Promise<typeof TOO_SLOW>; stop(): void } {
	let isOver = false;
	const watch = async (): Promise<typeof TOO_SLOW> => {
		while (!isOver && clock.now() < until && !clock.isCancelled()) {
			await clock.sleep(Math.min(LOOK_EVERY_MS, until - clock.now()));
		}
		return TOO_SLOW;
	};
	return { timeIsUp: watch(), stop: () => (isOver = true) };
}

/** The vendor's words in an answer that is not JSON: short plain text, or nothing for a web page. */
export function plainText(text: string): string {
	return /^\s*</.test(text) ? '' : text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_WORDS);
}
