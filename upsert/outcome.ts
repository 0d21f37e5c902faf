import type { Match } from './decide';
import { shownValue } from './emptyValues';
import type { ContactInput, ItemResult, Outcome, StoredContact, UpsertPolicy } from './types';
import type { Wanted } from './wanted';

/** What differs from item to item; the rest of an outcome follows from the item and the policy. */
export interface Happened
	extends Pick<Outcome, 'action'>, Partial<Pick<Outcome, 'reason' | 'changedFields' | 'warnings'>> {
	match?: Match;
}

export function itemResult(
	{ itemIndex, key }: ContactInput,
	wanted: Wanted,
	policy: UpsertPolicy,
	{ action, reason = null, changedFields = {}, warnings = [], match }: Happened,
): ItemResult {
	const outcome: Outcome = {
		action,
		reason,
		id: match?.contact.id || null,
		matchedBy: { field: key.field, value: key.value },
		createdByThisIntegration: match?.ours ?? false,
		changedFields,
		warnings: wanted.markerWasMapped ? [...warnings, MARKER_WAS_MAPPED] : warnings,
		dryRun: policy.dryRun,
		contact: match ? shownContact(match.contact, wanted.mapped) : {},
	};
	return { ok: true, itemIndex, outcome };
}

const MARKER_WAS_MAPPED =
	'The field of the origin marker is kept for the marker: the value mapped to it was not written.';

/** The contact's own id wins over a field called `id`. `Object.fromEntries` makes an own property even of `__proto__`. */
function shownContact(contact: StoredContact, mapped: readonly string[]): Outcome['contact'] {
	const fields = mapped
		.filter((field) => field !== 'id')
		.map((field) => [field, shownValue(contact.fields.get(field))]);
	return Object.fromEntries([['id', contact.id || null], ...fields]);
}
