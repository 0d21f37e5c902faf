import type { ApiClient } from '../../http/client';
import { mapConcurrently } from '../../http/concurrency';
import { asError, RequestError } from '../../http/errors';
import type {
	ContactChange,
	ContactDirectory,
	ContactKey,
	FieldInfo,
	FieldValue,
	FieldValues,
	FindResult,
	NewContact,
	StoredContact,
	WriteResult,
} from '../../upsert/types';
import type { WritableField } from '../shared/contactField';
import { asProblem, isOutcomeUnknown } from '../shared/problem';
import { onePage } from './call';
import { contactPages, countContacts, findContact, listContacts, sendNewContact } from './contacts';
import { updateEach } from './contactUpdates';
import { LIMITS } from './limits';
import type { WatiContact } from './schemas';

/** Field ids of what is not a custom attribute. */
export const PHONE = 'whatsappNumber';
export const NAME = 'name';

/** From so many keys on, pages of the contact list may be fewer calls than looking up each one. */
const FEW_KEYS = 5;

/** WATI's contacts as the engine sees them: found by WhatsApp number. */
export function watiDirectory(client: ApiClient, fields: readonly FieldInfo[]): ContactDirectory {
	return {
		fields,
		find: async (keys) => await findAll(client, keys),
		create: async (contacts) =>
			await mapConcurrently(contacts, LIMITS.callsAtOnce, async (contact) => await createOne(client, contact)),
		update: async (changes) => await updateAll(client, changes),
	};
}

/** The fields of the mapper: number, name, and every attribute seen on the account's contacts. */
export async function watiFields(client: ApiClient): Promise<WritableField[]> {
	const contacts = await listContacts(client, 3 * LIMITS.pageSize);
	const names = new Set(contacts.flatMap((contact) => (contact.custom_params ?? []).map(({ name }) => name)));
	return [
		{ id: PHONE, label: 'WhatsApp Number', type: 'text', required: true, key: true },
		{ id: NAME, label: 'Name', type: 'text', required: false, name: true },
		...[...names]
			.filter((name) => name !== PHONE && name !== NAME)
			.sort((a, b) => a.localeCompare(b))
			.map((name): WritableField => ({ id: name, label: name, type: 'text', required: false })),
	];
}

async function findAll(client: ApiClient, keys: readonly ContactKey[]): Promise<FindResult[]> {
	if (keys.length > FEW_KEYS) {
		const byNumber = await readWholeList(client, keys.length);
		if (byNumber) return keys.map((key) => ({ ok: true, contacts: byNumber.get(key.compare) ?? [] }));
	}
	return await mapConcurrently(keys, LIMITS.callsAtOnce, async (key) => await findOne(client, key));
}

async function findOne(client: ApiClient, key: ContactKey): Promise<FindResult> {
	try {
		const contact = await findContact(client, key.compare);
		return { ok: true, contacts: contact ? [toStored(contact)] : [] };
	} catch (thrown) {
		return { ok: false, problem: asProblem(thrown) };
	}
}

/**
 * All contacts by number, where the list has fewer pages than there are keys.
 * `undefined` when it has more, or when the list changed while it was read: a contact that was skipped then
 * would look like one that is not there.
 */
async function readWholeList(client: ApiClient, keys: number): Promise<Map<string, StoredContact[]> | undefined> {
	try {
		const count = await countContacts(client);
		const pages = Math.ceil(count / LIMITS.pageSize);
		if (pages + 1 >= keys) return undefined;
		const numbers = Array.from({ length: pages }, (_, index) => index + 1);
		const lists = await mapConcurrently(
			numbers,
			LIMITS.callsAtOnce,
			async (page) => await onePage(client, contactPages, page, LIMITS.pageSize),
		);
		const contacts = lists.flat();
		if (new Set(contacts.map(({ id }) => id)).size !== count || contacts.length !== count) return undefined;
		const byNumber = new Map<string, StoredContact[]>();
		for (const contact of contacts) {
			for (const number of numbersOf(contact)) {
				const same = byNumber.get(number);
				if (same) same.push(toStored(contact));
				else byNumber.set(number, [toStored(contact)]);
			}
		}
		return byNumber;
	} catch (thrown) {
		if (thrown instanceof RequestError && thrown.kind === 'refused') return undefined;
		throw asError(thrown);
	}
}

/** A contact's numbers, digits only: of a Mexican or Brazilian mobile, WhatsApp's id and the phone number may differ. */
function numbersOf({ wa_id, phone }: WatiContact): string[] {
	const numbers = [wa_id, phone].map((number) => (number ?? '').replace(/\D/g, ''));
	return [...new Set(numbers.filter((number) => number !== ''))];
}

function toStored(contact: WatiContact): StoredContact {
	const fields = new Map<string, FieldValue>(
		(contact.custom_params ?? []).map(({ name, value }) => [name, value ?? null]),
	);
	fields.set(PHONE, numbersOf(contact)[0] ?? '');
	fields.set(NAME, contact.name ?? null);
	return {
		id: contact.id ?? '',
		fields,
		createdAt: contact.created ?? undefined,
		modifiedAt: contact.last_updated ?? undefined,
	};
}

async function createOne(client: ApiClient, { key, values }: NewContact): Promise<WriteResult> {
	try {
		const name = values.get(NAME);
		const contact = await sendNewContact(client, {
			whatsappNumber: key.compare,
			name: name === undefined || name === null ? `+${key.compare}` : String(name),
			attributes: toAttributes(values),
		});
		return { ok: true, id: contact.id ?? '', fields: toStored(contact).fields };
	} catch (thrown) {
		return { ok: false, problem: asProblem(thrown), outcomeUnknown: isOutcomeUnknown(thrown) };
	}
}

async function updateAll(client: ApiClient, changes: readonly ContactChange[]): Promise<WriteResult[]> {
	const updates = changes.map((change) => ({
		target: change.contact.id || change.key.compare,
		attributes: wholeAttributes(change),
	}));
	const results = await updateEach(client, updates);
	return changes.map((change, index) => {
		const result = results[index];
		if (result === undefined) return { ok: false, problem: leftOut(change) };
		if (result instanceof Error) return { ok: false, problem: asProblem(result) };
		return { ok: true, id: result.id ?? change.contact.id, fields: toStored(result).fields };
	});
}

/**
 * The changed attributes together with those the contact has already. Whether WATI merges or replaces the list is not
 * documented (apis/wati.md, action 3: two readings); sent whole, both mean the same. The name goes as an attribute:
 * the API has no field for it.
 */
function wholeAttributes({ contact, values }: ContactChange): Array<{ name: string; value: string }> {
	const kept = [...contact.fields].filter(([id]) => id !== NAME && id !== PHONE);
	return [...toAttributes(new Map([...kept, ...values].filter(([id]) => id !== NAME))), ...nameAttribute(values)];
}

function nameAttribute(values: FieldValues): Array<{ name: string; value: string }> {
	const name = values.get(NAME);
	return name === undefined || name === null ? [] : [{ name: NAME, value: String(name) }];
}

function toAttributes(values: FieldValues): Array<{ name: string; value: string }> {
	return [...values].flatMap(([id, value]) =>
		id === PHONE || id === NAME
			? []
			: [{ name: id, value: value === null ? '' : Array.isArray(value) ? value.join(';') : String(value) }],
	);
}

function leftOut(change: ContactChange): { message: string; description: string } {
	return {
		message: `WATI left the contact ${change.key.value} out of its answer, so that it is not known whether it was updated`,
		description: 'To run the item again is safe.',
	};
}
