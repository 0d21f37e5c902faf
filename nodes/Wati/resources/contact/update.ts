import { inChunks } from '../../../../http/concurrency';
import { asError, InputProblem, RequestError } from '../../../../http/errors';
import type { ContactUpdate } from '../../../../vendors/wati/contacts';
import type { WatiContact } from '../../../../vendors/wati/schemas';
import { LIMITS } from '../../../../vendors/wati/limits';
import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { ItemParameters } from '../../../shared/itemParameters';
import type { ItemResult } from '../../../shared/operation';
import { attributesField, readAttributes } from '../../shared/attributes';
import type { WatiOperation, WatiSession } from '../../shared/session';
import { simpleContact } from '../../shared/simplify';
import { readTarget, targetField } from '../../shared/target';

interface Update extends ContactUpdate {
	item: ItemParameters;
}

/** Items are gathered: 100 contacts are one call. */
export const update: WatiOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update attributes of contact',
	description: 'Set custom attributes of contacts; 100 items are one call',
	fields: [
		targetField('contact', 'The contact to update'),
		attributesField,
		simplifyField,
		optionsField([defaultCountryOption]),
	],
	async executeAll(session, items) {
		const read = items.map((item) => readUpdate(session, item));
		const updates = read.filter((entry): entry is Update => !('error' in entry));
		const sent: ItemResult[] = [];
		for (const call of inCalls(updates)) sent.push(...(await send(session, call)));
		const byItem = new Map(sent.map((result) => [result.itemIndex, result]));
		return read.flatMap((entry) => ('error' in entry ? [entry] : (byItem.get(entry.item.index) ?? [])));
	},
};

/**
 * 100 contacts a call, and none of them twice: what WATI makes of two entries for one contact is not documented. A contact's
 * second item follows in a later call, so that it meets what the first one set.
 */
function inCalls(updates: readonly Update[]): Update[][] {
	const rounds: Update[][] = [];
	const times = new Map<string, number>();
	for (const update of updates) {
		const before = times.get(update.target) ?? 0;
		times.set(update.target, before + 1);
		(rounds[before] ??= []).push(update);
	}
	return rounds.flatMap((round) => inChunks(round, LIMITS.contactsPerUpdate));
}

function readUpdate(session: WatiSession, item: ItemParameters): Update | { itemIndex: number; error: Error } {
	try {
		const attributes = readAttributes(item);
		if (attributes.length === 0) throw nothingToUpdate();
		return { target: readTarget(session, item, 'contact').value, attributes, item };
	} catch (thrown) {
		return { itemIndex: item.index, error: asError(thrown) };
	}
}

function nothingToUpdate(): InputProblem {
	return new InputProblem('Custom Attributes is empty, so there is nothing to update', {
		field: 'Custom Attributes',
		expected: 'at least one attribute',
		mend: "WATI's API changes attributes only; the name is set when the contact is created.",
	});
}

/** A refusal does not say which contact it means: then each half is sent by itself, which is safe to repeat. */
async function send(session: WatiSession, updates: Update[]): Promise<ItemResult[]> {
	try {
		return await matchAnswer(session, updates, await session.wati.updateContacts(session.client, updates));
	} catch (thrown) {
		const error = asError(thrown);
		if (updates.length === 1 || !mayMeanOneOfThem(error)) {
			return updates.map((update) => ({ itemIndex: update.item.index, error }));
		}
		const middle = Math.ceil(updates.length / 2);
		return [...(await send(session, updates.slice(0, middle))), ...(await send(session, updates.slice(middle)))];
	}
}

const mayMeanOneOfThem = (error: Error): boolean =>
	error instanceof RequestError && (error.kind === 'refused' || error.kind === 'notFound');

/**
 * An update whose contact is not in the answer was not done; but where the answer holds a contact that belongs to nobody,
 * WATI may write a number in another way than the builder (a Mexican or Brazilian mobile): then it is sent alone, to be sure.
 */
async function matchAnswer(session: WatiSession, updates: Update[], contacts: WatiContact[]): Promise<ItemResult[]> {
	const found = updates.map((update) => session.wati.findInAnswer(contacts, update.target, updates.length));
	const isAnyLeft = contacts.some((contact) => !found.includes(contact));
	const results: ItemResult[] = [];
	for (const [position, update] of updates.entries()) {
		const contact = found[position];
		if (contact) {
			results.push({
				itemIndex: update.item.index,
				json: update.item.flag('simplify', 'Simplify') ? simpleContact(contact) : contact,
			});
		} else if (isAnyLeft && updates.length > 1) {
			results.push(...(await send(session, [update])));
		} else {
			results.push({ itemIndex: update.item.index, error: notUpdated(session) });
		}
	}
	return results;
}

function notUpdated({ wati }: WatiSession): RequestError {
	return wati.refusedInSuccess(
		'update the contact',
		undefined,
		'The contact is missing in the answer: check that it exists, with Contact > Get.',
	);
}
