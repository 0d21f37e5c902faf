/** What went wrong, in the terms in which a builder can act on it. */
export type RequestErrorKind =
	| 'refused'
	| 'unauthorized'
	| 'forbidden'
	| 'notFound'
	| 'rateLimited'
	| 'quotaUsedUp'
	| 'unavailable'
	| 'notReached'
	| 'outcomeUnknown'
	| 'badAnswer'
	| 'cancelled'
	| 'reconnect';

export interface RequestErrorDetails {
	/** What to do about it: shown below the headline. */
	description?: string;
	/** HTTP status, where there was one. */
	status?: number;
	/** The vendor's own code, such as `131047` or `DUPLICATES_DETECTED`. */
	code?: string;
	/** The vendor's name of the field that it refuses. */
	field?: string;
	/** Milliseconds after which the vendor wants to be asked again. */
	retryAfterMs?: number;
}

/** Characters of a headline and of the text below it: vendors and builders' values may have any length. */
const LONGEST_MESSAGE = 400;
const LONGEST_DESCRIPTION = 2_000;

/** A request that did not do what it was meant to. Holds no token, no header and no URL query. */
export class RequestError extends Error {
	readonly description?: string;
	readonly status?: number;
	readonly code?: string;
	readonly field?: string;
	readonly retryAfterMs?: number;

	constructor(
		readonly kind: RequestErrorKind,
		message: string,
		details: RequestErrorDetails = {},
	) {
		super(shorten(message, LONGEST_MESSAGE));
		this.name = 'RequestError';
		this.description = details.description && shorten(details.description, LONGEST_DESCRIPTION);
		this.status = details.status;
		this.code = details.code;
		this.field = details.field;
		this.retryAfterMs = details.retryAfterMs;
	}
}

export interface InputProblemDetails {
	/** The parameter as the builder sees it, such as "Phone Number". */
	field: string;
	/** What was there; shortened, and never a secret. */
	found?: unknown;
	/** What should be there, as the end of "Expected ...". */
	expected: string;
	/** How to mend it, as a whole sentence. */
	mend?: string;
}

/** A value that can't be sent: found before any call, so that nothing was sent. */
export class InputProblem extends Error {
	readonly field: string;
	readonly description: string;

	constructor(message: string, details: InputProblemDetails) {
		super(shorten(message, LONGEST_MESSAGE));
		this.name = 'InputProblem';
		this.field = details.field;
		const found = details.found === undefined ? [] : [`Found: ${show(details.found)}.`];
		const sentences = [...found, `Expected ${details.expected}.`, ...(details.mend ? [details.mend] : [])];
		this.description = shorten(sentences.join(' '), LONGEST_DESCRIPTION);
	}
}

/** With a full stop, where it has no end yet. */
export function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Any value as short text for a message, at most 80 characters. */
export function show(value: unknown): string {
	return shorten(typeof value === 'string' ? `"${value}"` : asJson(value), 80);
}

/**
 * Text of at most so many characters. Half of a surrogate pair, in the text or where it is cut, becomes the sign for an
 * unreadable letter.
 */
export function shorten(text: string, most: number): string {
	const short = text.length > most ? `${text.slice(0, most - 3)}…` : text;
	return short.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Expressions also give what JSON doesn't know: very large numbers, objects that hold themselves. */
function asJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return typeof value === 'bigint' ? String(value) : 'an object that is no JSON';
	}
}

/** For `catch` blocks: any thrown value as an Error. */
export function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}
