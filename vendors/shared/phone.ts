import { InputProblem } from '../../http/errors';
import type { PhoneLibrary } from './phoneLibrary';

/** A phone number as WhatsApp knows it. */
export interface Phone {
	/** Digits with country code, without `+`: `14155552671`. */
	digits: string;
	/** E.164: `+14155552671`. */
	e164: string;
}

/**
 * Reads a phone number in whatever form people write it.
 * @param country ISO 3166-1 code that completes a number without country code; unused when the number has one.
 * @param field the parameter's name, for the message.
 * @throws InputProblem when it is no possible number, or its country can't be told.
 */
export type PhoneReader = (value: unknown, field: string, country?: string) => Phone;

/** Loads the phone library when it is first needed: it is the largest part of the package. */
export async function loadPhoneReader(): Promise<PhoneReader> {
	const library = await import('./phoneLibrary');
	return (value, field, country) => readPhone(library, value, field, country);
}

/** Signs of an E.164 number, with `+`: some countries' numbering plans leave room for more digits than that. */
const LONGEST = 16;

/** The chat id of a person, or of one of their devices: a number with its country code. */
const NUMBER_ID = /^\+?(\d+)(?::\d{1,3})?@(?:c\.us|s\.whatsapp\.net)$/i;

/** Mexico's mobile numbers before 2019, still in use as WhatsApp ids: 52, then 1, then ten digits. */
const OLD_MEXICAN_MOBILE = /^521\d{10}$/;

function readPhone(library: PhoneLibrary, value: unknown, field: string, country: string | undefined): Phone {
	const text = plain(value);
	if (text === '') {
		throw new InputProblem(`${field} is empty`, {
			field,
			expected: 'a phone number with country code, such as +14155552671',
		});
	}
	const digits = text.replace(/\D/g, '');
	const international = text.startsWith('+') || text.startsWith('00');
	const withCode = text.startsWith('00') ? digits.slice(2) : digits;
	if (OLD_MEXICAN_MOBILE.test(withCode) && !/[a-z]/i.test(text)) return phone(withCode);

	const candidates = international ? [readingWithPlus(library, text)] : readingsWithoutPlus(library, text, country);
	// A number is itself when it is read again; of some impossible ones the library takes a digit away each time.
	// An "@" makes it another id: of a group, of a channel, of a person whose number WhatsApp hides (`@lid`), or an email.
	const fitting = candidates.filter(
		(candidate) =>
			candidate &&
			!text.includes('@') &&
			candidate.number.length <= LONGEST &&
			library.parsePhoneNumberFromString(candidate.number)?.number === candidate.number,
	);
	const found =
		fitting.find((candidate) => candidate?.isValid()) ??
		(international || country ? fitting.find((candidate) => candidate?.isPossible()) : undefined);
	if (found) return phone(found.number.slice(1));
	throw new InputProblem(`${field} is not a phone number with country code`, {
		field,
		found: text,
		expected: 'a number such as +14155552671',
		mend: country
			? `It was read as a number of ${country}. Check its digits, or write it with "+" and its country code.`
			: 'Write it with "+" and its country code, or set Default Country under Options.',
	});
}

function readingWithPlus(library: PhoneLibrary, text: string) {
	return library.parsePhoneNumberFromString(`+${text.replace(/^(\+|00)/, '')}`);
}

/**
 * The ways to read a number without "+", the likeliest first: of the country where one is given, unless it begins with that
 * country's own code, as WhatsApp writes its numbers; `4915112345678` would be a German number of 13 digits otherwise.
 */
function readingsWithoutPlus(library: PhoneLibrary, text: string, country: string | undefined) {
	const parse = library.parsePhoneNumberFromString;
	const code = country?.toUpperCase() ?? '';
	const national = library.isSupportedCountry(code) ? parse(text, code) : undefined;
	const international = text.startsWith('0') ? undefined : parse(`+${text}`);
	const hasOwnCode = national !== undefined && international?.countryCallingCode === national.countryCallingCode;
	return hasOwnCode ? [international, national] : [national, international];
}

/** A number without what is pasted along: signs that can't be seen, a spreadsheet's apostrophe, a link's "tel:", Twilio's "whatsapp:". */
function plain(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
	return text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^('|tel:|whatsapp:)\s*/i, '')
		.replace(NUMBER_ID, '+$1');
}

function phone(digits: string): Phone {
	return { digits, e164: `+${digits}` };
}
