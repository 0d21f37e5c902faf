import { scheduledTime } from '../../../vendors/wati/schedule';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const at = (value: unknown, timeZone = 'Europe/Berlin') => scheduledTime(value, timeZone, NOW);

/** As the dates of n8n's expressions are (Luxon). */
const luxon = { toISO: () => '2026-12-24T10:00:00.000+01:00' };

test.each([
	['in UTC', '2026-12-24T10:00:00Z', '2026-12-24T10:00:00Z'],
	['with an offset', '2026-12-24T10:00:00.123+05:30', '2026-12-24T04:30:00Z'],
	['in winter, by the workflow’s clock', '2026-12-24T10:00:00', '2026-12-24T09:00:00Z'],
	['in summer, by the workflow’s clock', '2026-07-01 10:00', '2026-07-01T08:00:00Z'],
	['a day alone, which begins at midnight', '2026-07-01', '2026-06-30T22:00:00Z'],
	['the last minute before the clocks go forward', '2026-03-29T01:59:00', '2026-03-29T00:59:00Z'],
	['skipped when the clocks go forward', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
	['after the clocks went forward', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
	['twice when the clocks go back: the first one', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
	['after the clocks went back', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
	['a Date', new Date('2026-12-24T10:00:00Z'), '2026-12-24T10:00:00Z'],
	['a date of an expression', luxon, '2026-12-24T09:00:00Z'],
])('%s: %s is sent at %s', (_what, value, utc) => {
	expect(at(value)).toBe(utc);
});

test('the zone of the workflow counts', () => {
	expect(at('2026-07-01T10:00:00', 'Asia/Kolkata')).toBe('2026-07-01T04:30:00Z');
	expect(at('2026-07-01T00:30:00', 'America/New_York')).toBe('2026-07-01T04:30:00Z');
});

test.each([
	['', /^Scheduled At is empty$/],
	[null, /^Scheduled At is empty$/],
	['tomorrow', /^Scheduled At is not a date and time$/],
	['2026-02-31T10:00:00', /^Scheduled At is not a date and time$/],
	['2026-02-28T25:00:00', /^Scheduled At is not a date and time$/],
	['24.12.2026', /^Scheduled At is not a date and time$/],
	[1798106400000, /^Scheduled At is not a date and time$/],
	['2025-12-31T23:59:59Z', /^Scheduled At is in the past$/],
	['2026-01-01T00:30:00', /^Scheduled At is in the past$/],
])('%p is refused', (value, message) => {
	expect(() => at(value)).toThrow(message);
});
