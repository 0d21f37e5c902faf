import type { FieldInfo, FieldType, FieldValue, FieldValues } from '../../upsert/types';

/** A value as Zoho writes it in an answer, as the engine holds it. A link to another record is known by its name. */
export function storedValue(value: unknown): FieldValue {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	if (Array.isArray(value)) return value.map(String);
	if (typeof value !== 'object' || value === null) return null;
	const { name, id } = value as { name?: unknown; id?: unknown };
	return typeof name === 'string' ? name : typeof id === 'string' ? id : JSON.stringify(value);
}

/** Zoho's form of a value where it is not the engine's own. */
const WRITTEN: Partial<Record<FieldType, (value: FieldValue) => FieldValue>> = {
	// A box has no third state.
	boolean: (value) => value ?? false,
	// Without fractions of a second, and with an offset in figures, as in all of Zoho's samples: `2026-12-24T10:00:00+00:00`.
	dateTime: (value) =>
		typeof value === 'string' ? value.replace(/\.\d+(?=Z|[+-])/, '').replace(/Z$/, '+00:00') : value,
};

/** Values as a row of a write has them. `null` empties a field. */
export function writtenRow(values: FieldValues, fields: readonly FieldInfo[]): Record<string, FieldValue> {
	const types = new Map(fields.map(({ id, type }) => [id, type]));
	return Object.fromEntries(
		[...values].map(([id, value]) => [id, (WRITTEN[types.get(id) ?? 'text'] ?? ((same) => same))(value)]),
	);
}
