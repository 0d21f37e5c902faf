import fc from 'fast-check';

import { emailAddress, oneOf, optionalText, webAddress } from '../../../vendors/shared/checks';
import { utcMoment } from '../../../vendors/shared/time';
import { readEmail } from '../../../vendors/salesforce/email';
import { emailQueries, LONGEST_QUERY, soqlText } from '../../../vendors/salesforce/soql';
import { contactsByEmail, literal } from '../../../vendors/zoho/coql';
import { scheduledTime } from '../../../vendors/wati/schedule';
import { attempt, expectRefusal, property, type Property } from '../kit';
import { anyText, anyValue } from '../values';

const emails: fc.Arbitrary<unknown> = fc.oneof(
	fc.emailAddress(),
	fc
		.tuple(anyText, fc.constantFrom('@', '@@', ' @ ', ''), anyText, fc.constantFrom('.com', '.', '', '.co.uk '))
		.map((parts) => parts.join('')),
	anyValue,
);

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
/** Dates and times near and over the edges of the calendar. */
const times: fc.Arbitrary<unknown> = fc.oneof(
	fc
		.tuple(
			fc.constantFrom(0, 1, 1582, 1969, 1970, 2000, 2026, 2027, 9999),
			fc.integer({ min: 0, max: 13 }),
			fc.integer({ min: 0, max: 32 }),
			fc.integer({ min: 0, max: 25 }),
			fc.integer({ min: 0, max: 60 }),
			fc.constantFrom('', 'Z', 'z', ' Z', '+00:00', '-12:00', '+14:00', '+99:99', '+0530', '[Europe/Berlin]'),
			fc.constantFrom('T', ' ', 't'),
		)
		.map(
			([year, month, day, hour, minute, zone, between]) =>
				`${pad(year, 4)}-${pad(month)}-${pad(day)}${between}${pad(hour)}:${pad(minute)}:00${zone}`,
		),
	fc.constantFrom(
		'2026-02-31',
		'2026-02-31T10:00:00Z',
		'+275760-09-13T00:00:00Z',
		'-000001-01-01T00:00:00Z',
		'tomorrow',
		'24.12.2026',
		'1766570400',
		'2026-12-24',
	),
	anyValue,
);
const zones = fc.constantFrom(
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'Asia/Kolkata',
	'Pacific/Apia',
	'Pacific/Kiritimati',
);

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Days that don't exist are not moved into the next month. */
function expectSameDay(value: unknown, utc: string): void {
	const [, year, month, day] = (typeof value === 'string' && /^(\d{4})-(\d\d)-(\d\d)/.exec(value.trim())) || [];
	if (day === undefined) return;
	const apart = Math.abs(
		Date.UTC(Number(year), Number(month) - 1, Number(day)) - Date.parse(`${utc.slice(0, 10)}T00:00:00Z`),
	);
	if (Number(year) >= 100) expect(apart).toBeLessThanOrEqual(2 * 86_400_000);
	expect(Number(day)).toBeLessThanOrEqual(
		new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate(),
	);
}

export const textProperties: Property[] = [
	property('an email address has one @ and no blank, or is refused as Email', emails, (value) => {
		const result = attempt(() => emailAddress(value, 'Email'));
		if (!result.done) return expectRefusal(result.problem, ['Email']);
		expect(result.value).toMatch(/^[^\s@]+@[^\s@]+\.[^\s@.]+$/);
		expect(result.value.length).toBeLessThanOrEqual(254);
		expect(emailAddress(result.value, 'Email')).toBe(result.value);
	}),
	property(
		'whatever an email holds, it stays inside its quotes in a query of Salesforce',
		fc.array(emails, { minLength: 1, maxLength: 5 }),
		(values) => {
			const read = values.flatMap((value) => {
				const result = attempt(() => readEmail(value));
				if (!result.done) expectRefusal(result.problem, ['Email']);
				return result.done ? [result.value] : [];
			});
			for (const { soql, places } of emailQueries(read, ['LastName'])) {
				const list = /IN \((.*)\)$/s.exec(soql)?.[1] ?? '';
				expect(list.match(/'(?:\\.|[^'\\])*'/gs)?.join(',')).toBe(list);
				expect(list).toBe(places.map((place) => soqlText(read[place] ?? '')).join(','));
				expect(encodeURIComponent(soql).length).toBeLessThanOrEqual(LONGEST_QUERY);
			}
		},
	),
	property(
		'whatever an email holds, it stays inside its quotes in a query of Zoho',
		fc.array(anyText, { minLength: 1, maxLength: 5 }),
		(values) => {
			const query = contactsByEmail({ columns: ['id'], emails: values, offset: 0 });
			const list = query.slice(query.indexOf('(') + 1, query.lastIndexOf(')'));
			expect(list.match(/'(?:''|[^'])*'/gs)?.join(', ')).toBe(list);
			for (const value of values) expect(literal(value).slice(1, -1).replaceAll("''", "'")).toBe(value);
		},
	),
	property(
		'a text fits, or is refused by its field',
		fc.tuple(anyValue, fc.integer({ min: 0, max: 50 })),
		([value, most]) => {
			const result = attempt(() => optionalText(value, 'Body', most));
			if (!result.done) return expectRefusal(result.problem, ['Body']);
			if (result.value !== undefined) expect(result.value.length).toBeLessThanOrEqual(most);
		},
	),
	property('a choice is one of the choices, or refused by its field', anyValue, (value) => {
		const result = attempt(() => oneOf(value, 'Header', ['none', 'text', 'image']));
		if (result.done) expect(['none', 'text', 'image']).toContain(result.value);
		else expectRefusal(result.problem, ['Header']);
	}),
	property(
		'a web address can be fetched and shows no password, or is refused by its field',
		fc.oneof(
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			anyValue,
			fc
				.tuple(fc.constantFrom('https://', 'http:', 'file://', 'javascript:', '//'), anyText)
				.map((parts) => parts.join('')),
		),
		(value) => {
			const result = attempt(() => webAddress(value, 'Media URL'));
			if (!result.done) return expectRefusal(result.problem, ['Media URL']);
			const { protocol, username, password, hostname } = new URL(result.value);
			expect(protocol).toMatch(/^https?:$/);
			expect([username, password]).toEqual(['', '']);
			expect(hostname).not.toBe('');
			expect(webAddress(result.value, 'Media URL')).toBe(result.value);
		},
	),
	property(
		'a time is UTC in one form and on the day that was written, or refused by its field',
		fc.tuple(times, zones),
		([value, zone]) => {
			const result = attempt(() => utcMoment(value, 'Date', zone));
			if (!result.done) return expectRefusal(result.problem, ['Date']);
			expect(result.value).toMatch(UTC);
			expectSameDay(value, result.value);
			expect(utcMoment(result.value, 'Date', zone)).toBe(result.value);
		},
	),
	property(
		'the time of a scheduled template is in the future and on the day that was written, or refused',
		fc.tuple(times, zones),
		([value, zone]) => {
			const now = Date.UTC(2026, 10, 20);
			const result = attempt(() => scheduledTime(value, zone, now));
			if (!result.done) return expectRefusal(result.problem, ['Scheduled At']);
			expect(result.value).toMatch(UTC);
			expect(Date.parse(result.value)).toBeGreaterThan(now);
			expectSameDay(value, result.value);
			expect(scheduledTime(result.value, zone, now)).toBe(result.value);
		},
	),
];
