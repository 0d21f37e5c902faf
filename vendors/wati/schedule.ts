import { InputProblem } from '../../http/errors';
import { datesAsText, utcText } from '../shared/calendar';
import { momentIn } from '../shared/time';

const FIELD = 'Scheduled At';
const EXPECTED =
	'a date and time such as 2026-12-24T10:00:00 (in the time zone of the workflow) or 2026-12-24T10:00:00Z';

/**
 * The time of a scheduled send as UTC ISO 8601 without fractions: `2026-12-24T10:00:00Z` (apis/wati.md, action 12).
 * @param value text, or a date of JavaScript's or n8n's own.
 * @param timeZone IANA name that completes a time without an offset.
 * @param now milliseconds; times up to then are refused, because WATI does not say what it does with them.
 * @throws InputProblem
 */
export function scheduledTime(value: unknown, timeZone: string, now: number): string {
	const plain = datesAsText(value);
	const text = typeof plain === 'string' || typeof plain === 'number' ? String(plain).trim() : '';
	if (text === '') throw new InputProblem(`${FIELD} is empty`, { field: FIELD, expected: EXPECTED });
	const time = momentIn(timeZone, text);
	if (time === undefined)
		throw new InputProblem(`${FIELD} is not a date and time`, { field: FIELD, found: text, expected: EXPECTED });
	const utc = utcText(time);
	if (time > now) return utc;
	throw new InputProblem(`${FIELD} is in the past`, {
		field: FIELD,
		found: /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text} in ${timeZone}, which is ${utc}`,
		expected: 'a time in the future',
		mend: 'To send at once, use Template > Send.',
	});
}
