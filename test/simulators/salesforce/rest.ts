import type { Answer, Call, Incoming, Route } from './call';
import { collectionRoutes } from './collections';
import { compositeRoutes } from './composite';
import { SalesforceError, refuse } from './errors';
import { metadataRoutes } from './metadata';
import { queryRoutes } from './query';
import { recordRoutes } from './records';

const FIRST_LIVE_VERSION = 31;

const ROUTES: readonly Route[] = [
	...metadataRoutes,
	...queryRoutes,
	...recordRoutes,
	...collectionRoutes,
	...compositeRoutes,
];

/** Answers one call; refusals become error bodies. */
export function answer(incoming: Incoming): Answer {
	try {
		const { route, call } = find(incoming);
		return route.handle(call);
	} catch (error) {
		if (error instanceof SalesforceError) return { status: error.status, body: error.restBody() };
		throw error;
	}
}

/** The number in `v66.0`; 410 for retired versions, 404 for those that are not there yet (A1). */
function readVersion(version: string, newest: number): number {
	const number = Number(/^v(\d+)\.0$/.exec(version)?.[1]);
	if (!(number > 0) || number > newest) throw refuse.notFound();
	if (number < FIRST_LIVE_VERSION) throw refuse.retiredVersion(version);
	return number;
}

function find(incoming: Incoming): { route: Route; call: Call } {
	const [rawPath = '', rawQuery = ''] = split(incoming.url, '?');
	const [version = '', ...path] = rawPath.slice('/services/data/'.length).replace(/\/$/, '').split('/').map(decode);
	const versionNumber = readVersion(version, incoming.org.settings.newestVersion);
	const matching = ROUTES.flatMap((route) => {
		const params = match(route.pattern, path);
		return params ? [{ route, params }] : [];
	});
	const chosen = matching.find(({ route }) => route.method === incoming.method);
	if (!chosen && matching.length === 0) throw refuse.notFound();
	if (!chosen) throw refuse.methodNotAllowed(incoming.method, [...new Set(matching.map(({ route }) => route.method))]);
	const call: Call = {
		...incoming,
		version,
		versionNumber,
		params: chosen.params,
		query: new URLSearchParams(rawQuery),
		answer: (part) => answer({ ...incoming, ...part }),
	};
	return { route: chosen.route, call };
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
