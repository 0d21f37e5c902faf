import {
	deleteContact,
	insertContact,
	recordsByKey,
	updateContact,
	upsertKey,
	type Body,
	type Writer,
} from './contacts';
import { SalesforceError, refuse } from './errors';
import type { FieldDefinition } from './fields';
import { normalizeId } from './ids';
import type { Org } from './org';
import { listed, objectOf, shownRecord } from './records';
import { objectBody, writerOf, type Answer, type Call, type Route } from './call';
import { isObject } from './json';

const LARGEST_COLLECTION = 200;
const COLLECTION_UPSERT_SINCE = 46;

/** sObject Collections (A7): 200 with one result a row, in the order of the rows; the whole request fails only when it is malformed. */
export const collectionRoutes: readonly Route[] = [
	{ method: 'POST', pattern: '/composite/sobjects', handle: (call) => write(call, insertRow) },
	{ method: 'PATCH', pattern: '/composite/sobjects', handle: (call) => write(call, updateRow) },
	{ method: 'DELETE', pattern: '/composite/sobjects', handle: removeMany },
	{ method: 'GET', pattern: '/composite/sobjects/:type', handle: getMany },
	{ method: 'POST', pattern: '/composite/sobjects/:type', handle: getMany },
	{ method: 'PATCH', pattern: '/composite/sobjects/:type/:field', handle: upsertMany },
];

/** Writes one row and returns its result. */
type WriteRow = (org: Org, writer: Writer, row: Body) => { id: string; created?: boolean };

interface RowResult {
	id?: string;
	success: boolean;
	errors: unknown[];
	created?: boolean;
}

const insertRow: WriteRow = (org, writer, row) => ({ id: insertContact(org, writer, row) });

const updateRow: WriteRow = (org, writer, row) => {
	const idKey = Object.keys(row).find((name) => name.toLowerCase() === 'id');
	const id = idKey === undefined ? undefined : row[idKey];
	if (idKey === undefined || typeof id !== 'string' || id === '') throw refuse.missingId();
	const { [idKey]: _id, ...fields } = row;
	updateContact(org, writer, id, fields);
	return { id: normalizeId(id) ?? id };
};

const upsertRow =
	(key: FieldDefinition, timesInCall: Map<string, number>): WriteRow =>
	(org, writer, row) => {
		const name = Object.keys(row).find((one) => one.toLowerCase() === key.name.toLowerCase());
		const value = name === undefined ? undefined : row[name];
		if (name === undefined || typeof value !== 'string' || value === '')
			throw new SalesforceError(400, [
				{ errorCode: 'MISSING_ARGUMENT', message: `${key.name} not specified`, fields: [key.name] },
			]);
		if ((timesInCall.get(value.toLowerCase()) ?? 0) > 1)
			throw new SalesforceError(400, [
				{ errorCode: 'DUPLICATE_VALUE', message: `Duplicate external id specified: ${value}`, fields: [key.name] },
			]);
		const matches = recordsByKey(org, key, value);
		if (matches.length > 1)
			throw refuse.severalMatches(
				key.name,
				matches.map((match) => String(match.Id)),
			);
		const { [name]: _key, ...fields } = row;
		const [match] = matches;
		if (!match && key.type === 'id') throw refuse.noSuchRecord();
		if (!match) return { id: insertContact(org, writer, row), created: true };
		updateContact(org, writer, String(match.Id), fields);
		return { id: String(match.Id), created: false };
	};

function upsertMany(call: Call): Answer {
	if (call.versionNumber < COLLECTION_UPSERT_SINCE) throw refuse.notFound();
	objectOf(call, true);
	const key = upsertKey(call.org, call.params.field ?? '');
	const timesInCall = new Map<string, number>();
	for (const row of rowsOf(call)) {
		const value = String(row[key.name] ?? '').toLowerCase();
		timesInCall.set(value, (timesInCall.get(value) ?? 0) + 1);
	}
	return write(call, upsertRow(key, timesInCall));
}

