import type { FieldValue, FieldValues, UpsertPolicy } from './types';

/** Nothing, white space, an empty list: what a builder sees as an empty cell. `false` and 0 are values. */
export function isEmpty(value: FieldValue | undefined): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	return Array.isArray(value) && value.length === 0;
}

/** A value as an outcome shows it: no text and no choice are null, however the vendor writes them. */
export function shownValue(value: FieldValue | undefined): FieldValue {
	return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** Empty values are left out (`ignore`) or become null (`clear`). */
export function applyEmptyValues(values: FieldValues, mode: UpsertPolicy['emptyValues']): Map<string, FieldValue> {
	const kept = new Map<string, FieldValue>();
	for (const [field, value] of values) {
		if (!isEmpty(value)) kept.set(field, value);
		else if (mode === 'clear') kept.set(field, null);
	}
	return kept;
}
