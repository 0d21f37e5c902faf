import { z } from 'zod';

import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { path } from '../../http/path';
import { asError, RequestError } from '../../http/errors';
import { callAccepted, callForResult, listUnder } from './accepted';
import { API, listPages, type PageRequest } from './call';
import { refusedInSuccess } from './explain';
import { contactSchema, flag, number, text, type WatiContact } from './schemas';

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

/**
 * As {@link sendNewContact}. When the outcome is unknown the number is looked up: a contact that is there is the result,
 * one that is not is sent once more.
 * @throws RequestError
 */
export async function createContact(client: ApiClient, contact: NewContact): Promise<WatiContact> {
	return await afterUnknown(
		async () => await sendNewContact(client, contact),
		async (unknown) =>
			(await lookUp(client, contact.whatsappNumber, unknown)) ?? (await sendNewContact(client, contact)),
	);
}

/**
 * POST /contacts. Here the attributes are `custom_params` (WATI OpenAPI v3, AddContactRequest).
 * What WATI does with a number that it has already is not documented (apis/wati.md, action 1).
 * @throws RequestError, `outcomeUnknown` when the contact has to be looked up before it is sent again.
 */
export async function sendNewContact(client: ApiClient, contact: NewContact): Promise<WatiContact> {
	const call: Call = {
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
	};
	return withId(
		await callAccepted(client, contactSchema, call),
		call.purpose,
		'Check the number and the names of the attributes.',
	);
}

/** GET /contacts/{target}. @throws RequestError, also for an answer without a contact in it. */
export async function getContact(client: ApiClient, target: string): Promise<WatiContact> {
	const call: Call = {
		purpose: 'get the contact',
		effect: 'read',
		method: 'GET',
		path: path`/api/ext/v3/contacts/${target}`,
	};
	return withId(await callAccepted(client, contactSchema, call), call.purpose, 'WATI has no contact for this target.');
}

/**
 * As {@link getContact}, with `undefined` for a contact that WATI does not have.
 * What WATI answers then is not documented (apis/wati.md, action 2): 404, or 400 or 200 with words that say so,
 * or a 200 without an id are read as "unknown"; every other refusal is thrown, so that a failing look-up never leads to a create.
 */
export async function findContact(client: ApiClient, target: string): Promise<WatiContact | undefined> {
	try {
		return await getContact(client, target);
	} catch (thrown) {
		if (thrown instanceof RequestError && saysUnknown(thrown)) return undefined;
		throw asError(thrown);
	}
}

function saysUnknown(error: RequestError): boolean {
	if (error.kind === 'notFound') return true;
	if (error.status !== 400 && error.status !== 200) return false;
	const said = `${error.message} ${error.description ?? ''}`;
	return UNKNOWN_CONTACT.test(said) && !UNKNOWN_ELSE.test(said);
}

const UNKNOWN_CONTACT = /not\s+found|does\s*n.t exist|no (such )?contact|unknown contact/i;

/** Something else that is not there: taken for the contact, it would lead to a create. */
const UNKNOWN_ELSE = /\b(channel|tenant|workspace|plan|subscription|token|api key|endpoint|route)\b/i;

/** Every contact has an id (WATI, "BSUID" note of documentation 2.2): an answer without one holds no contact. */
function withId(contact: WatiContact, purpose: string, hint: string): WatiContact {
	if (contact.id) return contact;
	const refusal = refusedInSuccess(purpose, undefined, hint);
	throw new RequestError('notFound', refusal.message, { status: refusal.status, description: refusal.description });
}

/** Runs a write; when nobody knows whether it was done, `settle` finds out. */
async function afterUnknown<Result>(
	send: () => Promise<Result>,
	settle: (unknown: RequestError) => Promise<Result>,
): Promise<Result> {
	try {
		return await send();
	} catch (thrown) {
		if (thrown instanceof RequestError && thrown.kind === 'outcomeUnknown') return await settle(thrown);
		throw asError(thrown);
	}
}

/** A look-up that fails leaves the outcome as unknown as it was; only a stop of the workflow is told as such. */
async function lookUp(client: ApiClient, target: string, unknown: RequestError): Promise<WatiContact | undefined> {
	try {
		return await findContact(client, target);
	} catch (thrown) {
		throw thrown instanceof RequestError && thrown.kind === 'cancelled' ? thrown : unknown;
	}
}

export interface ContactUpdate {
	target: string;
	attributes: Attribute[];
}

/** PUT /contacts, 1 to 100 at a time. Here the attributes are `customParams` (same source, UpdateContactsRequest). */
export async function updateContacts(client: ApiClient, updates: readonly ContactUpdate[]): Promise<WatiContact[]> {
	const answer = await callAccepted(client, z.object({ contact_list: z.array(contactSchema).nullish() }), {
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
export function findInAnswer(
	contacts: readonly WatiContact[],
	target: string,
	updates: number,
): WatiContact | undefined {
	if (updates === 1 && contacts.length === 1) return contacts[0];
	const bare = target.slice(target.lastIndexOf(':') + 1);
	return contacts.find(
		(contact) =>
			contact.id === bare ||
			contact.bsuid === bare ||
			contact.wa_id === bare ||
			contact.phone?.replace(/\D/g, '') === bare,
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
	await callForResult(
		client,
		call,
		'Check that the contact exists and that each team is written as in WATI under Team Inbox.',
	);
}

/**
 * DELETE /contacts/{target}: a soft delete (apis/wati.md, section 7).
 * It is not repeated blindly, because the second time would say that there is no such contact.
 * @returns the id, as far as it is known.
 */
export async function deleteContact(client: ApiClient, target: string): Promise<{ id?: string }> {
	const call: Call = {
		purpose: 'delete the contact',
		effect: 'create',
		method: 'DELETE',
		path: path`/api/ext/v3/contacts/${target}`,
		findOut: 'Run Contact > Get with this target to see whether the contact is still there.',
	};
	const send = async (): Promise<{ id?: string }> => {
		const answer = await callAccepted(client, deleted, call);
		if (!answer.deleted)
			throw refusedInSuccess(call.purpose, undefined, 'Check that the contact exists, with Contact > Get.');
		return { id: answer.contact_id ?? undefined };
	};
	return await afterUnknown(send, async (unknown) => ((await lookUp(client, target, unknown)) ? await send() : {}));
}

/** What does not say whether it was done is no answer: then the contact is looked up. */
const deleted = z.object({ contact_id: text, deleted: flag }).passthrough();

/**
 * GET /contacts/count.
 * @param dates UTC ISO 8601. WATI's description gives the form of neither, nor which date of a contact they mean.
 */
export async function countContacts(client: ApiClient, dates: { from?: string; to?: string } = {}): Promise<number> {
	const answer = await callAccepted(client, z.object({ contact_count: number }), {
		purpose: 'count the contacts',
		effect: 'read',
		method: 'GET',
		path: `${API}/contacts/count`,
		query: { date_from: dates.from, date_to: dates.to },
	});
	return answer.contact_count;
}

/** GET /contacts: pages without a total, and without any search. */
export const contactPages: PageRequest<WatiContact> = {
	call: { purpose: 'list the contacts', path: `${API}/contacts` },
	entries: listUnder(contactSchema, 'contact_list'),
};

export async function listContacts(client: ApiClient, limit?: number): Promise<WatiContact[]> {
	return await listPages(client, { ...contactPages, limit });
}