function write(call: Call, writeRow: WriteRow): Answer {
	const rows = rowsOf(call);
	return allOrSome(call.org, objectBody(call).allOrNone === true, rows, (row) =>
		writeRow(call.org, writerOf(call), row),
	);
}

/** Runs the rows one by one; with `allOrNone` one refusal undoes them all. */
function allOrSome<T>(
	org: Org,
	allOrNone: boolean,
	rows: T[],
	run: (row: T) => { id: string; created?: boolean },
): Answer {
	const undo = snapshot(org);
	const results = rows.map((row) => {
		try {
			return { ...run(row), success: true, errors: [] };
		} catch (error) {
			if (!(error instanceof SalesforceError) || failsRequest(org, error)) {
				undo();
				throw error;
			}
			return { success: false, errors: error.rowErrors(org.settings.duplicateResultInRows) };
		}
	});
	if (!allOrNone || results.every((result) => result.success)) return { status: 200, body: results };
	undo();
	return { status: 200, body: results.map((result) => (result.success ? ROLLED_BACK : result)) };
}

const ROLLED_BACK: RowResult = {
	success: false,
	errors: [
		{
			statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
			message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
			fields: [],
		},
	],
};

/** Remembers contacts and counts; calling the result brings them back. */
export function snapshot(org: Org): () => void {
	const { contact, activity } = org;
	const before = { records: [...contact.records], deleted: [...contact.deleted], activity: { ...activity } };
	return () => {
		contact.records.clear();
		contact.deleted.clear();
		for (const [id, record] of before.records) contact.records.set(id, record);
		for (const [id, record] of before.deleted) contact.deleted.set(id, record);
		Object.assign(activity, { ...before.activity, queries: activity.queries });
	};
}

const failsRequest = (org: Org, error: SalesforceError): boolean =>
	org.settings.badJsonTypeFails === 'request' && error.items.some((one) => one.errorCode === 'JSON_PARSER_ERROR');

function rowsOf(call: Call): Body[] {
	const body = objectBody(call);
	const unknown = Object.keys(body).find((name) => name !== 'records' && name !== 'allOrNone');
	if (unknown) throw refuse.badJson(`Unrecognized field "${unknown}"`);
	if ('allOrNone' in body && typeof body.allOrNone !== 'boolean')
		throw refuse.cannotDeserialize('boolean', 'VALUE_STRING', String(body.allOrNone));
	if (!Array.isArray(body.records) || body.records.length === 0) throw refuse.badRequest('records is required');
	if (body.records.length > LARGEST_COLLECTION) throw refuse.tooManyRows(LARGEST_COLLECTION);
	return body.records.map((row: unknown) => rowOf(call, row));
}

function rowOf(call: Call, row: unknown): Body {
	const type = isObject(row) && isObject(row.attributes) ? row.attributes.type : undefined;
	if (!isObject(row) || typeof type !== 'string') throw refuse.badRequest('Each record needs attributes.type');
	const object = call.org.object(type);
	if (!object?.writable) throw refuse.invalidType(type);
	return row;
}

function removeMany(call: Call): Answer {
	const ids = listed(call.query.get('ids'));
	if (ids.length === 0) throw refuse.badRequest('ids is required');
	if (ids.length > LARGEST_COLLECTION) throw refuse.tooManyRows(LARGEST_COLLECTION);
	return allOrSome(call.org, call.query.get('allOrNone') === 'true', ids, (id) => {
		deleteContact(call.org, id);
		return { id };
	});
}

function getMany(call: Call): Answer {
	const object = objectOf(call, false);
	const body = call.method === 'POST' ? objectBody(call) : {};
	const texts = (value: unknown): string[] =>
		Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
	const ids = call.method === 'POST' ? texts(body.ids) : listed(call.query.get('ids'));
	const fields = call.method === 'POST' ? texts(body.fields) : listed(call.query.get('fields'));
	if (ids.length === 0 || fields.length === 0) throw refuse.badRequest('ids and fields are required');
	return {
		status: 200,
		body: ids.map((id) => {
			const record = call.org.record(object.name, id);
			return record ? shownRecord(call, object, record, fields) : null;
		}),
	};
}
