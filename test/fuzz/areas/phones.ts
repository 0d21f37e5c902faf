import fc from 'fast-check';

import type { Phone } from '../../../vendors/shared/phone';
import { readAddress } from '../../../vendors/wawp/chatId';
import { attempt, expectRefusal, property, type Property } from '../kit';
import { anyText, anyValue } from '../values';
import { readPhone } from '../readPhone';

const FIELD = 'Phone Number';
const country = fc.option(fc.constantFrom('US', 'DE', 'MX', 'BR', 'IN', 'AR', 'IT', 'CI', 'XX', '', '__proto__'), {
	nil: undefined,
});

const separator = fc.constantFrom('', ' ', '-', '.', '(', ') ', '\u00a0', '/', '\u202a', '–', ' ext. ', ';', ',', 'x');
const start = fc.constantFrom('', '+', '00', '0', '++', 'tel:', "'+", '\u202a+', '＋', '+ ', '+0');
/** Digits with what people put around and between them. */
const written = fc
	.tuple(
		start,
		fc.array(fc.tuple(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 6 }), separator), {
			maxLength: 5,
		}),
	)
	.map(([before, groups]) => before + groups.flat().join(''));
/** Digits of a kind that is in use somewhere. */
const plausible = fc
	.tuple(
		fc.constantFrom(
			'+1',
			'+49',
			'+52',
			'+521',
			'+54',
			'+549',
			'+55',
			'+91',
			'+39',
			'+225',
			'+44',
			'+86',
			'+7',
			'1',
			'49',
			'0049',
			'521',
		),
		fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 15 }),
	)
	.map((parts) => parts.join(''));
export const phones: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 3, arbitrary: plausible },
	{ weight: 3, arbitrary: written },
	{ weight: 1, arbitrary: fc.double() },
	{ weight: 1, arbitrary: fc.integer({ min: 0, max: 999_999_999_999_999 }) },
	{ weight: 2, arbitrary: anyValue },
);

function expectPhone({ digits, e164 }: Phone): void {
	expect(e164).toBe(`+${digits}`);
	// E.164 has at most 15 digits, and none begins with 0.
	expect(digits).toMatch(/^[1-9]\d{5,14}$/);
}

const read = (value: unknown, of?: string) => attempt(() => readPhone(value, FIELD, of));

export const phoneProperties: Property[] = [
	property(
		'a phone number is read as 6 to 15 digits, or refused by its name',
		fc.tuple(phones, country),
		([value, of]) => {
			const result = read(value, of);
			if (result.done) expectPhone(result.value);
			else expectRefusal(result.problem, [FIELD]);
		},
	),
	property(
		'a phone number that was read is read as the same again, whatever the default country',
		fc.tuple(phones, country, country),
		([value, of, later]) => {
			const result = read(value, of);
			if (!result.done) return;
			expect(read(result.value.e164, later)).toEqual(result);
			expect(read(`00${result.value.digits}`, later)).toEqual(result);
		},
	),
	property(
		'signs between the digits and letters around them never become digits',
		fc.tuple(plausible, anyText),
		([digits, junk]) => {
			const result = read(digits + junk.normalize('NFKC').replace(/\p{N}/gu, ''));
			if (result.done) expect(result.value.digits.length).toBeLessThanOrEqual(digits.length);
		},
	),
	property(
		'a person at Wawp is found by one chat ID, from a phone number and from that chat ID again',
		fc.tuple(phones, country),
		([value, of]) => {
			const address = attempt(() => readAddress({ phone: value, chatId: undefined }, readPhone, of));
			if (!address.done) return expectRefusal(address.problem, [FIELD]);
			const { chatId } = address.value;
			expect(chatId).toMatch(/^\d{6,15}@c\.us$/);
			const again = readAddress({ phone: value, chatId }, readPhone, of);
			expect(again.chatId).toBe(chatId);
		},
	),
	property('a chat ID is a person of WhatsApp, or refused by its name', anyValue, (value) => {
		const address = attempt(() => readAddress({ phone: undefined, chatId: value }, readPhone, undefined));
		if (address.done) expect(address.value.chatId).toMatch(/^(\d{6,15}@c\.us|\d{5,20}@lid)$/);
		else expectRefusal(address.problem, ['Chat ID', FIELD]);
	}),
];
