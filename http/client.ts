import { LONGEST_JSON, plainText, readAnswer, type Answer } from './answer';
import { asError, InputProblem, RequestError } from './errors';
import { Pacer } from './pacer';
import { retryAfterMs } from './retryAfter';
import {
	DEFAULT_RETRY_LIMITS,
	pauseBefore,
	RETRY_TABLE,
	type Effect,
	type RetryLimits,
	type Trouble,
} from './retryTable';
import {
	ConnectionFailure,
	type Method,
	type StreamBody,
	type Transport,
	type TransportRequest,
	type TransportResponse,
} from './types';

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

export interface ClientOptions {
	transport: Transport;
	/** Scheme, host and port; every call goes there and nowhere else. */
	origin: string;
	/** The vendor as the builder knows it, such as "WATI". */
	service: string;
	/** Turns a refusal (status 4xx, or a 2xx the vendor's folder calls a refusal) into what the builder reads. */
	explain(refusal: Refusal): RequestError;
	/** Whether a refusal is a rate limit although its status is not 429. */
	isRateLimit?(refusal: Refusal): boolean;
	/** Added to every request; the credential's own headers are added by the transport. */
	headers?: Record<string, string>;
	query?: Query;
	/** Values that must never be shown, whoever says them. */
	secrets?: readonly string[];
	limits?: Partial<RetryLimits>;
}

export interface JsonAnswer {
	status: number;
	headers: Record<string, string>;
	/** `undefined` when the answer was empty. */
	json: unknown;
}

/** A vendor's HTTP API: retries by the table, keeps the pace, hides secrets, and goes to one origin only. */
export class ApiClient {
	private readonly limits: RetryLimits;
	private readonly pacer: Pacer;

	constructor(private readonly options: ClientOptions) {
		this.limits = { ...DEFAULT_RETRY_LIMITS, ...options.limits };
		this.pacer = new Pacer(
			options.transport,
			this.limits,
			`${options.service} takes no more calls from this account for now`,
		);
	}

	get service(): string {
		return this.options.service;
	}

	/** Calls and reads the answer as JSON. Throws `RequestError` for everything that is not a 2xx with JSON or nothing in it. */
	async json(call: Call): Promise<JsonAnswer> {
		return await this.repeat(call, async (response) => {
			const answer = await readAnswer(response, {
				maxBytes: call.maxBytes ?? LONGEST_JSON,
				until: this.options.transport.now() + timeoutOf(call) * 2,
				now: () => this.options.transport.now(),
			});
			if (answer.kind === 'unreadable') return trouble(answer.lost ? 'lost' : 'badAnswer', answer.why);
			if (answer.kind === 'text') return trouble('badAnswer', 'it is not JSON');
			return {
				status: response.status,
				headers: response.headers,
				json: answer.kind === 'json' ? answer.value : undefined,
			};
		});
	}

	/** Calls and hands over the body as it arrives. */
	async stream(call: Call): Promise<TransportResponse> {
		return await this.repeat(call, async (response) => response);
	}

	private async repeat<Result extends object>(
		call: Call,
		read: (response: TransportResponse) => Promise<Result | Ended>,
	): Promise<Result> {
		const request = this.build(call);
		for (let attempt = 1; ; attempt++) {
			await this.pacer.enter();
			const result = await this.attempt(call, request, read);
			if (!(result instanceof Ended)) return result;
			if (result.trouble === 'tooManyRequests') {
				this.pacer.refused(result.retryAfter);
				attempt--;
				continue;
			}
			if (RETRY_TABLE[call.effect][result.trouble] === 'unknown')
				throw this.hide(outcomeUnknown(call, result, this.service));
			if (attempt >= this.limits.attempts) throw this.hide(givenUp(call, result, this.service, attempt));
			await this.options.transport.sleep(
				Math.min(result.retryAfter ?? pauseBefore(attempt, this.limits), this.limits.rateLimitBudgetMs),
			);
		}
	}

	private async attempt<Result extends object>(
		call: Call,
		request: TransportRequest,
		read: (response: TransportResponse) => Promise<Result | Ended>,
	): Promise<Result | Ended> {
		if (this.options.transport.isCancelled()) throw cancelled();
		let response: TransportResponse;
		try {
			response = await this.options.transport.send(request);
		} catch (thrown) {
			return afterNoAnswer(thrown);
		}
		const retryAfter = retryAfterMs(response.headers['retry-after'], this.options.transport.now());
		if (response.status >= 200 && response.status < 300) {
			this.pacer.passed();
			return await read(response);
		}
		const refusal = await this.readRefusal(call, response);
		if (response.status === 429 || this.options.isRateLimit?.(refusal))
			return new Ended('tooManyRequests', '', response.status, retryAfter);
		this.pacer.passed();
		if (response.status >= 500) return new Ended('serverError', said(refusal), response.status, retryAfter);
		if (response.status >= 300 && response.status < 400 && response.headers.location)
			throw redirected(this.service, response.status);
		throw this.hide(this.options.explain(refusal));
	}

	private async readRefusal(call: Call, response: TransportResponse): Promise<Refusal> {
		const answer = await readAnswer(response, {
			maxBytes: 1024 * 1024,
			until: this.options.transport.now() + timeoutOf(call),
			now: () => this.options.transport.now(),
		});
		return {
			status: response.status,
			headers: response.headers,
			json: answer.kind === 'json' ? answer.value : undefined,
			text: answer.kind === 'text' ? plainText(answer.text) : '',
			purpose: call.purpose,
		};
	}

