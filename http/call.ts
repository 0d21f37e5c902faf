import { RequestError } from './errors';
import { encoded } from './path';
import type { Effect } from './retryTable';
import type { Method, StreamBody, TransportRequest } from './types';

export type Query = Record<string, string | number | boolean | undefined>;

/** One call of a vendor's API. */
export interface Call {
	/** What the call is for, as the middle of a sentence: "send the message". */
	purpose: string;
	effect: Effect;
	method: Method;
	/** Path from the origin on, its parts already percent-encoded (see {@link path}). */
	path: string;
	query?: Query;
	/** Sent as JSON. */
	json?: unknown;
	stream?: StreamBody;
	headers?: Record<string, string>;
	/** Milliseconds; 30 s when left out. */
	timeoutMs?: number;
	maxBytes?: number;
	/** An answer without a body is in order, also under another status than 204. */
	mayBeEmpty?: boolean;
	/** How to find out whether a call with an unknown outcome was carried out, as a sentence. */
	findOut?: string;
}

/** A refusal as the vendor gave it, for the vendor's own folder to explain. */
export interface Refusal {
	status: number;
	headers: Record<string, string>;
	/** Parsed JSON, or `undefined`. */
	json: unknown;
	/** Plain words of an answer that is not JSON; empty for a web page. */
	text: string;
	purpose: string;
}

export interface JsonAnswer {
	status: number;
	headers: Record<string, string>;
	/** `undefined` when the answer was empty, which only some may be. */
	json: unknown;
}

/** What all requests of a client have in common. */
export interface RequestBase {
	/** Scheme, host and port; every call goes there and nowhere else. */
	origin: string;
	/** The vendor as the builder knows it, such as "WATI". */
	service: string;
	/** Added to every request; the credential's own headers are added by the transport. */
	headers?: Record<string, string>;
	query?: Query;
}

/** The request of a call. @throws RequestError when it would leave the origin. */
export function requestOf(call: Call, base: RequestBase): TransportRequest {
	const url = new URL(call.path, base.origin);
	if (url.origin !== new URL(base.origin).origin) throw leavesOrigin(base.service);
	const query = Object.entries({ ...base.query, ...call.query }).filter(([, value]) => value !== undefined);
	if (query.length > 0)
		url.search = query.map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`).join('&');
	const body = call.stream ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
	return {
		method: call.method,
		url: url.href,
		headers: {
			accept: 'application/json',
			...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
			...base.headers,
			...call.headers,
		},
		body,
		timeoutMs: timeoutOf(call),
	};
}

function leavesOrigin(service: string): RequestError {
	return new RequestError('badAnswer', `An address outside of ${service} was refused`, {
		description: 'The access token only ever goes to the address of the connection.',
	});
}

/** Milliseconds. */
export function timeoutOf(call: Call): number {
	return call.timeoutMs ?? (call.stream ? 300_000 : 30_000);
}

/** For vendor folders: a refusal that came with a 2xx. */
export function refusalInSuccess(answer: JsonAnswer, purpose: string): Refusal {
	return { status: answer.status, headers: answer.headers, json: answer.json, text: '', purpose };
}
