import { refuse } from '../errors';
import { isTextType, type StoredRecord } from '../fields';
import type { Column } from './columns';
import type { LikePart, SoqlCondition } from './ast';
import { compareKeys, isId, literalKey, valueKey } from './compare';

export type RowTest = (record: StoredRecord) => boolean;

/** Turns a WHERE into a test of rows; what the org can't filter by is refused here, before any row is read. */
export function compileCondition(condition: SoqlCondition, columnOf: (name: string) => Column): RowTest {
	const compile = (one: SoqlCondition): RowTest => compileCondition(one, columnOf);
	switch (condition.kind) {
		case 'and': {
			const terms = condition.terms.map(compile);
			return (record) => terms.every((term) => term(record));
		}
		case 'or': {
			const terms = condition.terms.map(compile);
			return (record) => terms.some((term) => term(record));
		}
		case 'not': {
			const term = compile(condition.term);
			return (record) => !term(record);
		}
		default:
			return compileFieldCondition(condition, columnOf(condition.field));
	}
}

type FieldCondition = Extract<SoqlCondition, { field: string }>;

function compileFieldCondition(condition: FieldCondition, column: Column): RowTest {
	const { definition } = column;
	if (!definition.filterable)
		throw refuse.invalidField(`field '${definition.name}' can not be filtered in a query call`);
	const keyOf = (record: StoredRecord) => valueKey(definition, column.read(record));
	switch (condition.kind) {
		case 'compare': {
			const wanted = literalKey(definition, condition.value);
			const { operator } = condition;
			const onlyEquality = definition.type === 'boolean' || definition.type === 'multipicklist';
			if (onlyEquality && operator !== '=' && operator !== '!=')
				throw refuse.badFilter(`invalid operator for field '${definition.name}'`);
			return (record) => compareKeys(keyOf(record), operator, wanted);
		}
		case 'in': {
			const wanted = new Set(condition.values.map((value) => literalKey(definition, value)));
			return (record) => wanted.has(keyOf(record)) !== condition.negated;
		}
		case 'includes': {
			if (definition.type !== 'multipicklist')
				throw refuse.badFilter(
					`INCLUDES and EXCLUDES work on multi-select picklists only, not on '${definition.name}'`,
				);
			const wanted = condition.values.map((value) => value.toLowerCase().split(';'));
			return (record) => {
				const chosen = String(keyOf(record) ?? '').split(';');
				return wanted.some((all) => all.every((one) => chosen.includes(one))) !== condition.negated;
			};
		}
		case 'like': {
			if (!isTextType(definition.type) || isId(definition))
				throw refuse.badFilter(`invalid operator on field '${definition.name}': LIKE`);
			const pattern = likePattern(condition.pattern);
			return (record) => {
				const value = column.read(record);
				return typeof value === 'string' && pattern.test(value);
			};
		}
	}
}

function likePattern(parts: LikePart[]): RegExp {
	const source = parts.map((part) => {
		if (part.kind === 'anyText') return '.*';
		return part.kind === 'anyCharacter' ? '.' : part.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	});
	return new RegExp(`^${source.join('')}$`, 'isu');
}
