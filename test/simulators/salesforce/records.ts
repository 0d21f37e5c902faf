import { deleteContact, existing, insertContact, recordsByKey, updateContact, upsertKey } from './contacts';
import { refuse } from './errors';
import type { StoredRecord } from './fields';
import { isIdOf } from './ids';
import type { OrgObject } from './org';
import { objectBody, writerOf, type Answer, type Call, type Route } from './call';
import { attributes, show } from './soql/evaluate';
import { findColumn } from './soql/columns';

/** `created` in the answer of an upsert, and 200 for an update, came with version 46 (A5). */
const UPSERT_TELLS_CREATED = 46;

/** Top-level domains that the URL parser takes for a file extension (A5 names ".inc"). */
const FILE_LIKE_ENDING = /\.inc$/i;

/** Single-record calls, by id and by external id (A5). */
export const recordRoutes: readonly Route[] = [
	{ method: 'POST', pattern: '/sobjects/:type', handle: create },
	{ method: 'GET', pattern: '/sobjects/:type/:id', handle: get },
	{ method: 'PATCH', pattern: '/sobjects/:type/:id', handle: update },
	{ method: 'DELETE', pattern: '/sobjects/:type/:id', handle: remove },
	{ method: 'GET', pattern: '/sobjects/:type/:field/:value', handle: getByKey },
	{ method: 'PATCH', pattern: '/sobjects/:type/:field/:value', handle: upsert },
	{ method: 'DELETE', pattern: '/sobjects/:type/:field/:value', handle: removeByKey },
];

/** The object named in the path; 404 when there is none, a refusal when it can't be written here. */
export function objectOf(call: Call, writing: boolean): OrgObject {
	const object = call.org.object(call.params.type ?? '');
	if (!object) throw refuse.notFound();
	if (writing && !object.writable) throw refuse.invalidType(object.name);
	return object;
}

/** The record with the asked fields (`fields=a,b`), or all of them. */
export function shownRecord(
	call: Call,
	object: OrgObject,
	record: StoredRecord,
	fields: string[],
): Record<string, unknown> {
	const names = fields.length > 0 ? fields : object.fields.list.map((one) => one.name);
	const columns = names.map((name) => findColumn(call.org, object, name, names.join(',')));
	return show(record, object, columns, call.version);
}

export const listed = (text: string | null): string[] => (text ? text.split(',').filter(Boolean) : []);

function create(call: Call): Answer {
	objectOf(call, true);
	return {
		status: 201,
		body: { id: insertContact(call.org, writerOf(call), objectBody(call)), success: true, errors: [] },
	};
}

function get(call: Call): Answer {
	const object = objectOf(call, false);
	const record = call.org.record(object.name, call.params.id ?? '');
	if (!record) throw refuse.notFound();
	return { status: 200, body: shownRecord(call, object, record, listed(call.query.get('fields'))) };
}

function update(call: Call): Answer {
	objectOf(call, true);
	const body = objectBody(call);
	if (hasKey(body, 'Id')) throw refuse.keyInBody('Id');
	updateContact(call.org, writerOf(call), idInPath(call), body);
	return { status: 204 };
}

function remove(call: Call): Answer {
	objectOf(call, true);
	deleteContact(call.org, idInPath(call));
	return { status: 204 };
}

/** An id of another object in the path is no record here, as an unknown one. */
function idInPath(call: Call): string {
	const id = call.params.id ?? '';
	if (!isIdOf('Contact', id)) throw refuse.notFound();
	return id;
}

function upsert(call: Call): Answer {
	objectOf(call, true);
	const { field = '', value = '' } = call.params;
	if (FILE_LIKE_ENDING.test(value)) throw refuse.notFound();
	const key = upsertKey(call.org, field);
	const body = objectBody(call);
	for (const name of ['Id', key.name]) if (hasKey(body, name)) throw refuse.keyInBody(name);
	const matches = recordsByKey(call.org, key, value);
	if (matches.length > 1) return severalMatches(call, matches);
	const [match] = matches;
	if (!match && (call.query.get('updateOnly') === 'true' || key.type === 'id')) throw refuse.notFound();
	const tellsCreated = call.versionNumber >= UPSERT_TELLS_CREATED;
	if (match) {
		updateContact(call.org, writerOf(call), String(match.Id), body);
		return tellsCreated ? upserted(200, String(match.Id), { created: false }) : { status: 204 };
	}
	const id = insertContact(call.org, writerOf(call), { ...body, [key.name]: value });
	return upserted(201, id, tellsCreated ? { created: true } : {});
}

function getByKey(call: Call): Answer {
	const object = objectOf(call, true);
	const record = onlyMatch(call);
	if (Array.isArray(record)) return severalMatches(call, record);
	return { status: 200, body: shownRecord(call, object, record, listed(call.query.get('fields'))) };
}

function removeByKey(call: Call): Answer {
	objectOf(call, true);
	const record = onlyMatch(call);
	if (Array.isArray(record)) return severalMatches(call, record);
	deleteContact(call.org, String(existing(call.org, String(record.Id)).Id));
	return { status: 204 };
}

function onlyMatch(call: Call): StoredRecord | StoredRecord[] {
	const { field = '', value = '' } = call.params;
	if (FILE_LIKE_ENDING.test(value)) throw refuse.notFound();
	const matches = recordsByKey(call.org, upsertKey(call.org, field), value);
	if (matches.length > 1) return matches;
	if (!matches[0]) throw refuse.notFound();
	return matches[0];
}

/** The exact body is not known; a list of record addresses is what is expected (part E, 3). */
const severalMatches = (call: Call, matches: StoredRecord[]): Answer => ({
	status: 300,
	body: matches.map((match) => attributes(call.org.contact, match, call.version).url),
});

const upserted = (status: number, id: string, more: { created?: boolean }): Answer => ({
	status,
	body: { id, success: true, errors: [], ...more },
});

const hasKey = (body: Record<string, unknown>, name: string): boolean =>
	Object.keys(body).some((one) => one.toLowerCase() === name.toLowerCase());
