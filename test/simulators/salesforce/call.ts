import type { Writer } from './contacts';
import { readDuplicateHeader } from './duplicateRules';
import { refuse } from './errors';
import { isObject } from './json';
import type { Session } from './oauth';
import type { Org } from './org';

/** What a request is before it is known where it goes. */
export interface Incoming {
	org: Org;
	session: Session;
	method: string;
	/** Path and query as sent, percent-encoded, from `/services/data/` on. */
	url: string;
	header(name: string): string | undefined;
	body: unknown;
}

/** One call of the REST API, after the bearer token was accepted. */
export interface Call extends Incoming {
	/** As in the path: `v66.0`. */
	version: string;
	versionNumber: number;
	/** Values of the `:names` in the route, decoded. */
	params: Record<string, string>;
	query: URLSearchParams;
	/** Answers another call of the same session, as the parts of a composite request are. */
	answer(part: Pick<Incoming, 'method' | 'url' | 'header' | 'body'>): Answer;
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
