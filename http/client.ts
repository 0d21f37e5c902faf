import { LONGEST_JSON, LONGEST_REFUSAL, plainText, readAnswer, type Answer } from './answer';
import { asError, RequestError } from './errors';
import { cancelled, Ended, givenUp, leavesOrigin, outcomeUnknown, redirected, refusedTooLong, said } from './failures';
import { Pacer, type Leave } from './pacer';
import { encoded } from './path';
import { retryAfterMs } from './retryAfter';
import {
	DEFAULT_RETRY_LIMITS,
	pauseBefore,
	RETRY_TABLE,
	type Effect,
	type RetryLimits,
	type Trouble,
} from './retryTable';
import { Secrets } from './secrets';
import { StallWatch } from './stall';
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

export interface StreamAnswer extends TransportResponse {
	watch: StallWatch;
}

export interface JsonAnswer {
	status: number;
	headers: Record<string, string>;
	/** `undefined` when the answer was empty, which only some may be. */
	json: unknown;
}

/** A vendor's HTTP API: retries by the table, keeps the pace, hides secrets, and goes to one origin only. */
export class ApiClient {
	private readonly limits: RetryLimits;
	private readonly pacer: Pacer;
	private secrets: Secrets;
	private secretsAsked?: Promise<void>;

	constructor(private readonly options: ClientOptions) {
		this.secrets = new Secrets(options.secrets ?? []);
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
			await (this.secretsAsked ??= this.askSecrets());
			const answer = await this.read(response, call.maxBytes ?? LONGEST_JSON, timeoutOf(call) * 2);
			if (answer.kind === 'unreadable') return trouble(answer.lost ? 'lost' : 'badAnswer', answer.why);
			if (answer.kind === 'text') return trouble('badAnswer', 'it is not JSON');
			if (answer.kind === 'empty' && !call.mayBeEmpty && !BODYLESS.includes(response.status))
				return trouble('badAnswer', 'it is empty');
			return {
				status: response.status,
				headers: response.headers,
				json: answer.kind === 'json' ? answer.value : undefined,
			};
		});
	}

	/** Calls and hands over the body as it arrives, with a watch that tells the reader when nothing more comes. */
	async stream(call: Call): Promise<StreamAnswer> {
		const { transport } = this.options;
		return await this.repeat(call, async (response) => ({
			...response,
			watch: new StallWatch(response.body, transport),
		}));
	}

	private async repeat<Result extends object>(
		call: Call,
		read: (response: TransportResponse) => Promise<Result | Ended>,
	): Promise<Result> {
		const request = this.build(call);
		const { transport } = this.options;
		let refusedSince: number | undefined;
		for (let attempt = 1; ;) {
			const result = await this.attempt(call, request, read);
			if (!(result instanceof Ended)) return result;
			if (result.trouble === 'tooManyRequests') {
				refusedSince ??= transport.now();
				if (transport.now() - refusedSince > this.limits.rateLimitBudgetMs)
					throw this.hide(refusedTooLong(call, result, this.service));
				continue;
			}
			if (RETRY_TABLE[call.effect][result.trouble] === 'unknown')
				throw this.hide(outcomeUnknown(call, result, this.service));
			const pause = result.retryAfter ?? pauseBefore(attempt, this.limits);
			if (attempt >= this.limits.attempts || pause > this.limits.rateLimitBudgetMs) {
				throw this.hide(givenUp(call, result, this.service, attempt));
			}
			attempt++;
			await transport.sleep(pause);
		}
	}

	/** Sends the request when its turn has come. @throws RequestError for what no repeating mends. */
	private async attempt<Result extends object>(
		call: Call,
		request: TransportRequest,
		read: (response: TransportResponse) => Promise<Result | Ended>,
	): Promise<Result | Ended> {
		const leave = await this.pacer.enter();
		let response: TransportResponse;
		try {
			if (this.options.transport.isCancelled()) throw cancelled();
			response = await this.options.transport.send(request);
		} catch (thrown) {
			this.pacer.lost(leave);
			return await this.afterNoAnswer(thrown);
		}
		if (response.status >= 200 && response.status < 300) {
			this.pacer.passed(leave);
			return await read(response);
		}
		return await this.afterRefusal(call, response, leave);
	}

	private async afterRefusal(call: Call, response: TransportResponse, leave: Leave): Promise<Ended> {
		const refusal = await this.readRefusal(call, response);
		const retryAfter = retryAfterMs(response.headers['retry-after'], this.options.transport.now());
		if (response.status === 429 || this.options.isRateLimit?.(refusal)) {
			this.pacer.refused(leave, retryAfter);
			return new Ended('tooManyRequests', '', response.status, retryAfter);
		}
		this.pacer.passed(leave);
		if (response.status >= 500 || response.status === 408) {
			return new Ended('serverError', said(refusal), response.status, retryAfter);
		}
		if (response.status < 400 && response.headers.location !== undefined)
			throw redirected(this.service, response.status);
		throw this.hide(this.options.explain(refusal));
	}

	private async afterNoAnswer(thrown: unknown): Promise<Ended> {
		await this.askSecrets();
		if (!(thrown instanceof ConnectionFailure)) throw this.hideAny(asError(thrown));
		switch (thrown.trouble) {
			case 'cancelled':
				throw cancelled();
			case 'credential':
				throw this.hide(
					new RequestError('reconnect', thrown.message, { description: 'Open the connection and sign in again.' }),
				);
			default:
				return new Ended(thrown.trouble, '');
		}
	}

	private async readRefusal(call: Call, response: TransportResponse): Promise<Refusal> {
		await this.askSecrets();
		const answer = await this.read(response, LONGEST_REFUSAL, timeoutOf(call));
		return {
			status: response.status,
			headers: response.headers,
			json: answer.kind === 'json' ? answer.value : undefined,
			text: answer.kind === 'text' ? plainText(answer.text) : '',
			purpose: call.purpose,
		};
	}

	private async read(response: TransportResponse, maxBytes: number, withinMs: number): Promise<Answer> {
		const { transport } = this.options;
		const clean = (text: string): string => this.secrets.hideLong(text);
		return await readAnswer(response, { maxBytes, until: transport.now() + withinMs, clock: transport, clean });
	}

	private build(call: Call): TransportRequest {
		const url = new URL(call.path, this.options.origin);
		if (url.origin !== new URL(this.options.origin).origin) throw leavesOrigin(this.service);
		const query = Object.entries({ ...this.options.query, ...call.query }).filter(([, value]) => value !== undefined);
		if (query.length > 0)
			url.search = query.map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`).join('&');
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

	/** For a refusal that a vendor's folder found in a body which it read by itself. */
	async withoutSecrets(error: RequestError): Promise<RequestError> {
		await this.askSecrets();
		return this.hide(error);
	}

	/** Asked again after each refusal, since n8n may have renewed a token meanwhile. What was a secret stays one. */
	private async askSecrets(): Promise<void> {
		const held = await this.options.transport.secrets?.();
		if (held) this.secrets = this.secrets.and(held);
	}

	/** The same error without any of the connection's secrets in its texts. */
	private hide(error: RequestError): RequestError {
		const clean = (text: string | undefined): string | undefined => text && this.secrets.hide(text);
		return new RequestError(error.kind, clean(error.message) ?? '', {
			...error,
			description: clean(error.description),
			code: clean(error.code),
			field: clean(error.field),
		});
	}

	/** An error of another kind is left as it is, unless it tells a secret. */
	private hideAny(error: Error): Error {
		return this.secrets.isIn(error.message) ? new Error(this.secrets.hide(error.message)) : error;
	}
}

/** 204 No Content and 205 Reset Content (RFC 9110, 15.3). */
const BODYLESS = [204, 205];

const trouble = (kind: Trouble, why: string): Ended => new Ended(kind, why);

function timeoutOf(call: Call): number {
	return call.timeoutMs ?? (call.stream ? 300_000 : 30_000);
}

/** For vendor folders: a refusal that came with a 2xx. */
export function refusalInSuccess(answer: JsonAnswer, purpose: string): Refusal {
	return { status: answer.status, headers: answer.headers, json: answer.json, text: '', purpose };
}

export type { Answer, Method };
export { path } from './path';
