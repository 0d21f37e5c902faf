import { refuse } from '../errors';
import { isTextType, parseDateTime, type FieldDefinition, type FieldType, type ReadValue } from '../fields';
import { normalizeId } from '../ids';
import type { SoqlLiteral, SoqlOperator } from './ast';

/** What two values of a field are compared by; `null` is no value. */
export type Key = string | number | boolean | null;

/** The kind of literal a field may be compared with; `null` always may. */
const LITERAL: Readonly<Partial<Record<FieldType, SoqlLiteral['type']>>> = {
	boolean: 'boolean',
	date: 'date',
	datetime: 'datetime',
	int: 'number',
	double: 'number',
	currency: 'number',
	percent: 'number',
};

/** The literal as a key; INVALID_FIELD when its kind does not go with the field. An empty string is no value. */
export function literalKey(definition: FieldDefinition, literal: SoqlLiteral): Key {
	if (literal.type === 'null') return null;
	const expected = LITERAL[definition.type] ?? 'string';
	if (literal.type !== expected) {
		const quotes = expected === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
		throw refuse.invalidField(
			`value of filter criterion for field '${definition.name}' must be of type ${definition.type} and ${quotes}`,
		);
	}
	if (isId(definition) && literal.type === 'string' && literal.value && !normalizeId(literal.value))
		throw refuse.badFilter(`invalid ID field: ${literal.value}`);
	return valueKey(definition, literal.value);
}

/** The stored value as a key: text without case unless the field is case-sensitive, date-times as milliseconds. */
export function valueKey(definition: FieldDefinition, value: ReadValue): Key {
	if (value === null || value === '' || typeof value === 'object') return null;
	if (isId(definition)) return normalizeId(String(value)) ?? String(value);
	if (definition.type === 'datetime') return parseDateTime(String(value));
	if (isTextType(definition.type) && !definition.caseSensitive) return String(value).toLowerCase();
	return value;
}

/** `!=` also finds rows without a value; greater and smaller never do. */
export function compareKeys(left: Key, operator: SoqlOperator, right: Key): boolean {
	if (operator === '=') return left === right;
	if (operator === '!=') return left !== right;
	if (left === null || right === null) return false;
	if (operator === '<') return left < right;
	if (operator === '<=') return left <= right;
	return operator === '>' ? left > right : left >= right;
}

/** For sorting; rows without a value are placed by the caller. */
export function orderKeys(left: Key, right: Key): number {
	if (left === right || left === null || right === null) return 0;
	return left < right ? -1 : 1;
}

export const isId = (definition: FieldDefinition): boolean =>
	definition.type === 'id' || definition.type === 'reference';
