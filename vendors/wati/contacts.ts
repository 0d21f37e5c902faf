import { z } from 'zod';

import { path, type ApiClient, type Call } from '../../http/client';
import { asError, RequestError } from '../../http/errors';
import { API, callFor, callForResult, listPages, readAs, type PageRequest } from './call';
import { contactSchema, type WatiContact } from './schemas';

export interface NewContact {
	/** Digits with country code. */
	whatsappNumber: string;
	name: string;
	attributes: Attribute[];
}

/** A custom attribute; WATI stores all values as text. */
export interface Attribute {
	name: string;
	value: string;
}

/** POST /contacts. Here the attributes are `custom_params` (WATI OpenAPI v3, AddContactRequest). */
export async function createContact(client: ApiClient, contact: NewContact): Promise<WatiContact> {
	return await callFor(client, contactSchema, {
		purpose: 'create the contact',
		effect: 'create',
		method: 'POST',
		path: `${API}/contacts`,
		json: {
			whatsapp_number: contact.whatsappNumber,
			name: contact.name,
			...(contact.attributes.length > 0 ? { custom_params: contact.attributes } : {}),
		},
		findOut: 'Run Contact > Get with this number to see whether the contact is there.',
	});
}

/** GET /contacts/{target}. @throws RequestError */
export async function getContact(client: ApiClient, target: string): Promise<WatiContact> {
	return await callFor(client, contactSchema, {
		purpose: 'get the contact',
		effect: 'read',
		method: 'GET',
		path: path`/api/ext/v3/contacts/${target}`,
	});
}

/**
 * As {@link getContact}, with `undefined` for a contact that WATI does not have.
 * What WATI answers then is not documented (apis/wati.md, action 2): 404, or 400 with an application code or words that say so,
 * or a 200 without an id are read as "unknown"; every other refusal is thrown, so that a failing look-up never leads to a create.
 */
export async function findContact(client: ApiClient, target: string): Promise<WatiContact | undefined> {
	try {
		const contact = await getContact(client, target);
		return contact.id ? contact : undefined;
	} catch (thrown) {
		if (thrown instanceof RequestError && saysUnknown(thrown)) return undefined;
		throw asError(thrown);
	}
}

function saysUnknown(error: RequestError): boolean {
	if (error.status === 404) return true;
	return error.status === 400 && /not\s+found|does\s*n.t exist|no (such )?contact|unknown contact/i.test(`${error.message} ${error.description ?? ''}`);
}

export interface ContactUpdate {
	target: string;
	attributes: Attribute[];
}

/** PUT /contacts, 1 to 100 at a time. Here the attributes are `customParams` (same source, UpdateContactsRequest). */
export async function updateContacts(client: ApiClient, updates: readonly ContactUpdate[]): Promise<WatiContact[]> {
	const answer = await callFor(client, z.object({ contact_list: z.array(contactSchema).nullish() }), {
		purpose: updates.length === 1 ? 'update the contact' : `update ${updates.length} contacts`,
		effect: 'update',
		method: 'PUT',
		path: `${API}/contacts`,
		json: { contacts: updates.map((update) => ({ target: update.target, customParams: update.attributes })) },
	});
	return answer.contact_list ?? [];
}

/**
 * The contact of an update's answer that a target meant: by id, BSUID or phone digits.
 * The order of the answer is not documented, so position counts only when there was one update.
 */
export function findInAnswer(contacts: readonly WatiContact[], target: string, updates: number): WatiContact | undefined {
	if (updates === 1 && contacts.length === 1) return contacts[0];
	const bare = target.slice(target.lastIndexOf(':') + 1);
	return contacts.find(
		(contact) => contact.id === bare || contact.bsuid === bare || contact.wa_id === bare || contact.phone?.replace(/\D/g, '') === bare,
	);
}

/** PUT /contacts/teams; teams by name. Whether they replace the former ones is not documented for v3; in v1 they did. */
export async function assignToTeams(client: ApiClient, target: string, teams: readonly string[]): Promise<void> {
	const call: Call = {
		purpose: 'assign the contact to the teams',
		effect: 'update',
		method: 'PUT',
		path: `${API}/contacts/teams`,
		json: { target, teams },
	};
	await callForResult(client, call, 'Check that the contact exists and that each team is written as in WATI under Team Inbox.');
}

/** DELETE /contacts/{target}: a soft delete (apis/wati.md, section 7). */
export async function deleteContact(client: ApiClient, target: string): Promise<{ contactId?: string; deleted: boolean }> {
	const answer = await callFor(
		client,
		z.object({ contact_id: z.string().nullish(), deleted: z.boolean().nullish() }).passthrough(),
		{ purpose: 'delete the contact', effect: 'update', method: 'DELETE', path: path`/api/ext/v3/contacts/${target}` },
	);
	return { contactId: answer.contact_id ?? undefined, deleted: answer.deleted !== false };
}

export async function countContacts(client: ApiClient, dates: { from?: string; to?: string } = {}): Promise<number> {
	const answer = await callFor(client, z.object({ contact_count: z.number() }), {
		purpose: 'count the contacts',
		effect: 'read',
		method: 'GET',
		path: `${API}/contacts/count`,
		query: { date_from: dates.from, date_to: dates.to },
	});
	return answer.contact_count;
}

export const contactPages: PageRequest<WatiContact> = {
	call: { purpose: 'list the contacts', path: `${API}/contacts` },
	entries: (answer, call) => readAs(z.object({ contact_list: z.array(contactSchema) }), answer, call).contact_list,
};

export async function listContacts(client: ApiClient, limit?: number): Promise<WatiContact[]> {
	return await listPages(client, { ...contactPages, limit });
}
