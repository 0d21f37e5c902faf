import { collectionRoutes } from './collections';
import { compositeRoutes } from './composite';
import type { Writer } from './contacts';
import { readDuplicateHeader } from './duplicateRules';
import { SalesforceError, refuse } from './errors';
import { metadataRoutes } from './metadata';
import type { Session } from './oauth';
import type { Org } from './org';
import { queryRoutes } from './query';
import { recordRoutes } from './records';

/** One call of the REST API, after the bearer token was accepted. */
export interface Call {
	org: Org;
	session: Session;
	method: string;
	/** As in the path: `v66.0`. */
	version: string;
	versionNumber: number;
	/** Parts of the path after the version, decoded. */
	path: string[];
	/** Values of the `:names` in the route. */
	params: Record<string, string>;
	query: URLSearchParams;
	header(name: string): string | undefined;
	body: unknown;
}

export interface Answer {
	status: number;
	body?: unknown;
}

/** `/sobjects/:type/:id` style patterns; a part with a colon takes any text. */
export interface Route {
	method: string;
	pattern: string;
	handle(call: Call): Answer;
}

/** What a call is made of before it is known where it goes. */
export type Incoming = Pick<Call, 'org' | 'session' | 'method' | 'header' | 'body'> & {
	/** Path and query as sent, percent-encoded, from `/services/data/` on. */
	url: string;
};

const FIRST_LIVE_VERSION = 31;

const routes = (): Route[] => [...metadataRoutes, ...queryRoutes, ...recordRoutes, ...collectionRoutes, ...compositeRoutes];

/** Answers one call; refusals become error bodies. Also used for each part of a composite request. */
export function answer(incoming: Incoming): Answer {
	try {
		return dispatch(incoming);
	} catch (error) {
		if (error instanceof SalesforceError) return { status: error.status, body: error.restBody() };
		throw error;
	}
}

/** 410 for retired versions, 404 for those that are not there yet (A1). */
export function checkVersion(version: string, newest: number): number {
	const number = Number(/^v(\d+)\.0$/.exec(version)?.[1]);
	if (!(number > 0) || number > newest) throw refuse.notFound();
	if (number < FIRST_LIVE_VERSION) throw refuse.retiredVersion(version);
	return number;
}

/** Who writes in this call, and what the duplicate header says. */
export const writerOf = (call: Call): Writer => ({
	userId: call.session.userId,
	version: call.version,
	duplicates: readDuplicateHeader(call.header('sforce-duplicate-rule-header'), call.versionNumber),
});

/** The body as an object of fields. */
export function objectBody(call: Pick<Call, 'body'>): Record<string, unknown> {
	if (!isObject(call.body)) throw refuse.badJson('The HTTP entity body is required, but was not an object');
	return call.body;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function dispatch({ url, ...incoming }: Incoming): Answer {
	const [rawPath = '', rawQuery = ''] = split(url, '?');
	const [version = '', ...path] = rawPath.slice('/services/data/'.length).replace(/\/$/, '').split('/').map(decode);
	const versionNumber = checkVersion(version, incoming.org.settings.newestVersion);
	const matching = routes().flatMap((route) => {
		const params = match(route.pattern, path);
		return params ? [{ route, params }] : [];
	});
	const chosen = matching.find(({ route }) => route.method === incoming.method);
	if (!chosen && matching.length === 0) throw refuse.notFound();
	if (!chosen) throw refuse.methodNotAllowed(incoming.method, [...new Set(matching.map(({ route }) => route.method))]);
	const query = new URLSearchParams(rawQuery);
	return chosen.route.handle({ ...incoming, version, versionNumber, path, params: chosen.params, query });
}

function match(pattern: string, path: string[]): Record<string, string> | undefined {
	const parts = pattern.split('/').filter(Boolean);
	if (parts.length !== path.length) return undefined;
	const params: Record<string, string> = {};
	for (const [i, part] of parts.entries()) {
		const given = path[i] ?? '';
		if (part.startsWith(':')) params[part.slice(1)] = given;
		else if (part !== given) return undefined;
	}
	return params;
}

function split(text: string, separator: string): [string, string] {
	const at = text.indexOf(separator);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		throw refuse.notFound();
	}
}
