import { fieldValue, type WritableField } from '../../../vendors/shared/contactField';
import { refusalOf } from '../../support/refusalOf';
import { theField } from './theField';

/** As `{{ $now }}` gives it. */
const luxon = { toISO: () => '2026-02-28T23:30:00.000+02:00' };
const stages = [
	{ value: 'new', label: 'New' },
	{ value: 'won', label: 'Won' },
];

describe('a mapped value becomes what its field can hold', () => {
	test.each<[string, Partial<WritableField>, unknown, unknown]>([
		['text as it is', {}, ' Anna ', ' Anna '],
		['a number in a text field', {}, 4711, '4711'],
		['an empty text', {}, '', null],
		['nothing', {}, undefined, null],
		['a number as text', { type: 'number' }, ' 12.5 ', 12.5],
		['a ticked box as text', { type: 'boolean' }, 'Yes', true],
		['an unticked box as a number', { type: 'boolean' }, 0, false],
		['a day', { type: 'date' }, '2026-02-28', '2026-02-28'],
		['the day of a point in time', { type: 'date' }, '2026-02-28T23:59:00+02:00', '2026-02-28'],
		['a date object', { type: 'dateTime' }, new Date('2026-02-28T10:00:00Z'), '2026-02-28T10:00:00.000Z'],
		['a date object in a text field', {}, new Date('2026-02-28T10:00:00Z'), '2026-02-28T10:00:00.000Z'],
		["n8n's own date in a text field", {}, luxon, '2026-02-28T23:30:00.000+02:00'],
		["the day of n8n's own date", { type: 'date' }, luxon, '2026-02-28'],
		["n8n's own date", { type: 'dateTime' }, luxon, '2026-02-28T21:30:00.000Z'],
		['a point in time with an offset', { type: 'dateTime' }, '2026-02-28T10:00:00+02:00', '2026-02-28T08:00:00.000Z'],
		[
			'a point in time without an offset, where no zone is given',
			{ type: 'dateTime' },
			'2026-02-28 10:00',
			'2026-02-28T10:00:00.000Z',
		],
		['a choice by its value', { options: stages, restricted: true }, 'won', 'won'],
		['a choice by what people read', { options: stages, restricted: true }, 'Won', 'won'],
		['a new choice where the vendor takes any', { options: stages }, 'lost', 'lost'],
		['several choices as text', { type: 'list', options: stages, restricted: true }, 'New; Won', ['new', 'won']],
		['several choices as JSON text', { type: 'list', options: stages }, ' ["New", "won"] ', ['new', 'won']],
		['a choice that begins like JSON', { type: 'list' }, '[vip];new', ['[vip]', 'new']],
		['an empty list in a text field', {}, [], null],
		['an empty list of choices', { type: 'list', options: stages }, [], null],
		['several choices as a list', { type: 'list', options: stages }, ['won'], ['won']],
	])('%s', (_, type, value, expected) => {
		expect(fieldValue(theField(type), value)).toEqual(expected);
	});
});

test.each([
	['2026-12-24T10:00:00', '2026-12-24T09:00:00.000Z'],
	['2026-07-24 10:00', '2026-07-24T08:00:00.000Z'],
	['2026-12-24', '2026-12-23T23:00:00.000Z'],
	['2026-12-24T10:00:00Z', '2026-12-24T10:00:00.000Z'],
])('%s in Berlin is %s', (value, expected) => {
	expect(fieldValue(theField({ type: 'dateTime' }), value, 'Europe/Berlin')).toBe(expected);
});

describe('a value that its field cannot hold is refused by the label of the field', () => {
	test.each<[string, Partial<WritableField>, unknown, RegExp]>([
		['an object in a text field', {}, { a: 1 }, /Expected a text/],
		['a date made out of nothing in a text field', {}, new Date('x'), /Expected a text/],
		["n8n's own date made out of nothing", { type: 'date' }, { toISO: () => null }, /Expected a date/],
		['a text that is too long', { maxLength: 3 }, 'Anna', /Found: "4 characters"\. Expected at most 3/],
		['a word in a number field', { type: 'number' }, 'many', /Found: "many"\. Expected a number/],
		['blanks in a number field', { type: 'number' }, '  ', /Expected a number/],
		['infinity', { type: 'number' }, Infinity, /Expected a number/],
		['a fraction in a field of whole numbers', { type: 'number', integer: true }, 1.5, /Expected a whole number/],
		['maybe', { type: 'boolean' }, 'maybe', /Expected true or false/],
		['a day that does not exist', { type: 'date' }, '2026-02-30', /Expected a date/],
		['a day in another notation', { type: 'date' }, '28.02.2026', /Expected a date/],
		['a time without a day', { type: 'dateTime' }, '10:00', /Expected a date and time/],
		['an unknown choice', { options: stages, restricted: true }, 'lost', /Expected one of New, Won/],
		[
			'an unknown choice among several',
			{ type: 'list', options: stages, restricted: true },
			'New;lost',
			/Found: "lost"/,
		],
	])('%s', (_, type, value, said) => {
		const refusal = refusalOf(() => fieldValue(theField(type), value));
		expect(refusal.message).toContain('The Field');
		expect(refusal.description).toMatch(said);
		expect(refusal.field).toBe('The Field');
	});
});
