import type { ApiClient } from '../../http/client';
import { inChunks, mapConcurrently } from '../../http/concurrency';
import { asError, RequestError } from '../../http/errors';
import { type ContactUpdate, findInAnswer, updateContacts } from './contacts';
import { LIMITS } from './limits';
import type { WatiContact } from './schemas';

/** The contact as WATI answered it; why it was not updated; or `undefined` where WATI left it out of its answer. */
export type UpdateResult = WatiContact | Error | undefined;

/** One result for each update, in their order; 100 are one call. Never rejects. */
export async function updateEach(client: ApiClient, updates: readonly ContactUpdate[]): Promise<UpdateResult[]> {
	const results = new Map<ContactUpdate, UpdateResult>();
	for (const round of rounds(updates)) {
		let calls = inChunks(round, LIMITS.contactsPerUpdate);
		while (calls.length > 0) {
			calls = (
				await mapConcurrently(calls, LIMITS.callsAtOnce, async (call) => await send(client, call, results))
			).flat();
		}
	}
	return updates.map((update) => results.get(update));
}

/**
 * No contact twice in a call: what WATI makes of two entries for one contact is not documented. A contact's second update
 * follows in a later round, so that it meets what the first one set.
 */
function rounds(updates: readonly ContactUpdate[]): ContactUpdate[][] {
	const rounds: ContactUpdate[][] = [];
	const times = new Map<string, number>();
	for (const update of updates) {
		const before = times.get(update.target) ?? 0;
		times.set(update.target, before + 1);
		(rounds[before] ??= []).push(update);
	}
	return rounds;
}

/**
 * Notes the results of one call.
 * @returns the calls in which some of its updates have to be sent again; to do so is safe. A refusal does not say which contact
 * it means, so each half goes by itself.
 */
async function send(
	client: ApiClient,
	updates: ContactUpdate[],
	results: Map<ContactUpdate, UpdateResult>,
): Promise<ContactUpdate[][]> {
	try {
		const again = note(updates, await updateContacts(client, updates), results);
		return inChunks(again, 1);
	} catch (thrown) {
		const error = asError(thrown);
		if (updates.length > 1 && mayMeanOneOfThem(error)) return inChunks(updates, Math.ceil(updates.length / 2));
		for (const update of updates) results.set(update, error);
		return [];
	}
}

const mayMeanOneOfThem = (error: Error): boolean =>
	error instanceof RequestError && (error.kind === 'refused' || error.kind === 'notFound');

/**
 * An update whose contact is not in the answer was not done; but where the answer holds a contact that belongs to nobody,
 * WATI may write a number in another way than the builder (a Mexican or Brazilian mobile): then it is sent alone, to be sure.
 * @returns those that have to be sent alone.
 */
function note(
	updates: readonly ContactUpdate[],
	answered: readonly WatiContact[],
	results: Map<ContactUpdate, UpdateResult>,
): ContactUpdate[] {
	for (const update of updates) results.set(update, findInAnswer(answered, update.target, updates.length));
	const found = new Set(updates.map((update) => results.get(update)));
	const isAnyLeft = answered.some((contact) => !found.has(contact));
	return isAnyLeft && updates.length > 1 ? updates.filter((update) => results.get(update) === undefined) : [];
}
