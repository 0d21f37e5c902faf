import { isObject } from '../../kit/input';
import type { Row } from '../contacts/row';
import { fieldNamed } from '../fields/table';
import type { CoqlComparator, CoqlCondition, CoqlQuery } from './ast';
import { textOf } from './check';

type Test = (row: Row) => boolean;

export interface QueryResult {
	rows: Array<Record<string, unknown>>;
	/** Whether rows are left behind the last one. */
	more: boolean;
}

/** Answers a checked query from rows. Without a limit 200 rows; `id` is always among the columns, links give their id alone. */
export function runCoql(query: CoqlQuery, rows: readonly Row[], cap: number, caseSensitive: boolean): QueryResult {
	const fold = caseSensitive ? (text: string) => text : (text: string) => text.toLowerCase();
	const found = rows.filter(testOf(query.where, fold));
	found.sort((one, other) => compareRows(query, one, other));
	const end = query.offset + Math.min(query.limit ?? 200, cap);
	const columns = new Set([...query.columns, 'id']);
	const shown = found.slice(query.offset, end).map((row) => pick(row, columns));
	return { rows: shown, more: found.length > end };
}

function pick(row: Row, columns: Set<string>): Record<string, unknown> {
	return Object.fromEntries(
		[...columns].map((column) => [column, isLink(row[column]) ? { id: comparable(row, column) } : row[column]]),
	);
}

const isLink = (value: unknown): boolean => isObject(value) && 'id' in value;

function testOf(condition: CoqlCondition, fold: (text: string) => string): Test {
	if (condition.kind === 'and' || condition.kind === 'or') {
		const [left, right] = [testOf(condition.left, fold), testOf(condition.right, fold)];
		return condition.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
	}
	const { column } = condition;
	if (condition.kind === 'null') return (row) => (comparable(row, column) === undefined) !== condition.negated;
	if (condition.kind === 'in') {
		const wanted = new Set(condition.values.map((value) => fold(normal(column, textOf(value)))));
		return present(column, (value) => wanted.has(fold(value)) !== condition.negated);
	}
	const wanted = fold(normal(column, textOf(condition.value)));
	const compare = comparisons[condition.operator];
	return present(column, (value) => compare(fold(value), wanted, isNumeric(column)));
}

/** As in SQL, an empty field meets no comparison, not even `!=`. */
const present =
	(column: string, test: (value: string) => boolean): Test =>
	(row) => {
		const value = comparable(row, column);
		return value !== undefined && test(value);
	};

type Comparison = (value: string, wanted: string, numeric: boolean) => boolean;

const order = (one: string, other: string, numeric: boolean): number => {
	if (numeric) return Number(one) - Number(other);
	return one < other ? -1 : Number(one > other);
};

const like: Comparison = (value, wanted) => {
	const pattern = wanted.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${pattern.join('.*')}$`, 'su').test(value);
};

const comparisons: Record<CoqlComparator, Comparison> = {
	'=': (value, wanted) => value === wanted,
	'!=': (value, wanted) => value !== wanted,
	'<': (value, wanted, numeric) => order(value, wanted, numeric) < 0,
	'<=': (value, wanted, numeric) => order(value, wanted, numeric) <= 0,
	'>': (value, wanted, numeric) => order(value, wanted, numeric) > 0,
	'>=': (value, wanted, numeric) => order(value, wanted, numeric) >= 0,
	like,
	'not like': (value, wanted, numeric) => !like(value, wanted, numeric),
};

function compareRows(query: CoqlQuery, one: Row, other: Row): number {
	for (const { column, direction } of query.orderBy) {
		const result = order(comparable(one, column) ?? '', comparable(other, column) ?? '', isNumeric(column));
		if (result !== 0) return direction === 'desc' ? -result : result;
	}
	return 0;
}

const isNumeric = (column: string): boolean => fieldNamed(column)?.type === 'integer';

/** A field as text one can compare; `undefined` when it is empty. Several choices are joined by `;`. */
function comparable(row: Row, column: string): string | undefined {
	const value = row[column];
	if (value === null || value === undefined) return undefined;
	if (isObject(value)) return String(value['id']);
	if (Array.isArray(value)) return value.length > 0 ? value.join(';') : undefined;
	return normal(column, String(value));
}

/** Moments are compared as such, whatever offset they are written with. */
function normal(column: string, text: string): string {
	return fieldNamed(column)?.type === 'datetime' ? new Date(text).toISOString() : text;
}
