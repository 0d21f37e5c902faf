import { asError, InputProblem, type RequestError } from '../../../../http/errors';
import type { ContactUpdate } from '../../../../vendors/wati/contacts';
import type { UpdateResult } from '../../../../vendors/wati/contactUpdates';
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
		{ ...attributesField, required: true },
		simplifyField,
		optionsField([defaultCountryOption]),
	],
	async executeAll(session, items) {
		const read = items.map((item) => readUpdate(session, item));
		const updates = read.filter((entry): entry is Update => !('error' in entry));
		const results = await session.wati.updateEach(session.client, updates);
		const sent = updates.map((update, index) => resultOf(session, update, results[index]));
		const byItem = new Map(sent.map((result) => [result.itemIndex, result]));
		return read.flatMap((entry) => ('error' in entry ? [entry] : (byItem.get(entry.item.index) ?? [])));
	},
};

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

function resultOf(session: WatiSession, { item }: Update, result: UpdateResult): ItemResult {
	const itemIndex = item.index;
	if (result === undefined) return { itemIndex, error: notUpdated(session) };
	if (result instanceof Error) return { itemIndex, error: result };
	return { itemIndex, json: item.flag('simplify', 'Simplify') ? simpleContact(result) : result };
}

function notUpdated({ wati }: WatiSession): RequestError {
	return wati.refusedInSuccess(
		'update the contact',
		undefined,
		'The contact is missing in the answer: check that it exists, with Contact > Get.',
	);
}
