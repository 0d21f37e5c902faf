import {
	countWithin,
	emailAddress,
	oneOf,
	optionalText,
	requiredText,
	webAddress,
	yesOrNo,
} from '../../../vendors/shared/checks';
import { utcMoment } from '../../../vendors/shared/time';
import { refusalOf } from '../../support/refusalOf';

interface Case {
	what: string;
	check: () => unknown;
	/** What comes out, or how the refusal begins. */
	gives?: unknown;
	refuses?: RegExp;
}

const day = new Date('2026-12-24T10:00:00.123Z');

const cases: Case[] = [
	{ what: 'a text', check: () => requiredText(' hello ', 'Text'), gives: ' hello ' },
	{ what: 'a number as text', check: () => requiredText(0, 'Text'), gives: '0' },
	{ what: 'a text as long as it may be', check: () => requiredText('x'.repeat(20), 'Text', 20), gives: 'x'.repeat(20) },
	{
		what: 'a text one letter too long',
		check: () => requiredText('x'.repeat(21), 'Text', 20),
		refuses: /^Text is too long: Found: "21 characters"\. Expected at most 20\./,
	},
	{
		what: 'letters of two code units',
		check: () => requiredText('😀'.repeat(11), 'Text', 20),
		refuses: /Found: "22 characters"/,
	},
	{
		what: 'blanks only',
		check: () => requiredText(' \n', 'Text'),
		refuses: /^Text is empty: Expected a text\. Fill in Text/,
	},
	{ what: 'nothing', check: () => requiredText(undefined, 'Text'), refuses: /^Text is empty/ },
	{ what: 'an object', check: () => requiredText({ a: 1 }, 'Text'), refuses: /^Text is not a text: Found: \{"a":1\}/ },
	{ what: 'an optional text that is empty', check: () => optionalText('  ', 'Text'), gives: undefined },
	{ what: 'an optional null', check: () => optionalText(null, 'Text'), gives: undefined },
	{ what: 'an optional list', check: () => optionalText(['a'], 'Text'), refuses: /^Text is not a text/ },

	...([true, 'TRUE ', 'yes', 'on', 1, '1'] as const).map((value): Case => ({
		what: `a box: ${value}`,
		check: () => yesOrNo(value, 'Dry Run'),
		gives: true,
	})),
	...([false, 'False', 'no', 'off', 0, '0'] as const).map((value): Case => ({
		what: `no box: ${value}`,
		check: () => yesOrNo(value, 'Dry Run'),
		gives: false,
	})),
	...['perhaps', '', 2, null, ['true'], {}].map((value): Case => ({
		what: `neither: ${JSON.stringify(value)}`,
		check: () => yesOrNo(value, 'Dry Run'),
		refuses: /^Dry Run is neither true nor false: .*Expected true or false\.$/,
	})),

	{ what: 'as many as there may be', check: () => countWithin([1, 2, 3], 'Buttons', 1, 3), gives: [1, 2, 3] },
	{
		what: 'too many',
		check: () => countWithin([1, 2, 3, 4], 'Buttons', 1, 3),
		refuses: /^Buttons has too many entries: Found: 4\. Expected 1 to 3\./,
	},
	{ what: 'none', check: () => countWithin([], 'Buttons', 1, 3), refuses: /^Buttons has too few entries: Found: 0\./ },
	{ what: 'not exactly', check: () => countWithin([], 'Keys', 2, 2), refuses: /Expected 2\./ },

	{ what: 'one of a list', check: () => oneOf('OPEN ', 'Status', ['open', 'solved']), gives: 'open' },
	{
		what: 'none of a list',
		check: () => oneOf('closed', 'Status', ['open', 'solved']),
		refuses: /^Status has an unknown value: Found: "closed"\. Expected one of open, solved\./,
	},
	{
		what: 'nothing of a list',
		check: () => oneOf(undefined, 'Status', ['open']),
		refuses: /^Status has an unknown value: Found: ""/,
	},

	{ what: 'an email', check: () => emailAddress(' anna@example.com ', 'Email'), gives: 'anna@example.com' },
	{
		what: 'an email with a plus',
		check: () => emailAddress('a.b+c@sub.example.co', 'Email'),
		gives: 'a.b+c@sub.example.co',
	},
	{
		what: 'an email with signs that can not be seen',
		check: () => emailAddress('\u200banna@exam\u00adple.com\ufeff', 'Email'),
		gives: 'anna@example.com',
	},
	...[
		'a\u0000@b.com',
		'a\ud800@b.com',
		'anna',
		'anna@',
		'@example.com',
		'a b@example.com',
		'a@b',
		'a@b.',
		'a@@b.com',
		'a@b.com, c@d.com',
	].map((text): Case => ({
		what: `no email: ${text}`,
		check: () => emailAddress(text, 'Email'),
		refuses: /^Email is not an email address/,
	})),
	{
		what: 'an endless email',
		check: () => emailAddress(`${'a'.repeat(250)}@b.com`, 'Email'),
		refuses: /^Email is too long/,
	},

	{
		what: 'a web address',
		check: () => webAddress(' https://example.com/a b.pdf?x=ä ', 'URL'),
		gives: 'https://example.com/a%20b.pdf?x=%C3%A4',
	},
	{ what: 'a plain web address', check: () => webAddress('http://example.com', 'URL'), gives: 'http://example.com/' },
	...[
		'example.com/a.pdf',
		'ftp://example.com/a',
		'file:///etc/passwd',
		'https://',
		'javascript:alert(1)',
		'https://me:pw@example.com/',
	].map((text): Case => ({
		what: `no web address: ${text}`,
		check: () => webAddress(text, 'URL'),
		refuses: /^URL is not a web address/,
	})),

	{ what: 'a UTC time', check: () => utcMoment('2026-12-24T10:00:00Z', 'At', 'UTC'), gives: '2026-12-24T10:00:00Z' },
	{
		what: 'a time with an offset',
		check: () => utcMoment('2026-12-24T10:00:00.5+02:00', 'At', 'UTC'),
		gives: '2026-12-24T08:00:00Z',
	},
	{ what: 'a Date', check: () => utcMoment(day, 'At', 'UTC'), gives: '2026-12-24T10:00:00Z' },
	{
		what: "n8n's own date",
		check: () => utcMoment({ toISO: () => '2026-12-24T10:00:00.000+01:00' }, 'At', 'UTC'),
		gives: '2026-12-24T09:00:00Z',
	},
	{
		what: 'an object for a time',
		check: () => utcMoment({ a: 1 }, 'At', 'UTC'),
		refuses: /^At is not a date and time/,
	},
	{
		what: 'no time',
		check: () => utcMoment('tomorrow', 'At', 'UTC'),
		refuses: /^At is not a date and time: Found: "tomorrow"/,
	},

	{
		what: 'a time without offset, in winter',
		check: () => utcMoment('2026-12-24T10:00:00', 'From', 'Europe/Berlin'),
		gives: '2026-12-24T09:00:00Z',
	},
	{
		what: 'a time without offset, in summer',
		check: () => utcMoment('2026-07-24T10:00:00', 'From', 'Europe/Berlin'),
		gives: '2026-07-24T08:00:00Z',
	},
	{
		what: 'a time with a blank and no seconds',
		check: () => utcMoment('2026-07-24 10:00', 'From', 'America/New_York'),
		gives: '2026-07-24T14:00:00Z',
	},
	{ what: 'a day alone', check: () => utcMoment('2026-07-24', 'From', 'Asia/Kolkata'), gives: '2026-07-23T18:30:00Z' },
	{
		what: 'an hour before the clocks go forward',
		check: () => utcMoment('2026-03-29T01:59:00', 'From', 'Europe/Berlin'),
		gives: '2026-03-29T00:59:00Z',
	},
	{
		what: 'an hour after the clocks went forward',
		check: () => utcMoment('2026-03-29T03:00:00', 'From', 'Europe/Berlin'),
		gives: '2026-03-29T01:00:00Z',
	},
	{
		what: 'a time that says its offset',
		check: () => utcMoment('2026-07-24T10:00:00-04:00', 'From', 'Europe/Berlin'),
		gives: '2026-07-24T14:00:00Z',
	},
	{
		what: 'a Date, whatever the zone',
		check: () => utcMoment(day, 'From', 'Asia/Tokyo'),
		gives: '2026-12-24T10:00:00Z',
	},
	{
		what: 'a day that does not exist',
		check: () => utcMoment('2026-13-01T10:00:00', 'From', 'Asia/Tokyo'),
		refuses: /^From is not a date and time/,
	},
	{
		what: 'words for a time',
		check: () => utcMoment('soon', 'From', 'Asia/Tokyo'),
		refuses: /^From is not a date and time/,
	},
];

test.each(cases.filter(({ refuses }) => !refuses))('$what', ({ check, gives }) => {
	expect(check()).toEqual(gives);
});

test.each(cases.filter(({ refuses }) => refuses))('$what is refused', ({ check, refuses = /^$/ }) => {
	const { message, description } = refusalOf(check);
	expect(`${message}: ${description}`).toMatch(refuses);
});
