import { SalesforceError, refuse, type ErrorItem } from './errors';
import { parseDateTime, type FieldDefinition, type FieldValue, type StoredRecord } from './fields';
import { normalizeId } from './ids';
import { timestamp, type Org, type OrgObject } from './org';
import type { SentValues } from './rowValues';

/** Own words for the pattern; enough to tell `a@b.example` from `not an email`. */
const EMAIL = /^[^\s\p{C}@<>()[\],;:"\\]+@[^\s\p{C}@.]+(\.[^\s\p{C}@.]+)+$/u;

/**
 * Checks what was sent against the object's rules and returns the values to store.
 * All broken rules are reported together. Throws {@link SalesforceError}.
 */
export function validate(org: Org, object: OrgObject, sent: SentValues, operation: 'create' | 'update'): StoredRecord {
	const missing = missingRequired(object, sent.values, operation);
	const items: ErrorItem[] = missing.length > 0 ? [requiredMissing(missing)] : [];
	const stored: StoredRecord = {};
	for (const definition of sent.definitions) {
		const value = sent.values[definition.name] ?? null;
		items.push(...broken(org, definition, value));
		stored[definition.name] = settle(org, definition, value);
	}
	if (items.length > 0) throw new SalesforceError(400, items);
	return stored;
}

/** The admin's validation rules, asked about the record as it would become. */
export function checkValidationRules(org: Org, record: StoredRecord): void {
	const items = org.settings.validationRules
		.filter((rule) => rule.refuses(record))
		.map((rule) => ({
			errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
			message: rule.message,
			fields: rule.field ? [rule.field] : [],
		}));
	if (items.length > 0) throw new SalesforceError(400, items);
}

/** No two records share the value of a unique field. */
export function checkUnique(object: OrgObject, values: StoredRecord, ownId?: string): void {
	for (const definition of object.fields.list.filter((one) => one.unique)) {
		const value = values[definition.name];
		if (value === null || value === undefined) continue;
		const other = findByValue(object, definition, String(value)).find((record) => record.Id !== ownId);
		if (other) throw refuse.duplicateValue(definition.name, String(other.Id));
	}
}

/** Records whose field has the value; case counts only where the field says so. */
export function findByValue(object: OrgObject, definition: FieldDefinition, value: string): StoredRecord[] {
	const key = (text: string): string => (definition.caseSensitive ? text : text.toLowerCase());
	return [...object.records.values()].filter((record) => {
		const own = record[definition.name];
		return typeof own === 'string' && key(own) === key(value);
	});
}

function missingRequired(object: OrgObject, values: StoredRecord, operation: 'create' | 'update'): string[] {
	return object.fields.list
		.filter((one) => one.createable && !one.nillable && !one.defaultedOnCreate)
		.filter((one) => (operation === 'create' ? (values[one.name] ?? null) === null : values[one.name] === null))
		.map((one) => one.name);
}

const requiredMissing = (fields: string[]): ErrorItem => ({
	errorCode: 'REQUIRED_FIELD_MISSING',
	message: `Required fields are missing: [${fields.join(', ')}]`,
	fields,
});

/** A check of one value; returns what is wrong with it. */
type Check = (org: Org, definition: FieldDefinition, value: Exclude<FieldValue, null>) => ErrorItem | undefined;

const item = (errorCode: string, message: string, definition: FieldDefinition): ErrorItem => ({
	errorCode,
	message,
	fields: [definition.name],
});

const tooLong: Check = (_org, definition, value) =>
	definition.length > 0 && String(value).length > definition.length
		? item(
				'STRING_TOO_LONG',
				`${definition.label}: data value too large: ${String(value)} (max length=${definition.length})`,
				definition,
			)
		: undefined;

const email: Check = (_org, definition, value) =>
	EMAIL.test(String(value))
		? undefined
		: item('INVALID_EMAIL_ADDRESS', `${definition.label}: invalid email address: ${String(value)}`, definition);

const picklist: Check = (org, definition, value) => {
	const chosen = definition.type === 'multipicklist' ? String(value).split(';') : [String(value)];
	const refused = org.settings.refusedByRecordType[definition.name] ?? [];
	const bad = chosen.find(
		(one) => refused.includes(one) || (definition.restrictedPicklist && !isChoice(definition, one)),
	);
	return bad === undefined
		? undefined
		: item(
				'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
				`${definition.label}: bad value for restricted picklist field: ${bad}`,
				definition,
			);
};

const range: Check = (_org, definition, value) =>
	Math.abs(Number(value)) >= 10 ** (definition.precision - definition.scale)
		? item(
				'NUMBER_OUTSIDE_VALID_RANGE',
				`${definition.label}: value outside of valid range: ${String(value)}`,
				definition,
			)
		: undefined;

const reference: Check = (org, definition, value) => {
	const targets = definition.referenceTo.flatMap((name) => org.object(name) ?? []);
	const id = normalizeId(String(value));
	if (!id || !targets.some((target) => id.startsWith(target.keyPrefix)))
		return item('MALFORMED_ID', `${definition.label}: id value of incorrect type: ${String(value)}`, definition);
	return targets.some((target) => target.records.has(id))
		? undefined
		: item('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', definition);
};

const CHECKS: Readonly<Partial<Record<FieldDefinition['type'], Check[]>>> = {
	string: [tooLong],
	textarea: [tooLong],
	phone: [tooLong],
	url: [tooLong],
	email: [tooLong, email],
	picklist: [tooLong, picklist],
	multipicklist: [tooLong, picklist],
	int: [range],
	double: [range],
	currency: [range],
	percent: [range],
	reference: [reference],
};

function broken(org: Org, definition: FieldDefinition, value: FieldValue): ErrorItem[] {
	if (value === null) {
		const notNullable = definition.type === 'boolean' || (definition.defaultedOnCreate && !definition.nillable);
		return notNullable
			? [item('INVALID_TYPE_ON_FIELD_IN_RECORD', `${definition.label}: value not of required type: `, definition)]
			: [];
	}
	return (CHECKS[definition.type] ?? []).flatMap((check) => check(org, definition, value) ?? []);
}

const isChoice = (definition: FieldDefinition, value: string): boolean =>
	definition.picklistValues.some((choice) => choice.active && choice.value === value);

/** How the org keeps a value: ids with 18 characters, choices in the order of the field, dates as the API writes them. */
function settle(org: Org, definition: FieldDefinition, value: FieldValue): FieldValue {
	if (typeof value !== 'string') return value;
	if (definition.type === 'reference') return normalizeId(value) ?? value;
	if (definition.type === 'email' && org.settings.lowercaseEmails) return value.toLowerCase();
	if (definition.type === 'datetime') return timestamp(new Date(parseDateTime(value)));
	if (definition.type !== 'multipicklist') return value;
	const order = definition.picklistValues.map((choice) => choice.value);
	const rank = (one: string): number => (order.includes(one) ? order.indexOf(one) : order.length);
	return [...new Set(value.split(';'))].sort((a, b) => rank(a) - rank(b)).join(';');
}
