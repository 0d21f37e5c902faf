/**
 * Milliseconds of a time in a form that JavaScript reads; `undefined` for what is none, for a day that its month doesn't have (JavaScript
 * takes 31 February for 3 March), and for years that don't have four digits, which no vendor reads.
 */
export function parseTime(text: string): number | undefined {
	const time = withinYears(Date.parse(text));
	return hasImpossibleDay(text) ? undefined : time;
}

/** The same milliseconds; `undefined` for none, and outside of the years 0 to 9999. */
export function withinYears(time: number): number | undefined {
	return time >= FIRST && time < END ? time : undefined;
}

const FIRST = Date.parse('0000-01-01T00:00:00Z');
const END = Date.parse('9999-12-31T23:59:59.999Z') + 1;

function hasImpossibleDay(text: string): boolean {
	const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
	if (day === undefined) return false;
	const midnight = new Date(`${day}T00:00:00Z`);
	return Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day);
}

/** UTC ISO 8601 without fractions: `2026-12-24T10:00:00Z`. @param time as {@link parseTime} gives it. */
export function utcText(time: number): string {
	return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * JavaScript's dates and n8n's own (Luxon), as expressions give them, as ISO 8601. Anything else stays as it is, and so does a
 * date that was made out of nothing: an object, which no field takes.
 */
export function datesAsText(value: unknown): unknown {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString();
	return isLuxon(value) ? (value.toISO() ?? value) : value;
}

function isLuxon(value: unknown): value is { toISO(): string | null } {
	return typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
}
