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
	const [, day, clock = '00:00'] = WITHOUT_OFFSET.exec(text) ?? [];
	if (day !== undefined) {
		const wall = parseTime(`${day}T${clock}Z`);
		return wall === undefined ? undefined : withinYears(momentAt(wall, zone));
	}
	return WITH_OFFSET.test(text) ? parseTime(text.replace(' ', 'T').replace(/\s/g, '')) : undefined;
}

/**
 * The moment at which a clock in the zone shows what a clock in UTC shows at `wall`. Looks a day before and after, for times near a
 * change of the clocks: of a time that comes twice the earlier one is meant, and one that is skipped is moved on by what is skipped.
 */
function momentAt(wall: number, zone: string): number {
	const before = wall - offsetAt(wall - DAY, zone);
	const after = wall - offsetAt(wall + DAY, zone);
	const fits = [before, after].filter((time) => time + offsetAt(time, zone) === wall);
	return fits.length > 0 ? Math.min(...fits) : before;
}

const DAY = 86_400_000;

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
