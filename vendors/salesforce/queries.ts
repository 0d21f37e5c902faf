import type { Call, Refusal } from '../../http/call';
import { inChunks, mapConcurrently } from '../../http/concurrency';
import { RequestError } from '../../http/errors';
import { DATA_PATH, readAs, type SalesforceApi } from './api';
import { isConcurrencyLimit } from './explain';
import { compositeSchema, pageSchema, type QueryPage, type SalesforceRecord } from './schemas';

export type QueryResult = { ok: true; records: SalesforceRecord[] } | { ok: false; error: unknown };

/** Queries and collections that one composite call may hold, of its 25 parts (REST API guide, composite resource). */
const QUERIES_PER_COMPOSITE = 5;

/** Calls in progress at one time. Only those of more than 20 s are limited, to 5 in the smallest orgs (A9). */
const CONCURRENCY = 4;

const PURPOSE = 'look up contacts';

/**
 * Runs queries in as few calls as possible: one alone as it is, several as parts of composite calls, which count as one.
 * Gives one result for each, in order; a query that fails leaves the others alone.
 */
export async function runQueries(api: SalesforceApi, queries: readonly string[]): Promise<QueryResult[]> {
	const groups = inChunks(queries, QUERIES_PER_COMPOSITE);
	const results = await mapConcurrently(groups, CONCURRENCY, async (group) => await runGroup(api, group));
	return results.flat();
}

async function runGroup(api: SalesforceApi, queries: readonly string[]): Promise<QueryResult[]> {
	const [query, another] = queries;
	if (query !== undefined && another === undefined) {
		return [await attempt(async () => await allRecords(api, await api.read(pageSchema, queryCall(query))))];
	}
	const call = compositeCall(queries);
	try {
		const { compositeResponse: parts } = await api.read(compositeSchema, call);
		return await mapConcurrently(queries, CONCURRENCY, async (query, index) => {
			return await attempt(async () => await allRecords(api, await readPart(api, query, parts[index], call)));
		});
	} catch (error) {
		return queries.map(() => ({ ok: false, error }));
	}
}

async function attempt(read: () => Promise<SalesforceRecord[]>): Promise<QueryResult> {
	try {
		return { ok: true, records: await read() };
	} catch (error) {
		return { ok: false, error };
	}
}

const queryCall = (query: string): Call => ({
	purpose: PURPOSE,
	effect: 'read',
	method: 'GET',
	path: `${DATA_PATH}/query`,
	query: { q: query },
});

const compositeCall = (queries: readonly string[]): Call => ({
	purpose: PURPOSE,
	effect: 'read',
	method: 'POST',
	path: `${DATA_PATH}/composite`,
	json: {
		allOrNone: false,
		compositeRequest: queries.map((query, index) => ({
			method: 'GET',
			referenceId: `query${index}`,
			url: `${DATA_PATH}/query?q=${encodeURIComponent(query)}`,
		})),
	},
});

type CompositePart = { httpStatusCode: number; body?: unknown };

/** A part that went wrong for reasons that pass is asked for alone, since only whole calls are repeated. */
async function readPart(
	api: SalesforceApi,
	query: string,
	part: CompositePart | undefined,
	call: Call,
): Promise<QueryPage> {
	if (part?.httpStatusCode === 200) return readAs(pageSchema, part.body, call);
	const status = part?.httpStatusCode ?? 500;
	const refusal: Refusal = { status, headers: {}, json: part?.body, text: '', purpose: PURPOSE };
	if (status >= 500 || isConcurrencyLimit(refusal)) return await api.read(pageSchema, queryCall(query));
	throw api.noted(api.explain(refusal));
}

/** The records of a page and of all that follow it. */
async function allRecords(api: SalesforceApi, first: QueryPage): Promise<SalesforceRecord[]> {
	const records = [...first.records];
	const asked = new Set<string>();
	for (let page = first; !page.done;) {
		const path = nextPath(page);
		if (asked.has(path)) throw noRest();
		asked.add(path);
		page = await api.read(pageSchema, { purpose: PURPOSE, effect: 'read', method: 'GET', path });
		records.push(...page.records);
	}
	return records;
}

/** A path of the query resource and nothing else: whatever stands there is called with the token. */
function nextPath({ nextRecordsUrl }: QueryPage): string {
	const path = nextRecordsUrl ?? '';
	if (/^\/services\/data\/v[\d.]+\/query\/[\w-]+$/.test(path)) return path;
	throw noRest();
}

function noRest(): RequestError {
	return new RequestError('badAnswer', 'Salesforce did not say where the rest of the contacts is', {
		description: 'Run the items again.',
	});
}
