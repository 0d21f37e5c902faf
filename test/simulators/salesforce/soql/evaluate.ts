import { isObject } from '../json';
import { refuse } from '../errors';
import type { StoredRecord } from '../fields';
import type { Org, OrgObject } from '../org';
import type { SoqlQuery } from './ast';
import { findColumn, type Column } from './columns';
import { orderKeys, valueKey } from './compare';
import { compileCondition } from './conditions';

const LARGEST_OFFSET = 2000;
const LARGEST_FIELDS_LIMIT = 200;

export interface QueryResult {
	totalSize: number;
	/** Rows as the API shows them, with `attributes`; none for COUNT(). */
	rows: unknown[];
}

/**
 * Runs a parsed query over the org's records.
 * Throws INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR, NUMBER_OUTSIDE_VALID_RANGE or MALFORMED_QUERY.
 */
export function evaluate(
	org: Org,
	query: SoqlQuery,
	soql: string,
	options: { version: string; withDeleted: boolean },
): QueryResult {
	const from = org.object(query.from);
	if (!from) throw refuse.invalidType(query.from);
	const columnOf = (name: string): Column => findColumn(org, from, name, soql);
	const columns = selectedNames(query, from).map(columnOf);
	const test = query.where ? compileCondition(query.where, columnOf) : () => true;
	const order = compileOrder(query, columnOf);
	if ((query.offset ?? 0) > LARGEST_OFFSET) throw refuse.outOfRange(`Maximum SOQL offset allowed is ${LARGEST_OFFSET}`);

	const all = [...from.records.values(), ...(options.withDeleted ? from.deleted.values() : [])];
	const start = query.offset ?? 0;
	const found = all
		.filter(test)
		.sort(order)
		.slice(start, start + (query.limit ?? Infinity));
	return {
		totalSize: found.length,
		rows: query.count ? [] : found.map((record) => show(record, from, columns, options.version)),
	};
}

/** A record as queries and GET show it. */
export function show(
	record: StoredRecord,
	object: OrgObject,
	columns: Column[],
	version: string,
): Record<string, unknown> {
	const shown: Record<string, unknown> = { attributes: attributes(object, record, version) };
	for (const column of columns) place(shown, record, column, version);
	return shown;
}

export const attributes = (object: OrgObject, record: StoredRecord, version: string): Record<string, string> => ({
	type: object.name,
	url: `/services/data/${version}/sobjects/${object.name}/${String(record.Id)}`,
});

function place(shown: Record<string, unknown>, record: StoredRecord, column: Column, version: string): void {
	let target = shown;
	let current = record;
	for (const [depth, { object, lookup }] of column.through.entries()) {
		const name = column.path[depth] ?? '';
		const next = object.records.get(String(current[lookup.name]));
		if (!next) {
			target[name] = null;
			return;
		}
		const nested = isObject(target[name]) ? target[name] : { attributes: attributes(object, next, version) };
		target[name] = nested;
		target = nested;
		current = next;
	}
	target[column.path.at(-1) ?? ''] = column.read(record);
}

function selectedNames(query: SoqlQuery, from: OrgObject): string[] {
	const names = query.fields.flatMap((name) => expand(name, query, from));
	const seen = new Set<string>();
	for (const name of names) {
		if (seen.has(name.toLowerCase())) throw refuse.malformedQuery(`duplicate field selected: ${name}`);
		seen.add(name.toLowerCase());
	}
	return names;
}

function expand(name: string, query: SoqlQuery, from: OrgObject): string[] {
	const set = /^FIELDS\((.*)\)$/.exec(name)?.[1];
	if (set === undefined) return [name];
	const wanted = { ALL: () => true, STANDARD: (custom: boolean) => !custom, CUSTOM: (custom: boolean) => custom };
	if (set !== 'ALL' && set !== 'STANDARD' && set !== 'CUSTOM')
		throw refuse.malformedQuery(`unexpected token: '${set}'`);
	if (set !== 'STANDARD' && (query.limit ?? Infinity) > LARGEST_FIELDS_LIMIT)
		throw refuse.malformedQuery(`The SOQL FIELDS function must have a LIMIT of at most ${LARGEST_FIELDS_LIMIT}`);
	return from.fields.list.filter((one) => wanted[set](one.custom)).map((one) => one.name);
}

function compileOrder(
	query: SoqlQuery,
	columnOf: (name: string) => Column,
): (a: StoredRecord, b: StoredRecord) => number {
	const keys = query.orderBy.map((order) => {
		const column = columnOf(order.field);
		if (!column.definition.sortable)
			throw refuse.malformedQuery(`field '${column.definition.name}' can not be sorted in a query call`);
		return { ...order, keyOf: (record: StoredRecord) => valueKey(column.definition, column.read(record)) };
	});
	return (a, b) => {
		for (const { keyOf, direction, nulls } of keys) {
			const [left, right] = [keyOf(a), keyOf(b)];
			if ((left === null) !== (right === null)) return (left === null) === (nulls === 'first') ? -1 : 1;
			const order = orderKeys(left, right);
			if (order !== 0) return direction === 'asc' ? order : -order;
		}
		return 0;
	};
}
