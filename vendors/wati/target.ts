import { asError, InputProblem } from '../../http/errors';
import type { PhoneReader } from '../shared/phone';

/** The ways of saying whom a call is about (apis/wati.md, section 2). */
export type TargetMode = 'phone' | 'contactId' | 'channelPhone' | 'bsuid' | 'conversationId';

export interface TargetInput {
	mode: TargetMode;
	value: unknown;
	/** The calls that it is for. */
	family: TargetFamily;
	/** ISO 3166-1 code that completes a number without country code. */
	defaultCountry?: string;
}

/** What each family of calls takes (WATI, "BSUID target format", documentation 2.6). */
export const TARGETS = {
	contact: ['phone', 'contactId', 'channelPhone', 'bsuid'],
	conversation: ['phone', 'conversationId', 'channelPhone', 'bsuid'],
	chatbot: ['phone', 'contactId', 'channelPhone'],
	recipient: ['phone', 'contactId', 'bsuid'],
} as const satisfies Record<string, readonly TargetMode[]>;

export type TargetFamily = keyof typeof TARGETS;

/**
 * Which IDs may stand behind a channel, as in `Sales:ML.2011135123094924` (same source). For templates the channel is a field of
 * its own; that conversations take a contact ID, alone or behind a channel, only older pages say, and newer ones warn of it.
 */
const CHANNEL_BEFORE: Record<TargetFamily, readonly TargetMode[]> = {
	contact: ['contactId', 'bsuid'],
	conversation: ['bsuid'],
	chatbot: ['contactId'],
	recipient: [],
};

const FIELD = 'Target';

/**
 * The target as WATI wants it: phone numbers as digits with country code, the channel in front where one is named.
 * Not percent-encoded: paths encode it.
 * @throws InputProblem
 */
export function formatTarget(input: TargetInput, readPhone: PhoneReader): string {
	const { value } = input;
	if (value !== undefined && value !== null && !['string', 'number'].includes(typeof value)) {
		throw new InputProblem(`${FIELD} is neither a text nor a number`, {
			field: FIELD,
			found: value,
			expected: EXPECTED[input.mode],
			mend: 'Check the expression that gives it.',
		});
	}
	const text = String(value ?? '').trim();
	if (text === '') {
		throw new InputProblem(`${FIELD} is empty`, {
			field: FIELD,
			expected: EXPECTED[input.mode],
			mend: 'Fill it in, or check the expression that gives it.',
		});
	}
	return FORMAT[input.mode](text, input, readPhone);
}

const EXPECTED: Record<TargetMode, string> = {
	phone: 'a phone number with country code, such as +14155552671',
	contactId: 'a contact ID as WATI gives it, such as 6a9f0c1d2e3b4a5f6c7d8e9f',
	conversationId: 'a conversation ID as WATI gives it, such as 6a9f0c1d2e3b4a5f6c7d8e9f',
	channelPhone: 'a channel and a phone number, such as 14155550100:14155552671',
	bsuid: 'a business-scoped user ID, such as ML.2011135123094924',
};

const FORMAT: Record<TargetMode, (text: string, input: TargetInput, readPhone: PhoneReader) => string> = {
	phone(text, input, readPhone) {
		try {
			return readPhone(text, FIELD, input.defaultCountry).digits;
		} catch (thrown) {
			throw otherForm(text, input.family) ?? asError(thrown);
		}
	},
	contactId: (text, input) => behindChannel(text, input, (id) => identifier(id, input.mode)),
	conversationId: (text, input) => identifier(text, input.mode),
	bsuid: (text, input) =>
		behindChannel(text, input, (id) => {
			if (/^[A-Z]{2}\.[A-Za-z0-9]{5,}$/.test(id)) return id;
			throw wrongForm(text, input.mode);
		}),
	channelPhone: (text, input, readPhone) => {
		const [channel, phone] = splitChannel(text);
		if (channel === undefined || phone === '') throw wrongForm(text, input.mode);
		return `${checkedChannel(channel, text, input.mode)}:${readPhone(phone, FIELD, input.defaultCountry).digits}`;
	},
};

/** An ID alone, or behind a channel where the call takes one there. */
function behindChannel(text: string, { mode, family }: TargetInput, read: (id: string) => string): string {
	const [channel, id] = splitChannel(text);
	if (channel === undefined) return read(text);
	if (!CHANNEL_BEFORE[family].includes(mode)) throw wrongForm(text, mode);
	return `${checkedChannel(channel, text, mode)}:${read(id)}`;
}

function identifier(text: string, mode: TargetMode): string {
	if (/^[A-Za-z0-9_-]{6,128}$/.test(text)) return text;
	throw wrongForm(text, mode);
}

function splitChannel(text: string): [string | undefined, string] {
	const colon = text.lastIndexOf(':');
	return colon < 0 ? [undefined, text] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function checkedChannel(channel: string, text: string, mode: TargetMode): string {
	if (channel === '' || channel.length > 100 || /[\p{Cc}\p{Surrogate}:]/u.test(channel)) throw wrongForm(text, mode);
	return channelText(channel);
}

/** What an ID looks like, and how the parameter's list calls that way of naming a target. */
const OTHER_FORMS: ReadonlyArray<{ mode: TargetMode; looksLike: RegExp; label: string }> = [
	{ mode: 'bsuid', looksLike: /^([^:]+:)?[A-Z]{2}\.[A-Za-z0-9]{5,}$/, label: 'Business-Scoped User ID' },
	{ mode: 'contactId', looksLike: /^([^:]+:)?[0-9a-f]{24}$/i, label: 'Contact ID' },
	{ mode: 'conversationId', looksLike: /^[0-9a-f]{24}$/i, label: 'Conversation ID' },
	{ mode: 'channelPhone', looksLike: /^[^:/]+:\s*\+?[\d\s()./-]+$/, label: 'Channel and Phone' },
];

/** For something that is no phone number: what it seems to be instead. */
function otherForm(text: string, family: TargetFamily): InputProblem | undefined {
	const modes: readonly TargetMode[] = TARGETS[family];
	const form = OTHER_FORMS.find(({ mode, looksLike }) => modes.includes(mode) && looksLike.test(text));
	if (!form) return undefined;
	return new InputProblem(`${FIELD} is not a phone number`, {
		field: FIELD,
		found: text,
		expected: EXPECTED.phone,
		mend: `It looks like another way of naming the target: choose "${form.label}" in place of "Phone".`,
	});
}

/** A channel as WATI wants it (same source): by its name, or by its number in digits, in whatever form that is written after its "+". */
export function channelText(text: string): string {
	return /^\+[\d\s()./-]*\d$/.test(text) ? text.replace(/\D/g, '') : text;
}

function wrongForm(text: string, mode: TargetMode): InputProblem {
	return new InputProblem(`${FIELD} doesn't have the form it should have`, {
		field: FIELD,
		found: text,
		expected: EXPECTED[mode],
		mend: 'Check the value, or choose another way of naming the target.',
	});
}
