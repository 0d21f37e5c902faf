import { InputProblem } from '../../http/errors';
import { parseTime, utcText, withinYears } from '../shared/calendar';

const FIELD = 'Scheduled At';
const EXPECTED =
	'a date and time such as 2026-12-24T10:00:00 (in the time zone of the workflow) or 2026-12-24T10:00:00Z';

/** ISO 8601 without an offset, with "T" or a blank between date and time; a date alone is its midnight. */
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)$/i;

/**
 * The time of a scheduled send as UTC ISO 8601 without fractions: `2026-12-24T10:00:00Z` (apis/wati.md, action 12).
 * @param value text, a Date, or anything that turns into ISO 8601 as JSON, such as n8n's own dates.
 * @param timeZone IANA name that completes a time without an offset.
 * @param now milliseconds; times up to then are refused, because WATI does not say what it does with them.
 * @throws InputProblem
 */
export function scheduledTime(value: unknown, timeZone: string, now: number): string {
	const text = asText(value);
	if (text === '') throw new InputProblem(`${FIELD} is empty`, { field: FIELD, expected: EXPECTED });
	const time = parse(text, timeZone);
	if (time === undefined)
		throw new InputProblem(`${FIELD} is not a date and time`, { field: FIELD, found: text, expected: EXPECTED });
	const utc = utcText(time);
	if (time > now) return utc;
	throw new InputProblem(`${FIELD} is in the past`, {
		field: FIELD,
		found: LOCAL.test(text) ? `${text} in ${timeZone}, which is ${utc}` : text,
		expected: 'a time in the future',
		mend: 'To send at once, use Template > Send.',
	});
}

function asText(value: unknown): string {
	const json: unknown = hasJson(value) ? value.toJSON() : value;
	return typeof json === 'string' ? json.trim() : typeof json === 'number' ? String(json) : '';
}

/** Dates, n8n's own and JavaScript's. */
function hasJson(value: unknown): value is { toJSON(): unknown } {
	return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
}

/** Milliseconds, or `undefined` for what is no time: 31 February and 25 o'clock are none. */
function parse(text: string, timeZone: string): number | undefined {
	if (WITH_OFFSET.test(text)) return parseTime(text.replace(' ', 'T').replace(/\s/g, ''));
	const [, year, month, day, hour = '00', minute = '00', second = '00'] = LOCAL.exec(text) ?? [];
	if (day === undefined) return undefined;
	const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
	const asUtc = parseTime(`${iso}Z`);
	if (asUtc === undefined || !new Date(asUtc).toISOString().startsWith(iso)) return undefined;
	return withinYears(atZone(asUtc, timeZone));
}

/**
 * The instant at which a clock in the zone shows what a clock in UTC shows at `asUtc`. The second look is for times near a change of
 * the clocks; of a time that comes twice the earlier one is meant, and one that is skipped is moved on by the hour that is skipped.
 */
function atZone(asUtc: number, timeZone: string): number {
	const before = asUtc - offsetAt(asUtc - DAY, timeZone);
	const after = asUtc - offsetAt(asUtc + DAY, timeZone);
	const fits = [before, after].filter((time) => time + offsetAt(time, timeZone) === asUtc);
	return fits.length > 0 ? Math.min(...fits) : before;
}

const DAY = 86_400_000;

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(time: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(time);
	const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
	const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
	return shown - Math.floor(time / 1000) * 1000;
}
