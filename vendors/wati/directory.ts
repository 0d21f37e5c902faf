import type { ApiClient } from '../../http/client';
import { inChunks, mapConcurrently } from '../../http/concurrency';
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
import {
	contactPages,
	countContacts,
	findContact,
	findInAnswer,
	listContacts,
	sendNewContact,
	updateContacts,
} from './contacts';
import { onePage } from './call';
import { LIMITS } from './limits';
import type { WatiContact } from './schemas';

/** Field ids of what is not a custom attribute. */
export const PHONE = 'whatsappNumber';
export const NAME = 'name';

/** Calls in progress at one time. WATI states no concurrency limit for v3; the pacer learns a rate limit by itself. */
const CONCURRENCY = 20;

/** From so many keys on, pages of the contact list may be fewer calls than looking up each one. */
const FEW_KEYS = 5;

/** WATI's contacts as the engine sees them: found by WhatsApp number. */
export function watiDirectory(client: ApiClient, fields: readonly FieldInfo[]): ContactDirectory {
	return {
		fields,
		find: async (keys) => await findAll(client, keys),
		create: async (contacts) =>
			await mapConcurrently(contacts, CONCURRENCY, async (contact) => await createOne(client, contact)),
		update: async (changes) => {
			const chunks = inChunks(changes, LIMITS.contactsPerUpdate);
			return (await mapConcurrently(chunks, CONCURRENCY, async (chunk) => await updateChunk(client, chunk))).flat();
		},
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
	return await mapConcurrently(keys, CONCURRENCY, async (key) => await findOne(client, key));
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
			CONCURRENCY,
			async (page) => await onePage(client, contactPages, page, LIMITS.pageSize),
		);
		const contacts = lists.flat();
		if (new Set(contacts.map(({ id }) => id)).size !== count || contacts.length !== count) return undefined;
		const byNumber = new Map<string, StoredContact[]>();
		for (const contact of contacts) {
			const number = numberOf(contact);
			const same = byNumber.get(number);
			if (same) same.push(toStored(contact));
			else byNumber.set(number, [toStored(contact)]);
		}
		return byNumber;
	} catch (thrown) {
		if (thrown instanceof RequestError && thrown.kind === 'refused') return undefined;
		throw asError(thrown);
	}
}

function numberOf(contact: WatiContact): string {
	return (contact.wa_id || contact.phone || '').replace(/\D/g, '');
}

function toStored(contact: WatiContact): StoredContact {
	const fields = new Map<string, FieldValue>(
		(contact.custom_params ?? []).map(({ name, value }) => [name, value ?? null]),
	);
	fields.set(PHONE, numberOf(contact));
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

/** A refusal does not say which contact it means: then each one is sent by itself, which is safe to repeat. */
async function updateChunk(client: ApiClient, changes: readonly ContactChange[]): Promise<WriteResult[]> {
	try {
		const answered = await updateContacts(
			client,
			changes.map((change) => ({
				target: change.contact.id || change.key.compare,
				attributes: wholeAttributes(change),
			})),
		);
		return changes.map((change) => {
			const found = findInAnswer(answered, change.contact.id || change.key.compare, changes.length);
			if (!found) return { ok: false, problem: leftOut(change) };
			return { ok: true, id: found.id ?? change.contact.id, fields: toStored(found).fields };
		});
	} catch (thrown) {
		const refused = thrown instanceof RequestError && thrown.kind === 'refused';
		if (changes.length === 1 || !refused) return changes.map(() => ({ ok: false, problem: asProblem(thrown) }));
		const single = inChunks(changes, 1);
		return (await mapConcurrently(single, CONCURRENCY, async (change) => await updateChunk(client, change))).flat();
	}
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
