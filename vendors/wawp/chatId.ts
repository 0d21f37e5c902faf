import { InputProblem, show } from '../../http/errors';
import type { PhoneReader } from '../shared/phone';

/** Countries whose WhatsApp numbers differ from their phone numbers (C5): Mexico's carry a 1 after the country code. */
const WHATSAPP_NUMBERS: ReadonlyArray<{ phone: RegExp; whatsApp: string }> = [
	{ phone: /^52(\d{10})$/, whatsApp: '521$1' },
];

/** A person: a phone number, or the privacy id behind which WhatsApp hides one. Groups and channels have no name of one's own. */
const PERSON = /^(\d{6,15}@c\.us|\d{5,20}@lid)$/;

/** The chat id of a phone number: `14155552671` becomes `14155552671@c.us`. */
function chatIdOfPhone(digits: string): string {
	const rule = WHATSAPP_NUMBERS.find(({ phone }) => phone.test(digits));
	return `${rule ? digits.replace(rule.phone, rule.whatsApp) : digits}@c.us`;
}

/** A chat id in the forms in which it is met. @throws InputProblem */
export function readChatId(value: unknown): string {
	const typed = typeof value === 'object' ? show(value) : String(value).trim().toLowerCase();
	// The same person, as other WhatsApp engines write it: on another server, or as one of their devices (`…:12@…`).
	const chatId = typed
		.replace(/\p{Cf}/gu, '')
		.replace(/^\+/, '')
		.replace(/:\d{1,3}(?=@)/, '')
		.replace(/@s\.whatsapp\.net$/, '@c.us');
	if (PERSON.test(chatId)) return chatId;
	throw new InputProblem('Chat ID is not the chat ID of a person', {
		field: 'Chat ID',
		found: typed,
		expected: 'digits and @c.us, such as 14155552671@c.us',
		mend: 'Groups (@g.us) and channels have no contact name. A phone number goes into Phone Number.',
	});
}

/** A privacy id doesn't tell its phone number, so it agrees with any. */
function agrees(chatId: string, ofPhone: string): boolean {
	const [digits = '', server] = chatId.split('@');
	return server === 'lid' || chatIdOfPhone(digits) === ofPhone;
}

export interface ContactAddress {
	field: 'phone' | 'chatId';
	/** As the builder knows it: `+14155552671`, or the chat id. */
	value: string;
	chatId: string;
}

/**
 * Whom an item means: by chat id, by phone number, or by both when they agree.
 * @throws InputProblem
 */
export function readAddress(
	values: { phone: unknown; chatId: unknown },
	readPhone: PhoneReader,
	country: string | undefined,
): ContactAddress {
	const typed = isEmpty(values.chatId) ? undefined : readChatId(values.chatId);
	const phone = isEmpty(values.phone) ? undefined : readPhone(values.phone, 'Phone Number', country);
	const ofPhone = phone && chatIdOfPhone(phone.digits);
	if (typed !== undefined && ofPhone !== undefined && !agrees(typed, ofPhone)) {
		throw new InputProblem('Phone Number and Chat ID mean two different people', {
			field: 'Chat ID',
			found: typed,
			expected: `${ofPhone}, as the Phone Number says`,
			mend: 'Map only one of them.',
		});
	}
	if (typed !== undefined) return { field: 'chatId', value: typed, chatId: typed };
	if (phone && ofPhone !== undefined) return { field: 'phone', value: phone.e164, chatId: ofPhone };
	throw new InputProblem('Phone Number and Chat ID are missing', {
		field: 'Phone Number',
		expected: 'one of them',
		mend: 'Map one of them, or filter out items that have neither.',
	});
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
