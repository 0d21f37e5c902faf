const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** First three characters of a record id, by object. */
export const KEY_PREFIX = { Contact: '003', Account: '001', User: '005', Lead: '00Q', Organization: '00D' } as const;

export type ObjectWithIds = keyof typeof KEY_PREFIX;

/** Hands out ids in rising order, 18 characters, as an org does. */
export class IdFactory {
	private readonly used = new Map<ObjectWithIds, number>();

	next(object: ObjectWithIds): string {
		const number = (this.used.get(object) ?? 0) + 1;
		this.used.set(object, number);
		return withChecksum(`${KEY_PREFIX[object]}5g${base62(number).padStart(10, '0')}`);
	}
}

/**
 * The 18-character form of an id given with 15 (case-sensitive) or 18 characters (case-insensitive thanks to the check characters);
 * `undefined` when the text has neither form.
 */
export function normalizeId(text: string): string | undefined {
	if (!/^[0-9A-Za-z]+$/.test(text)) return undefined;
	if (text.length === 15) return withChecksum(text);
	if (text.length !== 18) return undefined;
	const restored = restoreCase(text);
	return withChecksum(restored) === restored + text.slice(15).toUpperCase() ? withChecksum(restored) : undefined;
}

/** Whether the text is an id of the given object. */
export function isIdOf(object: ObjectWithIds, text: string): boolean {
	return normalizeId(text)?.startsWith(KEY_PREFIX[object]) ?? false;
}

function withChecksum(id15: string): string {
	let suffix = '';
	for (let chunk = 0; chunk < 3; chunk++) {
		let bits = 0;
		for (let i = 0; i < 5; i++) if (/[A-Z]/.test(id15[chunk * 5 + i] ?? '')) bits |= 1 << i;
		suffix += CHECK_ALPHABET[bits];
	}
	return id15 + suffix;
}

function restoreCase(id18: string): string {
	let id15 = '';
	for (let i = 0; i < 15; i++) {
		const bits = CHECK_ALPHABET.indexOf((id18[15 + Math.floor(i / 5)] ?? '').toUpperCase());
		const character = id18[i] ?? '';
		id15 += (bits >> (i % 5)) & 1 ? character.toUpperCase() : character.toLowerCase();
	}
	return id15;
}

function base62(number: number): string {
	let rest = number;
	let text = '';
	do {
		text = (ALPHABET[rest % 62] ?? '') + text;
		rest = Math.floor(rest / 62);
	} while (rest > 0);
	return text;
}
