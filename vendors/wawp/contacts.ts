import { z } from 'zod';

import { path } from '../../http/path';
import { RequestError } from '../../http/errors';
import type { WawpApi } from './api';
import { API } from './connection';
import { splitName, type Names, type WantedNames } from './names';

const text = z.string().nullish().catch(undefined);

/** A contact in the engine's shape (C3); the first and last name by themselves in case Wawp gives them too. */
const contact = z.object({
	id: text,
	name: text,
	firstName: text,
	lastName: text,
	shortName: text,
	pushname: text,
	number: text,
	isMyContact: z.boolean().nullish().catch(undefined),
});
type WawpContact = z.infer<typeof contact>;

/**
 * The names under which a person is saved, `undefined` for somebody who is not (GET /contacts?contactId=).
 * @param wanted names that items of this run want the person to have; see splitName.
 * @throws RequestError; a look-up that fails never means that nobody is saved.
 */
export async function findNames(
	api: WawpApi,
	chatId: string,
	wanted: readonly WantedNames[],
): Promise<Names | undefined> {
	const { json, status } = await api.json({
		purpose: 'look up the contact',
		effect: 'read',
		method: 'GET',
		path: `${API}/contacts`,
		query: { contactId: chatId },
	});
	const found = contactIn(json);
	if (found) return savedNames(found, chatId, wanted);
	throw new RequestError('badAnswer', 'Wawp answered in an unexpected form when asked to look up the contact', {
		status,
		description: 'Nothing was written for this item. Run it again later.',
	});
}

const envelope = z.object({ data: z.record(z.unknown()) });

/**
 * The contact of an answer, alone or in an envelope, of which Wawp has one for other calls (C5); `undefined` for an object
 * that is something else, since it would look like somebody who is not saved, and be renamed.
 */
function contactIn(json: unknown): WawpContact | undefined {
	const wrapped = envelope.safeParse(json);
	const body = wrapped.success ? wrapped.data.data : json;
	const parsed = contact.safeParse(body);
	if (!parsed.success) return undefined;
	const isEmpty = Object.keys(Object(body)).length === 0;
	const tells = Object.values(parsed.data).some((value) => value !== undefined && value !== null);
	return tells || isEmpty ? parsed.data : undefined;
}

/**
 * Whether an answer means a saved contact. Wawp answers for every number, also for one that nobody saved (C3), and does
 * not say what tells the two apart. Two readings: `isMyContact` tells it; or a `name` tells it, since people who were
 * not saved have only the name they gave themselves (`pushname`). Either counts as saved here: a contact wrongly taken
 * for a new one would be renamed although updates are off, while one wrongly taken for a saved one is at worst left alone.
 */
function savedNames(found: WawpContact, chatId: string, wanted: readonly WantedNames[]): Names | undefined {
	if (found.firstName || found.lastName) return { firstName: found.firstName ?? '', lastName: found.lastName ?? '' };
	const name = found.name?.trim() ?? '';
	const number = chatId.split('@')[0] ?? '';
	const standIn = name === '' || name.replace(/\D/g, '') === number || (name === found.pushname && !found.isMyContact);
	if (standIn) return found.isMyContact ? { firstName: '', lastName: '' } : undefined;
	return splitName(name, wanted, found.shortName ?? undefined);
}

/**
 * PUT /contacts/{chatId}, the same for a new contact and a known one. Both names always go along: the engine below Wawp
 * fills in "John" or "Doe" for one that is missing (C2).
 *
 * The `@` of the chat id stands in the path as it is, as in Wawp's own samples; a path may hold it (RFC 3986, 3.3).
 * @throws RequestError
 */
export async function saveNames(api: WawpApi, chatId: string, { firstName, lastName }: Names): Promise<void> {
	await api.json({
		purpose: 'save the contact',
		effect: 'update',
		method: 'PUT',
		path: API + path`/contacts/${chatId}`.replace('%40', '@'),
		json: { firstName, lastName },
		// What Wawp answers to a write is not known (C2).
		mayBeEmpty: true,
	});
}
