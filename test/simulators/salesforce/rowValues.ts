import { refuse } from './errors';
import type { FieldDefinition, FieldType, FieldValue, StoredRecord } from './fields';
import type { OrgObject } from './org';

/** What a body sends: values by the fields' own names, still to be checked by the rules of the object. */
export interface SentValues {
	values: StoredRecord;
	definitions: FieldDefinition[];
}

type JsonKind = 'string' | 'boolean' | 'number' | 'integer' | 'date' | 'datetime';

/** The JSON a type is read from; everything else is text. */
const JSON_KIND: Readonly<Partial<Record<FieldType, JsonKind>>> = {
	boolean: 'boolean',
	double: 'number',
	currency: 'number',
	percent: 'number',
	int: 'integer',
	date: 'date',
	datetime: 'datetime',
};

const READABLE: Readonly<Record<JsonKind, (value: unknown) => boolean>> = {
	string: (value) => typeof value === 'string',
	boolean: (value) => typeof value === 'boolean',
	number: (value) => typeof value === 'number',
	integer: (value) => Number.isInteger(value),
	date: (value) => typeof value === 'string' && isDate(value),
	datetime: (value) =>
		typeof value === 'string' &&
		/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(value) &&
		isDate(value.slice(0, 10)),
};

/**
 * Reads the fields of a body: their names, their JSON types, and whether anybody may write them.
 * Throws INVALID_FIELD, JSON_PARSER_ERROR or INVALID_FIELD_FOR_INSERT_UPDATE. Empty text becomes no value.
 */
export function readRow(object: OrgObject, body: Record<string, unknown>, operation: 'create' | 'update'): SentValues {
	const values: StoredRecord = {};
	const definitions: FieldDefinition[] = [];
	for (const [name, value] of Object.entries(body)) {
		if (name === 'attributes') continue;
		const definition = object.fields.find(name);
		if (!definition) throw refuse.invalidField(`No such column '${name}' on sobject of type ${object.name}`);
		values[definition.name] = readJson(definition, value);
		definitions.push(definition);
	}
	const locked = definitions.filter((one) => !(operation === 'create' ? one.createable : one.updateable));
	if (locked.length > 0) throw refuse.notWritable(locked.map((one) => one.name));
	return { values, definitions };
}

function readJson(definition: FieldDefinition, value: unknown): FieldValue {
	if (value === null) return null;
	const kind = JSON_KIND[definition.type] ?? 'string';
	if (!READABLE[kind](value))
		throw refuse.cannotDeserialize(kind === 'number' ? 'double' : kind, token(value), String(value));
	if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
	return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The name a JSON reader gives to what it met. */
function token(value: unknown): string {
	if (Array.isArray(value)) return 'START_ARRAY';
	if (typeof value === 'object') return 'START_OBJECT';
	if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
	return typeof value === 'boolean' ? `VALUE_${String(value).toUpperCase()}` : 'VALUE_STRING';
}

function isDate(text: string): boolean {
	const date = new Date(`${text}T00:00:00Z`);
	return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
