import { applyEmptyValues, isEmpty } from './emptyValues';
import type { ContactInput, FieldValues, UpsertPolicy } from './types';

/** What one item wants written, depending on what is done with it. */
export interface Wanted {
	/** Everything, with the origin marker. */
	onCreate: FieldValues;
	/** Mapped fields and summary, without the key (the contact was found by it) and without the marker. */
	onUpdate: FieldValues;
	/** The summary alone; no entry where it is empty or not mapped. */
	summary: FieldValues;
	/** The fields that the builder mapped and wants to see in the outcome. */
	mapped: string[];
	/** The builder mapped the field of the origin marker; what was mapped is not written. */
	markerWasMapped: boolean;
}

export function wantedValues({ key, values, summary: given }: ContactInput, policy: UpsertPolicy): Wanted {
	const marker = policy.origin.kind === 'marker' && !isEmpty(policy.origin.value) ? policy.origin : undefined;
	const mapped = [...new Set(given ? [...values.keys(), given.field] : values.keys())];

	const summary = new Map<string, string>(given && !isEmpty(given.value) ? [[given.field, given.value]] : []);
	const written = applyEmptyValues(values, policy.emptyValues);
	if (marker) {
		// Anything else in this field would make the contact look like somebody else's in the next run.
		summary.delete(marker.field);
		written.delete(marker.field);
	}
	for (const [field, value] of summary) written.set(field, value);

	const onCreate = new Map([...written].filter(([, value]) => value !== null));
	if (marker) onCreate.set(marker.field, marker.value);
	written.delete(key.field);
	return { onCreate, onUpdate: written, summary, mapped, markerWasMapped: !!marker && mapped.includes(marker.field) };
}
