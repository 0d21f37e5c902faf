import { InputProblem } from '../../http/errors';
import { datesAsText } from './calendar';

/**
 * Text that must be there and must fit.
 * @param field the parameter's name, for the message.
 * @param most characters (UTF-16 code units, as the vendors count).
 * @throws InputProblem
 */
export function requiredText(value: unknown, field: string, most?: number): string {
	const text = optionalText(value, field, most);
	if (text !== undefined) return text;
	throw new InputProblem(`${field} is empty`, {
		field,
		expected: 'a text',
		mend: `Fill in ${field}, or check the expression that gives it.`,
	});
}

/** Nothing, or only blanks. */
export const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** As {@link requiredText}, with `undefined` for what is empty or only blanks. */
export function optionalText(value: unknown, field: string, most?: number): string | undefined {
	const plain = datesAsText(value);
	if (plain === undefined || plain === null) return undefined;
	if (typeof plain === 'object')
		throw new InputProblem(`${field} is not a text`, { field, found: plain, expected: 'a text' });
	const text = String(plain);
	if (text.trim() === '') return undefined;
	if (most !== undefined && text.length > most) {
		throw new InputProblem(`${field} is too long`, {
			field,
			found: `${text.length} characters`,
			expected: `at most ${most}`,
			mend: 'Shorten it.',
		});
	}
	return text;
}

/** A list whose length the vendor limits. @throws InputProblem */
export function countWithin<Item>(items: readonly Item[], field: string, least: number, most: number): readonly Item[] {
	if (items.length >= least && items.length <= most) return items;
	throw new InputProblem(items.length < least ? `${field} has too few entries` : `${field} has too many entries`, {
		field,
		found: items.length,
		expected: least === most ? `${least}` : `${least} to ${most}`,
	});
}

/** One of a fixed set of values, compared without case. @throws InputProblem */
export function oneOf<Value extends string>(value: unknown, field: string, allowed: readonly Value[]): Value {
	const text = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	const found = allowed.find((candidate) => candidate.toLowerCase() === text);
	if (found !== undefined) return found;
	throw new InputProblem(`${field} has an unknown value`, {
		field,
		found: value ?? '',
		expected: `one of ${allowed.join(', ')}`,
	});
}

/** A box that is ticked or not, also in the words in which a table or an expression has it. @throws InputProblem */
export function yesOrNo(value: unknown, field: string): boolean {
	const text = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (['true', 'yes', 'on', '1'].includes(text)) return true;
	if (['false', 'no', 'off', '0'].includes(text)) return false;
	throw new InputProblem(`${field} is neither true nor false`, { field, found: value, expected: 'true or false' });
}

/**
 * An email address, roughly: one "@", something on both sides, no blanks, no control characters and no half ones, for which a
 * vendor would refuse a whole query. Signs that can't be seen, which are copied along, are left out.
 * @throws InputProblem
 */
export function emailAddress(value: unknown, field: string): string {
	const text = requiredText(value, field, 254)
		.replace(/\p{Cf}/gu, '')
		.trim();
	if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) && !/[\p{Cc}\p{Surrogate}]/u.test(text)) return text;
	throw new InputProblem(`${field} is not an email address`, {
		field,
		found: text,
		expected: 'an address such as anna@example.com',
	});
}

/** An absolute https or http address that the vendor can fetch. @throws InputProblem */
export function webAddress(value: unknown, field: string): string {
	const text = requiredText(value, field, 2048).trim();
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '')
		return url.href;
	throw new InputProblem(`${field} is not a web address`, {
		field,
		found: text,
		expected: 'an address that starts with https:// and can be opened by anybody',
	});
}
