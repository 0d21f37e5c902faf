import { mapConcurrently } from '../../http/concurrency';
import type {
	ContactChange,
	ContactDirectory,
	ContactKey,
	FieldInfo,
	FieldValue,
	FieldValues,
	FindResult,
	NewContact,
	WriteResult,
} from '../../upsert/types';
import type { WritableField } from '../shared/contactField';
import { asProblem, isOutcomeUnknown } from '../shared/problem';
import type { WawpApi } from './api';
import { findNames, saveNames } from './contacts';
import type { Names, WantedNames } from './names';

/** Calls in progress at one time. Wawp documents no limit for contacts; behind it is one phone. */
const CONCURRENCY = 5;

export const FIRST_NAME = 'firstName';
export const LAST_NAME = 'lastName';

/** All that Wawp keeps of a contact: it is the address book of a phone, not a CRM (C2). */
export const WAWP_FIELDS: readonly WritableField[] = [
	{ id: 'phone', label: 'Phone Number', type: 'text', required: false, key: true },
	{ id: 'chatId', label: 'Chat ID', type: 'text', required: false, key: true },
	{ id: FIRST_NAME, label: 'First Name', type: 'text', required: true, name: true },
	{ id: LAST_NAME, label: 'Last Name', type: 'text', required: false, name: true },
];

/**
 * Wawp's contacts as the engine sees them: found by chat id, which is `compare` of their keys.
 * @param wanted the names that items of the run want, by chat id.
 */
export function wawpDirectory(
	api: WawpApi,
	fields: readonly FieldInfo[],
	wanted: ReadonlyMap<string, readonly WantedNames[]>,
): ContactDirectory {
	const save = async (chatId: string, names: Names): Promise<WriteResult> => {
		try {
			await saveNames(api, chatId, names);
			return { ok: true, id: chatId };
		} catch (thrown) {
			return { ok: false, problem: asProblem(thrown), outcomeUnknown: isOutcomeUnknown(thrown) };
		}
	};
	const find = async (key: ContactKey): Promise<FindResult> => {
		try {
			const names = await findNames(api, key.compare, wanted.get(key.compare) ?? []);
			if (!names) return { ok: true, contacts: [] };
			return {
				ok: true,
				contacts: [{ id: key.compare, fields: new Map([[key.field, key.value], ...Object.entries(names)]) }],
			};
		} catch (thrown) {
			return { ok: false, problem: asProblem(thrown) };
		}
	};
	return {
		fields,
		find: async (keys) => await mapConcurrently(keys, CONCURRENCY, find),
		create: async (contacts) =>
			await mapConcurrently(
				contacts,
				CONCURRENCY,
				async ({ key, values }: NewContact) => await save(key.compare, namesOf(values)),
			),
		update: async (changes) =>
			await mapConcurrently(
				changes,
				CONCURRENCY,
				async ({ contact, values }: ContactChange) =>
					await save(contact.id, namesOf(new Map([...contact.fields, ...values]))),
			),
	};
}

/** Both names, an empty text for one that is not there. */
function namesOf(values: FieldValues): Names {
	const text = (value: FieldValue | undefined): string => (value === undefined || value === null ? '' : String(value));
	return { firstName: text(values.get(FIRST_NAME)), lastName: text(values.get(LAST_NAME)) };
}
