import { isObject } from '../../kit/input';
import { accounts, users } from '../users';
import type { FieldSpec, FieldType } from './table';

/** What `details` says of a bad value beside `api_name` and `json_path`. */
export type Problem =
	{ expected_data_type: string } | { maximum_length: number } | { supported_values: string[] } | Record<string, never>;

type Check = (value: unknown, spec: FieldSpec) => Problem | undefined;

const wrongType = (spec: FieldSpec): Problem => ({ expected_data_type: spec.type });

/** A string of the right form and length; the empty string clears a field. */
const textOf =
	(form: RegExp): Check =>
	(value, spec) => {
		if (typeof value !== 'string') return wrongType(spec);
		if ([...value].length > spec.length) return { maximum_length: spec.length };
		return value === '' || form.test(value) ? undefined : wrongType(spec);
	};

const anyText = textOf(/^/);

const referenceTo =
	(ids: readonly string[]): Check =>
	(value, spec) => {
		const id = isObject(value) ? value['id'] : value;
		if (typeof id !== 'string') return wrongType(spec);
		return ids.includes(id) ? undefined : {};
	};

const chosenFrom: Check = (value, spec) => {
	const supported = (spec.values ?? []).map((each) => each.actual);
	if (value === '' || !spec.restricted || supported.some((each) => each === value)) return undefined;
	return { supported_values: supported };
};

const decimal: Check = (value, spec) =>
	typeof value === 'number' && Number.isFinite(value) ? undefined : wrongType(spec);

function isDay(text: string): boolean {
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** One check a type. Forms are as B6 and B7 name the types; where Zoho publishes no pattern the check is a plain one of ours. */
const checks: Record<FieldType, Check> = {
	text: anyText,
	textarea: anyText,
	email: textOf(/^[^\s\p{C}@"<>,;:()]+@[^\s\p{C}@.'"]+(\.[^\s\p{C}@.'"]+)+$/u),
	phone: textOf(/^\+?[\d\p{L}().,;\- ]+$/u),
	website: textOf(/^(https?:\/\/|ftp:\/\/)?[^\s/.]+(\.[^\s/.]+)+([/?#]\S*)?$/iu),
	picklist: (value, spec) => anyText(value, spec) ?? chosenFrom(value, spec),
	multiselectpicklist: (value, spec) => {
		if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return wrongType(spec);
		return value.map((each) => chosenFrom(each, spec)).find((problem) => problem !== undefined);
	},
	boolean: (value, spec) => (typeof value === 'boolean' ? undefined : wrongType(spec)),
	integer: (value, spec) => {
		if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(spec);
		return String(Math.abs(value)).length > spec.length ? { maximum_length: spec.length } : undefined;
	},
	double: decimal,
	currency: decimal,
	percent: decimal,
	date: (value, spec) =>
		typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value) ? undefined : wrongType(spec),
	// All samples have an offset in figures; whether "Z" is taken as well is nowhere said, hence refused.
	datetime: textOf(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
	lookup: referenceTo(accounts.map((each) => each.id)),
	ownerlookup: referenceTo(Object.values(users).map((each) => each.id)),
	formula: (_, spec) => wrongType(spec),
	bigint: (value, spec) => (typeof value === 'string' && /^\d{1,19}$/.test(value) ? undefined : wrongType(spec)),
};

/** What is wrong with a value for a field; `null` clears and is always of the right type. */
export function checkValue(spec: FieldSpec, value: unknown): Problem | undefined {
	return value === null ? undefined : checks[spec.type](value, spec);
}
