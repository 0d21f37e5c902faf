import { z } from 'zod';

import { asError, InputProblem, shorten } from '../../http/errors';
import type { PhoneReader } from '../shared/phone';
import { asParameterValues, parametersSchema } from './parameters';
import { formatTarget } from './target';
import type { ParameterValue, TemplateRecipient } from './templateSends';

const FIELD = 'Recipients';
const EXAMPLE = '[{"phone": "+14155552671", "parameters": {"name": "Anna"}}]';

const address = z.union([z.string(), z.number()]).nullish();

/** One entry of a list of recipients, as a builder writes it; WATI's own names are taken as well. */
const entrySchema = z
	.object({
		phone: address,
		phone_number: address,
		whatsapp_number: address,
		target: address,
		contact_id: address,
		parameters: parametersSchema.nullish(),
		custom_params: parametersSchema.nullish(),
		local_message_id: z.union([z.string().max(100), z.number().transform(String)]).nullish(),
	})
	.strict();

type Entry = z.infer<typeof entrySchema>;

const ADDRESS_KEYS = ['phone', 'phone_number', 'whatsapp_number', 'target', 'contact_id'] as const;

/** An entry of the list whose message has not got its id yet; or why it can't be sent to. */
export type ReadRecipient =
	{ address: TemplateRecipient['address']; parameters: ParameterValue[]; localMessageId?: string } | { error: Error };

/**
 * Reads a list of recipients, each entry by itself: what is wrong with one leaves the others alone.
 * @param list a JSON value, already parsed.
 * @throws InputProblem when it is no list, or an empty one.
 */
export function readRecipients(list: unknown, readPhone: PhoneReader, defaultCountry?: string): ReadRecipient[] {
	if (!Array.isArray(list)) {
		throw new InputProblem(`${FIELD} is not a list`, {
			field: FIELD,
			found: list ?? '',
			expected: `a JSON array such as ${EXAMPLE}`,
		});
	}
	if (list.length === 0)
		throw new InputProblem(`${FIELD} is empty`, { field: FIELD, expected: `at least one, such as ${EXAMPLE}` });
	const seen = new Map<string, number>();
	return list.map((value: unknown, index): ReadRecipient => {
		try {
			return readEntry(value, index + 1, seen, readPhone, defaultCountry);
		} catch (thrown) {
			return { error: asError(thrown) };
		}
	});
}

function readEntry(
	value: unknown,
	number: number,
	seen: Map<string, number>,
	readPhone: PhoneReader,
	defaultCountry?: string,
): ReadRecipient {
	const parsed = entrySchema.safeParse(isBare(value) ? { target: value } : value);
	if (!parsed.success) throw wrongEntry(number, value, parsed.error);
	return {
		address: readAddress(parsed.data, number, readPhone, defaultCountry),
		parameters: parametersIn(parsed.data, number),
		localMessageId: ownId(parsed.data, number, seen),
	};
}

/** A number or ID without an object around it, for templates without parameters. */
const isBare = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

const nameOf = (number: number): string => `Recipient ${number}`;

function wrongEntry(number: number, value: unknown, error: z.ZodError): InputProblem {
	const [issue] = error.issues;
	if (issue?.code === 'unrecognized_keys') {
		return new InputProblem(`${nameOf(number)} has a key that is not known: ${shorten(issue.keys.join(', '), 80)}`, {
			field: FIELD,
			found: value,
			expected: `the keys ${[...ADDRESS_KEYS, 'parameters', 'custom_params', 'local_message_id'].join(', ')}`,
		});
	}
	const where = issue?.path.join('.') ?? '';
	return new InputProblem(
		where === ''
			? `${nameOf(number)} is not an object`
			: `${nameOf(number)} has a value in "${shorten(where, 80)}" that can't be used`,
		{
			field: FIELD,
			found: value,
			expected: `an entry such as ${EXAMPLE.slice(1, -1)}`,
		},
	);
}

function readAddress(
	entry: Entry,
	number: number,
	readPhone: PhoneReader,
	defaultCountry?: string,
): TemplateRecipient['address'] {
	const given = ADDRESS_KEYS.filter((key) => String(entry[key] ?? '').trim() !== '');
	const [key] = given;
	if (key === undefined || given.length > 1) {
		throw new InputProblem(`${nameOf(number)} names ${key === undefined ? 'nobody' : 'its address twice'}`, {
			field: FIELD,
			found: key === undefined ? entry : given.join(', '),
			expected: `exactly one of ${ADDRESS_KEYS.join(', ')}`,
		});
	}
	const value = String(entry[key]).trim();
	const mode = modeOf(key, value);
	if (mode === 'phone') return { phoneNumber: readPhone(value, nameOf(number), defaultCountry).digits };
	try {
		return { target: formatTarget({ mode, value, family: 'recipient' }, readPhone) };
	} catch {
		throw noAddress(key, value, number);
	}
}

function noAddress(key: string, value: string, number: number): InputProblem {
	return new InputProblem(`${nameOf(number)} has a ${key} that is neither a phone number nor an ID`, {
		field: FIELD,
		found: value,
		expected:
			'a phone number, a contact ID such as 6a9f0c1d2e3b4a5f6c7d8e9f, or a business-scoped user ID such as ML.2011135123094924',
	});
}

/** A phone number has at most 15 digits (E.164); a contact id is longer. */
function modeOf(key: (typeof ADDRESS_KEYS)[number], value: string): 'phone' | 'contactId' | 'bsuid' {
	if (key === 'contact_id') return 'contactId';
	if (key !== 'target') return 'phone';
	if (/^[A-Z]{2}\.\w+$/.test(value)) return 'bsuid';
	return /^\+?[\d\s()./-]+$/.test(value) && value.replace(/\D/g, '').length <= 15 ? 'phone' : 'contactId';
}

function parametersIn(entry: Entry, number: number): ParameterValue[] {
	if (entry.parameters && entry.custom_params) {
		throw new InputProblem(`${nameOf(number)} has both "parameters" and "custom_params"`, {
			field: FIELD,
			expected: 'one of the two',
		});
	}
	return asParameterValues(entry.parameters ?? entry.custom_params ?? {});
}

/** An id of the builder's own has to tell the recipients apart. */
function ownId(entry: Entry, number: number, seen: Map<string, number>): string | undefined {
	const id = entry.local_message_id?.trim();
	if (!id) return undefined;
	const first = seen.get(id);
	if (first !== undefined) {
		throw new InputProblem(`${nameOf(number)} has the same local_message_id as recipient ${first}`, {
			field: FIELD,
			found: id,
			expected: 'an ID of its own, or none',
		});
	}
	seen.set(id, number);
	return id;
}
