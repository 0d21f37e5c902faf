import { refuse, type SalesforceError } from '../errors';
import { readValue, type FieldDefinition, type ReadValue, type StoredRecord } from '../fields';
import type { Org, OrgObject } from '../org';
import { located } from './ast';

/** A column of a query: the field at its end, and how it is read from a row of the queried object. */
export interface Column {
	/** Names as the org writes them: `['Account', 'Name']`. */
	path: string[];
	/** The objects passed on the way, one fewer than names. */
	through: Array<{ object: OrgObject; lookup: FieldDefinition }>;
	definition: FieldDefinition;
	read(record: StoredRecord): ReadValue;
}

/** Finds `Email` or `Account.Name`; INVALID_FIELD when there is no such column. */
export function findColumn(org: Org, from: OrgObject, name: string, soql: string): Column {
	const parts = name.split('.');
	const through: Column['through'] = [];
	const path: string[] = [];
	let object = from;
	for (const part of parts.slice(0, -1)) {
		const lookup = object.fields.findRelationship(part);
		const target = lookup && org.object(lookup.referenceTo[0] ?? '');
		if (!lookup || !target) throw noSuchRelationship(soql, part, object);
		path.push(lookup.relationshipName ?? part);
		through.push({ object: target, lookup });
		object = target;
	}
	const last = parts.at(-1) ?? '';
	const definition = object.fields.find(last);
	if (!definition) throw noSuchColumn(soql, last, object);
	return {
		path: [...path, definition.name],
		through,
		definition,
		read: (record) => readThrough(record, through, definition),
	};
}

function readThrough(record: StoredRecord, through: Column['through'], definition: FieldDefinition): ReadValue {
	let current: StoredRecord | undefined = record;
	for (const { object, lookup } of through) current = current && object.records.get(String(current[lookup.name]));
	return current ? readValue(current, definition) : null;
}

function noSuchColumn(soql: string, name: string, object: OrgObject): SalesforceError {
	return refuse.invalidField(
		located(
			soql,
			Math.max(0, soql.indexOf(name)),
			`No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
		),
	);
}

function noSuchRelationship(soql: string, name: string, object: OrgObject): SalesforceError {
	return refuse.invalidField(
		located(
			soql,
			Math.max(0, soql.indexOf(name)),
			`Didn't understand relationship '${name}' on entity '${object.name}'.`,
		),
	);
}
