import { asError } from './errors';
import type { TransportResponse } from './types';

/** Bytes of JSON that are read at most; a page of 100 contacts is some 200 kB. */
export const LONGEST_JSON = 32 * 1024 * 1024;

export type Answer =
	| { kind: 'json'; value: unknown }
	| { kind: 'text'; text: string }
	| { kind: 'empty' }
	| { kind: 'unreadable'; why: string; lost: boolean };

export interface ReadLimits {
	maxBytes: number;
	/** Time, as `now()` gives it, at which reading is given up. */
	until: number;
	now(): number;
}

/** Reads an answer to its end: JSON where the text is JSON, whatever the content type says. */
export async function readAnswer(response: TransportResponse, limits: ReadLimits): Promise<Answer> {
	const read = await readText(response, limits);
	if (typeof read !== 'string') return read;
	const text = read.trim();
	if (text === '') return { kind: 'empty' };
	if (!/^[[{"\dtfn-]/.test(text)) return { kind: 'text', text };
	try {
		return { kind: 'json', value: JSON.parse(text) };
	} catch {
		const claimsJson = response.headers['content-type']?.includes('json') ?? false;
		return claimsJson || /^[[{]/.test(text)
			? { kind: 'unreadable', why: 'its JSON is cut off or damaged', lost: false }
			: { kind: 'text', text };
	}
}

async function readText(response: TransportResponse, limits: ReadLimits): Promise<string | Answer> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of response.body) {
			const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
			size += bytes.length;
			const why = exceeded(size, limits);
			if (why) {
				response.body.destroy?.();
				return { kind: 'unreadable', why, lost: false };
			}
			chunks.push(bytes);
		}
	} catch (thrown) {
		return {
			kind: 'unreadable',
			why: `the connection was lost while it was read (${asError(thrown).name})`,
			lost: true,
		};
	}
	return Buffer.concat(chunks).toString('utf8');
}

function exceeded(size: number, limits: ReadLimits): string | undefined {
	if (size > limits.maxBytes) return `it is larger than ${Math.round(limits.maxBytes / 1024 / 1024)} MB`;
	if (limits.now() > limits.until) return 'it came too slowly';
	return undefined;
}

/** The vendor's words in an answer that is not JSON: short plain text, or nothing for a web page. */
export function plainText(text: string): string {
	return /^\s*</.test(text) ? '' : text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
