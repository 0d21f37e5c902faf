import { snapshot } from './collections';
import { refuse } from './errors';
import { objectBody, type Answer, type Call, type Route } from './call';
import { isObject } from './json';

const LARGEST_COMPOSITE = 25;

/** Subrequests of one composite call; each is answered as if it had come alone, without counting as a request (A7). */
export const compositeRoutes: readonly Route[] = [{ method: 'POST', pattern: '/composite', handle: composite }];

interface Subrequest {
	method: string;
	url: string;
	referenceId: string;
	body: unknown;
	headers: Record<string, unknown>;
}

interface Subanswer {
	body: unknown;
	httpHeaders: Record<string, string>;
	httpStatusCode: number;
	referenceId: string;
}

function composite(call: Call): Answer {
	const body = objectBody(call);
	const subrequests = read(call, body.compositeRequest);
	const allOrNone = body.allOrNone === true;
	const undo = snapshot(call.org);
	const done = new Map<string, Subanswer>();
	let failed: string | undefined;
	for (const subrequest of subrequests) {
		const subanswer = failed !== undefined && allOrNone ? halted(subrequest) : run(call, subrequest, done);
		done.set(subrequest.referenceId, subanswer);
		if (subanswer.httpStatusCode >= 300) failed ??= subrequest.referenceId;
	}
	const answers = [...done.values()];
	if (!allOrNone || failed === undefined) return { status: 200, body: { compositeResponse: answers } };
	undo();
	const shown = answers.map((one) => (one.referenceId === failed ? one : halted(one)));
	return { status: 200, body: { compositeResponse: shown } };
}

function read(call: Call, list: unknown): Subrequest[] {
	if (!Array.isArray(list) || list.length === 0) throw refuse.badRequest('compositeRequest is required');
	if (list.length > LARGEST_COMPOSITE)
		throw refuse.badRequest(`A composite request has at most ${LARGEST_COMPOSITE} subrequests`);
	const subrequests = list.map(readOne);
	const heavy = subrequests.filter(({ url }) => /\/(query|queryAll|composite\/sobjects)(\/|\?|$)/.test(url));
	if (heavy.length > call.org.settings.compositeQueries)
		throw refuse.badRequest(
			`A composite request has at most ${call.org.settings.compositeQueries} queries and collections`,
		);
	const names = subrequests.map((one) => one.referenceId);
	if (new Set(names).size !== names.length) throw refuse.badRequest('Each referenceId may be used once');
	return subrequests;
}

function readOne(item: unknown): Subrequest {
	if (!isObject(item)) throw refuse.badRequest('A subrequest is an object');
	const { method, url, referenceId, body, httpHeaders } = item;
	if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string')
		throw refuse.badRequest('A subrequest needs method, url and referenceId');
	if (!/^\/services\/data\/v\d+\.0\//.test(url))
		throw refuse.badRequest('The url of a subrequest starts with /services/data/vXX.0/');
	if (!/^[A-Za-z]\w*$/.test(referenceId)) throw refuse.badRequest('referenceId is made of letters, digits and _');
	return { method, url, referenceId, body, headers: isObject(httpHeaders) ? httpHeaders : {} };
}

function run(call: Call, subrequest: Subrequest, done: Map<string, Subanswer>): Subanswer {
	const url = fill(subrequest.url, done);
	const body = fill(subrequest.body, done);
	if (url === UNRESOLVED || body === UNRESOLVED || typeof url !== 'string') return halted(subrequest);
	if (/\/composite\/?(\?|$)/.test(url)) throw refuse.badRequest('A composite request holds no other composite request');
	const own = new Map(Object.entries(subrequest.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
	const header = (name: string): string | undefined => own.get(name.toLowerCase()) ?? call.header(name);
	const { status, body: answered = null } = call.answer({ method: subrequest.method.toUpperCase(), url, body, header });
	return { body: answered, httpHeaders: {}, httpStatusCode: status, referenceId: subrequest.referenceId };
}

const halted = ({ referenceId }: { referenceId: string }): Subanswer => ({
	body: [
		{
			errorCode: 'PROCESSING_HALTED',
			message: 'The transaction was rolled back since another operation in the same transaction failed.',
		},
	],
	httpHeaders: {},
	httpStatusCode: 400,
	referenceId,
});

const UNRESOLVED = Symbol('reference to a subrequest that failed or does not exist');

/** Puts the answers of earlier subrequests in place of `@{name.path[0].to}`. */
function fill(value: unknown, done: Map<string, Subanswer>): unknown {
	if (typeof value === 'string') return fillText(value, done);
	if (Array.isArray(value)) {
		const filled = value.map((one: unknown) => fill(one, done));
		return filled.includes(UNRESOLVED) ? UNRESOLVED : filled;
	}
	if (!isObject(value)) return value;
	const entries = Object.entries(value).map(([name, one]): [string, unknown] => [name, fill(one, done)]);
	return entries.some(([, one]) => one === UNRESOLVED) ? UNRESOLVED : Object.fromEntries(entries);
}

function fillText(text: string, done: Map<string, Subanswer>): unknown {
	let unresolved = false;
	const filled = text.replace(/@\{(\w+)([^}]*)\}/g, (_all, name: string, path: string) => {
		const subanswer = done.get(name);
		const found = subanswer && subanswer.httpStatusCode < 300 ? walk(subanswer.body, path) : undefined;
		if (found === undefined) unresolved = true;
		return String(found ?? '');
	});
	return unresolved ? UNRESOLVED : filled;
}

function walk(value: unknown, path: string): unknown {
	return path
		.split(/[.[\]]+/)
		.filter(Boolean)
		.reduce<unknown>((current, key) => {
			if (Array.isArray(current)) return current[Number(key)];
			return isObject(current) ? current[key] : undefined;
		}, value);
}
