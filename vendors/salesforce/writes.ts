import type { Call } from '../../http/call';
import { inChunks, mapConcurrently } from '../../http/concurrency';
import { RequestError } from '../../http/errors';
import { path } from '../../http/path';
import type { FieldType, FieldValues, WriteResult } from '../../upsert/types';
import { asProblem, isOutcomeUnknown } from '../shared/problem';
import { DATA_PATH, readAs, type SalesforceApi } from './api';
import { explainRow } from './explain';
import { savedSchema } from './schemas';
import { toSalesforce } from './values';

/** A contact to write: without an id a new one. */
export interface Row {
	id?: string;
	values: FieldValues;
}

export interface WriteOptions {
	/** Duplicate rules that only warn don't refuse (A6, duplicate rule header). */
	saveAnyway: boolean;
}

interface Writing extends WriteOptions {
	/** Types of the fields by their ids. */
	types: ReadonlyMap<string, FieldType>;
}

/** Records in one collections call (A7). */
const ROWS_PER_CALL = 200;

/** Calls in progress at one time; few, because contacts of one account lock one another out. */
const CONCURRENCY = 3;

/** How often rows that somebody else has locked are sent. */
const LOCK_ATTEMPTS = 4;

/** How often a collection that was refused as a whole is cut in two, to find the row that is to blame. */
const MOST_CUTS = 20;

/** Triggers and flows of the org run before the answer comes; Salesforce itself allows 10 minutes (A9). */
const TIMEOUT_MS = 180_000;

/** Writes contacts and gives one result for each row, in order. All rows are new ones, or none is. */
export async function writeRows(api: SalesforceApi, rows: readonly Row[], options: Writing): Promise<WriteResult[]> {
	const chunks = inChunks(rows, ROWS_PER_CALL);
	const results = await mapConcurrently(chunks, CONCURRENCY, async (chunk) => await writeChunk(api, chunk, options));
	return results.flat();
}

/** Sends rows that were locked again, and only those. */
async function writeChunk(api: SalesforceApi, rows: readonly Row[], options: Writing): Promise<WriteResult[]> {
	const cuts = { left: MOST_CUTS };
	const results = await send(api, rows, options, cuts);
	for (let attempt = 1; attempt < LOCK_ATTEMPTS; attempt++) {
		const locked = [...results.keys()].filter((place) => isLocked(results[place]));
		if (locked.length === 0) break;
		await api.pause(attempt);
		const again = await send(
			api,
			rows.filter((_row, place) => locked.includes(place)),
			options,
			cuts,
		);
		for (const [index, place] of locked.entries()) results[place] = again[index] ?? noAnswer(rows[place]);
	}
	return results;
}

const isLocked = (result: WriteResult | undefined): boolean =>
	result?.ok === false && result.problem.code === 'UNABLE_TO_LOCK_ROW';

async function send(
	api: SalesforceApi,
	rows: readonly Row[],
	options: Writing,
	cuts: { left: number },
): Promise<WriteResult[]> {
	try {
		const [only, another] = rows;
		if (only && !another) return [await writeOne(api, only, options)];
		return await writeMany(api, rows, options);
	} catch (thrown) {
		const isRefusal =
			thrown instanceof RequestError && thrown.kind === 'refused' && thrown.code !== 'UNABLE_TO_LOCK_ROW';
		if (rows.length === 1 || !isRefusal || cuts.left <= 0) {
			const outcomeUnknown = isOutcomeUnknown(thrown);
			return rows.map(() => ({ ok: false, problem: asProblem(thrown), outcomeUnknown }));
		}
		cuts.left--;
		const half = Math.ceil(rows.length / 2);
		const before = await send(api, rows.slice(0, half), options, cuts);
		return [...before, ...(await send(api, rows.slice(half), options, cuts))];
	}
}

/** By the call for one record, since only its errors are known to name the duplicates (A6, A7). */
async function writeOne(api: SalesforceApi, { id, values }: Row, options: Writing): Promise<WriteResult> {
	const resource = `${DATA_PATH}/sobjects/Contact`;
	const json = Object.fromEntries(body(values, options));
	if (id !== undefined) {
		const { json: answer } = await api.send(
			writing(options, { effect: 'update', method: 'PATCH', path: resource + path`/${id}`, json }),
		);
		// 204 without a body as a rule (A7); a 200 may say no as a row of a collection does.
		const saved = savedSchema.safeParse(answer);
		return saved.success ? readSaved(api, saved.data, { id, values }) : { ok: true, id };
	}
	const saved = await api.read(
		savedSchema,
		writing(options, { effect: 'create', method: 'POST', path: resource, json }),
	);
	return readSaved(api, saved, { values });
}

async function writeMany(api: SalesforceApi, rows: readonly Row[], options: Writing): Promise<WriteResult[]> {
	const isUpdate = rows.some(({ id }) => id !== undefined);
	const call = writing(options, {
		effect: isUpdate ? 'update' : 'create',
		method: isUpdate ? 'PATCH' : 'POST',
		path: `${DATA_PATH}/composite/sobjects`,
		json: {
			allOrNone: false,
			// Type and id come last: nothing that a builder maps can take their place.
			records: rows.map(({ id, values }) =>
				Object.fromEntries([
					...body(values, options),
					['attributes', { type: 'Contact' }],
					...(id === undefined ? [] : [['id', id]]),
				]),
			),
		},
	});
	const results = readAs(savedSchema.array(), (await api.send(call)).json, call);
	return rows.map((row, place) => {
		const saved = results[place];
		return saved ? readSaved(api, saved, row) : noAnswer(row);
	});
}

const writing = (options: WriteOptions, call: Pick<Call, 'effect' | 'method' | 'path' | 'json'>): Call => ({
	...call,
	purpose: call.effect === 'create' ? 'create contacts' : 'update contacts',
	timeoutMs: TIMEOUT_MS,
	headers: options.saveAnyway ? { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } : undefined,
});

const body = (values: FieldValues, { types }: Writing) =>
	[...values].map(([id, value]) => [id, toSalesforce(value, types.get(id))] as const);

function readSaved(api: SalesforceApi, saved: (typeof savedSchema)['_output'], row: Row): WriteResult {
	if (!saved.success) return { ok: false, problem: explainRow(saved.errors, api.label) };
	const id = saved.id || row.id;
	return id === undefined ? noAnswer(row) : { ok: true, id };
}

function noAnswer(row: Row | undefined): WriteResult {
	const problem = {
		message: 'Salesforce left the contact out of its answer, so it is not known whether it was written',
	};
	return { ok: false, problem, outcomeUnknown: row?.id === undefined };
}
