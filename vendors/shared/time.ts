import { InputProblem } from '../../http/errors';
import { datesAsText, parseTime, utcText, withinYears } from './calendar';
import { requiredText } from './checks';

/** A time as n8n's date picker gives it: without an offset, so that only the workflow's time zone says which moment it is. */
const WITHOUT_OFFSET = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/;

/**
 * A moment as UTC ISO 8601 without fractions: `2026-12-24T10:00:00Z`.
 * @param zone IANA name of the time zone that a time without an offset is in, such as `Europe/Berlin`.
 * @throws InputProblem
 */
export function utcMoment(value: unknown, field: string, zone: string): string {
	const plain = datesAsText(value);
	const text = typeof plain === 'object' && plain !== null ? '' : requiredText(plain, field).trim();
	const time = momentIn(zone, text);
	if (time !== undefined) return utcText(time);
	throw new InputProblem(`${field} is not a date and time`, {
		field,
		found: plain,
		expected: 'a date and time such as 2026-12-24T10:00:00Z',
	});
}

/** ISO 8601 with its offset. Other forms are not guessed: 1.2.2026 is January to JavaScript, and 5 is May 2001. */
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$/i;

/** Milliseconds of a time as text, in the zone where it names no offset; `undefined` for what is no time. */
export function momentIn(zone: string, text: string): number | undefined {
	const wall = WITHOUT_OFFSET.exec(text);
	if (wall) return momentOfWallClock(`${wall[1] ?? ''}T${wall[2] ?? '00:00'}Z`, zone);
	return WITH_OFFSET.test(text) ? parseTime(text) : undefined;
}

/** Two rounds, because the offset that holds at the first guess may be the one before a change of the clocks. */
function momentOfWallClock(wallAsUtc: string, zone: string): number | undefined {
	const wall = parseTime(wallAsUtc);
	if (wall === undefined) return undefined;
	const guess = wall - offsetAt(wall, zone);
	return withinYears(wall - offsetAt(guess, zone));
}

/** Milliseconds that a zone's clock is ahead of UTC at a moment. */
function offsetAt(moment: number, zone: string): number {
	const parts = new Map(
		clockOf(zone)
			.formatToParts(moment)
			.map(({ type, value }) => [type, Number(value)]),
	);
	const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
	const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
	return shown - Math.floor(moment / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept, because a batch of items would make thousands of them. */
function clockOf(zone: string): Intl.DateTimeFormat {
	const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...CLOCK, timeZone: zone });
	clocks.set(zone, clock);
	return clock;
}

const CLOCK = {
	hourCycle: 'h23',
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: 'numeric',
	second: 'numeric',
} as const;
