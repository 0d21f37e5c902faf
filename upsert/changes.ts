import { isEmpty } from './emptyValues';
import { instantInSeconds } from './time';
import type { FieldInfo, FieldType, FieldValue, FieldValues } from './types';

export type FieldTable = ReadonlyMap<string, FieldInfo>;

type Filled = Exclude<FieldValue, null>;

/** Vendors cut white space at the ends and differ in line ends, so neither may cause a write. Upper and lower case do. */
const text = (value: Filled) => String(value).trim().replace(/\r\n?/g, '\n');

/** Integers of more than 15 digits lose digits as numbers, so they stay text. */
function number(value: Filled): string {
	const parsed = Number(text(value));
	return Math.abs(parsed) <= Number.MAX_SAFE_INTEGER ? String(parsed) : text(value);
}

/** The calendar day as written: a day has no time zone, so `2024-05-01T00:00:00+02:00` is the first of May. */
const date = (value: Filled) => /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text(value))?.[0] ?? text(value);

/** In whole seconds, which is all that vendors keep. */
const dateTime = (value: Filled) => String(instantInSeconds(text(value)) ?? text(value));

/** The options chosen, whatever their order. */
const list = (value: Filled) =>
	JSON.stringify([...new Set((Array.isArray(value) ? value : [value]).map((option) => text(option)))].sort());

const boolean = (value: Filled) => text(value).toLowerCase();

/** Each type's form in which equal values are equal text. */
const COMPARABLE: Record<FieldType, (value: Filled) => string> = { text, number, boolean, date, dateTime, list };

function comparable(value: FieldValue | undefined, type: FieldType): string | null {
	if (value !== undefined && value !== null && !isEmpty(value)) return COMPARABLE[type](value);
	// A box that was never ticked is null at one vendor and false at another.
	return type === 'boolean' ? 'false' : null;
}

/** Whether writing `a` over `b` would change nothing. Nothing, null, '' and [] are the same. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined, type: FieldType): boolean {
	return comparable(a, type) === comparable(b, type);
}

export function fieldType(fields: FieldTable, id: string): FieldType {
	return fields.get(id)?.type ?? 'text';
}

/** The part of `wanted` that differs from `stored`. */
export function changedValues(stored: FieldValues, wanted: FieldValues, fields: FieldTable): FieldValues {
	return new Map([...wanted].filter(([id, value]) => !sameValue(stored.get(id), value, fieldType(fields, id))));
}
