import { refuse } from './errors';
import type { Answer, Call, Route } from './call';
import { SoqlSyntaxError } from './soql/ast';
import { evaluate, type QueryResult } from './soql/evaluate';
import { parseSoql } from './soql/parser';

const SMALLEST_PAGE = 200;
const LARGEST_PAGE = 2000;

/** Queries and their further pages (A4). */
export const queryRoutes: readonly Route[] = [
	{ method: 'GET', pattern: '/query', handle: (call) => query(call, false) },
	{ method: 'GET', pattern: '/queryAll', handle: (call) => query(call, true) },
	{ method: 'GET', pattern: '/query/:locator', handle: more },
	{ method: 'GET', pattern: '/queryAll/:locator', handle: more },
];

function query(call: Call, withDeleted: boolean): Answer {
	const soql = call.query.get('q');
	if (!soql) throw refuse.malformedQuery("unexpected token: '<EOF>'");
	call.org.activity.queries++;
	const { totalSize, rows } = run(call, soql, withDeleted);
	const size = pageSize(call);
	if (rows.length <= size) return page(call, '', rows, totalSize, 0, size);
	const locator = `01g5g${String(call.org.locators.size + 1).padStart(13, '0')}`;
	call.org.locators.set(locator, { rows, page: size });
	return page(call, locator, rows, totalSize, 0, size);
}

function run(call: Call, soql: string, withDeleted: boolean): QueryResult {
	try {
		return evaluate(call.org, parseSoql(soql), soql, { version: call.version, withDeleted });
	} catch (error) {
		if (error instanceof SoqlSyntaxError) throw refuse.malformedQuery(error.message);
		throw error;
	}
}

function more(call: Call): Answer {
	const [, name = '', start = ''] = /^(\w+)-(\d+)$/.exec(call.params.locator ?? '') ?? [];
	const cursor = call.org.locators.get(name);
	if (!cursor || Number(start) >= cursor.rows.length) throw refuse.badLocator();
	return page(call, name, cursor.rows, cursor.rows.length, Number(start), cursor.page);
}

function page(call: Call, locator: string, rows: unknown[], totalSize: number, start: number, size: number): Answer {
	const end = start + size;
	const records = rows.slice(start, end);
	if (end >= rows.length) return { status: 200, body: { totalSize, done: true, records } };
	const nextRecordsUrl = `/services/data/${call.version}/query/${locator}-${end}`;
	return { status: 200, body: { totalSize, done: false, nextRecordsUrl, records } };
}

/** The caller may ask for another size with `Sforce-Query-Options: batchSize=…`; the org's own setting may be smaller for tests. */
function pageSize(call: Call): number {
	const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(call.header('sforce-query-options') ?? '')?.[1]);
	if (!(asked > 0)) return call.org.settings.queryPage;
	return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, asked));
}
