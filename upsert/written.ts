import { fieldType, sameValue, type FieldTable } from './changes';
import type { Match } from './decide';
import { shownValue } from './emptyValues';
import type { CreatePlan, UpdatePlan } from './plan';
import type { FieldValue, Outcome, StoredContact, WriteResult } from './types';

/** What a write that succeeded has done. */
export interface Written extends Pick<Outcome, 'action' | 'changedFields' | 'warnings'> {
	/** The contact as it stands now. */
	match: Match;
}

/**
 * Compares a contact before and after a write, by what the vendor says it stored, else by what was sent.
 * A contact that was just created is ours, and every field of it has changed from null.
 */
export function afterWrite(
	plan: CreatePlan | UpdatePlan,
	result: Extract<WriteResult, { ok: true }>,
	fields: FieldTable,
): Written {
	const before = plan.do === 'update' ? plan.match : undefined;
	const contact: StoredContact = {
		...before?.contact,
		id: result.id,
		fields: new Map([...(before?.contact.fields ?? []), ...plan.values, ...(result.fields ?? [])]),
	};

	const changed: Array<[string, { from: FieldValue; to: FieldValue }]> = [];
	const warnings = [...(result.warnings ?? [])];
	for (const id of plan.values.keys()) {
		const from = shownValue(before?.contact.fields.get(id));
		const to = shownValue(contact.fields.get(id));
		const type = fieldType(fields, id);
		if (!sameValue(to, from, type) || (!before && to !== null)) changed.push([id, { from, to }]);
		else warnings.push(`${fields.get(id)?.label ?? id} was not changed: it is still ${shown(from)}.`);
	}

	const nothingChanged = plan.do === 'update' && changed.length === 0;
	return {
		action: nothingChanged ? 'unchanged' : plan.action,
		match: { contact, ours: before?.ours ?? true },
		changedFields: Object.fromEntries(changed),
		warnings,
	};
}

function shown(value: FieldValue): string {
	return value === null ? 'empty' : JSON.stringify(value);
}