	private build(call: Call): TransportRequest {
		const url = new URL(call.path, this.options.origin);
		if (url.origin !== new URL(this.options.origin).origin) throw leavesOrigin(this.service);
		const query = Object.entries({ ...this.options.query, ...call.query }).filter(([, value]) => value !== undefined);
		url.search =
			query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&') ||
			url.search;
		const body = call.stream ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
		return {
			method: call.method,
			url: url.href,
			headers: {
				accept: 'application/json',
				...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
				...this.options.headers,
				...call.headers,
			},
			body,
			timeoutMs: timeoutOf(call),
		};
	}

	/** The same error without any of the connection's secrets in its texts. */
	private hide(error: RequestError): RequestError {
		const secrets = (this.options.secrets ?? []).filter((secret) => secret.length >= 4);
		if (secrets.length === 0) return error;
		const clean = (text: string | undefined): string | undefined =>
			text && secrets.reduce((rest, secret) => rest.split(secret).join('…'), text);
		return new RequestError(error.kind, clean(error.message) ?? '', {
			...error,
			description: clean(error.description),
			code: clean(error.code),
			field: clean(error.field),
		});
	}
}

/** How an attempt ended that gave no usable answer. */
class Ended {
	constructor(
		readonly trouble: Trouble,
		readonly why: string,
		readonly status?: number,
		readonly retryAfter?: number,
	) {}
}

const trouble = (kind: Trouble, why: string): Ended => new Ended(kind, why);

/**
 * A path from literal parts and values, each value percent-encoded: path`/contacts/${target}`.
 * @throws InputProblem for what no encoding carries: nothing at all, which would name the whole list instead of one entry;
 * `.` and `..`, which climb even as `%2E`; half of a surrogate pair.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): string {
	return literals.reduce((whole, literal, index) => whole + pathPart(values[index - 1] ?? '') + literal);
}

function pathPart(value: string): string {
	if (!/^\.{0,2}$|\p{Surrogate}/u.test(value)) return encodeURIComponent(value);
	throw new InputProblem("A value can't be part of an address", {
		field: 'Path',
		found: value,
		expected: 'an id, a number or a name',
		mend: 'Check the value that names what the call is about.',
	});
}

function timeoutOf(call: Call): number {
	return call.timeoutMs ?? (call.stream ? 300_000 : 30_000);
}

function afterNoAnswer(thrown: unknown): Ended {
	if (!(thrown instanceof ConnectionFailure)) throw asError(thrown);
	switch (thrown.trouble) {
		case 'cancelled':
			throw cancelled();
		case 'credential':
			throw new RequestError('reconnect', thrown.message, { description: 'Open the connection and sign in again.' });
		default:
			return new Ended(thrown.trouble, '');
	}
}

function cancelled(): RequestError {
	return new RequestError('cancelled', 'The workflow was stopped', { description: 'Nothing further was sent.' });
}

function said(refusal: Refusal): string {
	return refusal.text;
}

const HAPPENED: Record<Trouble, (ended: Ended) => string> = {
	tooManyRequests: () => 'refused the call as one too many',
	serverError: (ended) => `answered with status ${ended.status ?? 500}`,
	timeout: () => 'did not answer in time',
	lost: () => 'ended the connection before it answered',
	badAnswer: (ended) => `gave an answer that can't be read: ${ended.why}`,
	notConnected: () => 'could not be reached',
};

function outcomeUnknown(call: Call, ended: Ended, service: string): RequestError {
	return new RequestError(
		'outcomeUnknown',
		`${service} ${HAPPENED[ended.trouble](ended)}, so it is not known whether it did ${call.purpose}`,
		{
			status: ended.status,
			description: `It was not sent again, so that nothing happens twice. ${call.findOut ?? `Look in ${service} whether it was done before you run this item again.`}`,
		},
	);
}

function givenUp(call: Call, ended: Ended, service: string, attempts: number): RequestError {
	const kind = { notConnected: 'notReached', badAnswer: 'badAnswer' } as const;
	return new RequestError(
		ended.trouble === 'notConnected' || ended.trouble === 'badAnswer' ? kind[ended.trouble] : 'unavailable',
		`${service} ${HAPPENED[ended.trouble](ended)} when asked to ${call.purpose}`,
		{
			status: ended.status,
			retryAfterMs: ended.retryAfter,
			description: [
				...(ended.why && ended.trouble === 'serverError' ? [`${service} said: ${ended.why}.`] : []),
				`It was tried ${attempts} times.`,
				ended.trouble === 'notConnected'
					? 'Check the address in the connection, and that this n8n can reach it.'
					: 'Run this item again later.',
			].join(' '),
		},
	);
}

function redirected(service: string, status: number): RequestError {
	return new RequestError('badAnswer', `${service} sent the call on to another address, which is not followed`, {
		status,
		description:
			'The access token only ever goes to the address of the connection. Check the address in the connection.',
	});
}

function leavesOrigin(service: string): RequestError {
	return new RequestError('badAnswer', `An address outside of ${service} was refused`, {
		description: 'The access token only ever goes to the address of the connection.',
	});
}

/** For vendor folders: a refusal that came with a 2xx. */
export function refusalInSuccess(answer: JsonAnswer, purpose: string): Refusal {
	return { status: answer.status, headers: answer.headers, json: answer.json, text: '', purpose };
}

export type { Answer };
