import { loadPhoneReader, type PhoneReader } from '../../../vendors/shared/phone';
import { refusalOf } from '../../support/refusalOf';

let read: PhoneReader;
beforeAll(async () => void (read = await loadPhoneReader()));

describe('numbers with a country code', () => {
	test.each<[unknown, string]>([
		['+14155552671', '14155552671'],
		['14155552671', '14155552671'],
		[14155552671, '14155552671'],
		['+1 (415) 555-2671', '14155552671'],
		['+49 (0) 151 12345678', '4915112345678'],
		['00201001234567', '201001234567'],
		['+20 100 123 4567', '201001234567'],
		['5511912345678', '5511912345678'],
		['+55 11 91234-5678', '5511912345678'],
		['+39 06 1234 5678', '390612345678'],
		// Shared +44: the country is Guernsey, and that does not matter.
		['+447911123456', '447911123456'],
		// Possible, not valid (555): taken where the code is written out.
		['+1 555 123 4567', '15551234567'],
		// Mexico before 2019, which WhatsApp still uses; Argentina's mobiles keep their 9.
		['+52 1 55 1234 5678', '5215512345678'],
		['5215512345678', '5215512345678'],
		['+52 55 1234 5678', '525512345678'],
		['+54 9 11 2345-6789', '5491123456789'],
		// An extension is not part of a WhatsApp number.
		['+1 415 555 2671 ext. 5', '14155552671'],
		['+1 415 555 2671 x5', '14155552671'],
		// What is pasted along.
		['\u202a+14155552671\u202c', '14155552671'],
		['\u200e+1\u00a0415\u00a0555\u00a02671', '14155552671'],
		["'+14155552671", '14155552671'],
		['tel:+1-415-555-2671', '14155552671'],
		['whatsapp:+14155552671', '14155552671'],
		['\uff0b\uff11\uff14\uff11\uff15\uff15\uff15\uff15\uff12\uff16\uff17\uff11', '14155552671'],
		['14155552671@c.us', '14155552671'],
		['14155552671:12@s.whatsapp.net', '14155552671'],
	])('%j is %s', (value, digits) => {
		expect(read(value, 'Phone Number')).toEqual({ digits, e164: `+${digits}` });
	});
});

test.each(['4915112345678@lid', '14155552671@newsletter', '4915112345678-1434534534@g.us', 'a+14155552671@b.example'])(
	"%j is nobody's number, with and without Default Country",
	(value) => {
		for (const country of [undefined, 'DE'])
			expect(() => read(value, 'Phone Number', country)).toThrow('Phone Number is not a phone number');
	},
);

describe('numbers without one, where Default Country is set', () => {
	test.each([
		// A chat id has its country code already.
		['14155552671@c.us', 'DE', '14155552671'],
		['14155552671@s.whatsapp.net', 'DE', '14155552671'],
		['0151 12345678', 'de', '4915112345678'],
		['(415) 555-2671', 'US', '14155552671'],
		['4155552671', 'US', '14155552671'],
		['01001234567', 'EG', '201001234567'],
		['00201001234567', 'EG', '201001234567'],
		['966500000000', 'SA', '966500000000'],
		['0500000000', 'SA', '966500000000'],
		['07911123456', 'GB', '447911123456'],
		['5512345678', 'MX', '525512345678'],
		['5215512345678', 'MX', '5215512345678'],
		['91123456789', 'AR', '5491123456789'],
		['0 6 1234 5678', 'IT', '390612345678'],
		['0151 12345678', 'DE', '4915112345678'],
		['9876543210', 'IN', '919876543210'],
		['51999998888', 'BR', '5551999998888'],
		['011 44 7911 123456', 'US', '447911123456'],
		['\u0660\u0661\u0660\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667', 'EG', '201001234567'],
		// With the country's own code, as WhatsApp writes it.
		['4915112345678', 'DE', '4915112345678'],
		['14155552671', 'US', '14155552671'],
		['919876543210', 'IN', '919876543210'],
		['5511912345678', 'BR', '5511912345678'],
		['393401234567', 'IT', '393401234567'],
		// With "+" the default does not matter, nor does a country that does not exist.
		['+4915112345678', 'US', '4915112345678'],
		['+4915112345678', 'XX', '4915112345678'],
	])('%j in %s is %s', (value, country, digits) => {
		expect(read(value, 'Phone Number', country).digits).toBe(digits);
	});
});

describe('what is refused', () => {
	test.each<[unknown, string | undefined]>([
		['4155552671', undefined],
		['2025550123', undefined],
		['01001234567', undefined],
		['15551234567', undefined],
		['4155552671', 'XX'],
		['5555', 'US'],
		['+123', undefined],
		['+99999999999999999', undefined],
		['+14155552671, +14155552672', undefined],
		['1.41556E+10', undefined],
		[1.41556e21, undefined],
		['anna@example.com', undefined],
		['+1-800-FLOWERS', undefined],
		['junk', undefined],
		['+', undefined],
	])('%j (Default Country %s), with the field, what was found and what to do', (value, country) => {
		const refusal = refusalOf(() => read(value, 'Phone Number', country));
		expect(refusal.message).toBe('Phone Number is not a phone number with country code');
		expect(refusal.description).toMatch(/^Found: ".*"\. Expected a number such as \+14155552671\. /);
		expect(refusal.description).toContain(country ?? 'set Default Country');
	});

	test.each(['', '  ', '\u200b', null, undefined, {}, [], true])('%j is empty', (value) => {
		expect(() => read(value, 'Phone Number')).toThrow('Phone Number is empty');
	});
});
