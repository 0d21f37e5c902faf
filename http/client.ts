import { LONGEST_JSON, LONGEST_REFUSAL, plainText, readAnswer, type Answer } from './answer';
import { requestOf, timeoutOf, type Call, type JsonAnswer, type Refusal, type RequestBase } from './call';
import { asError, RequestError } from './errors';
import { cancelled, Ended, givenUp, outcomeUnknown, redirected, refusedTooLong, said } from './failures';
import { Pacer, type Leave } from './pacer';
import { retryAfterMs } from './retryAfter';
import { DEFAULT_RETRY_LIMITS, pauseBefore, RETRY_TABLE, type RetryLimits, type Trouble } from './retryTable';
import { Secrets } from './secrets';
import { StallWatch } from './stall';
import { ConnectionFailure, type Transport, type TransportRequest, type TransportResponse } from './types';

export interface ClientOptions extends RequestBase {
	transport: Transport;
	/** Turns a refusal (status 4xx, or a 2xx the vendor's folder calls a refusal) into what the builder reads. */
	explain(refusal: Refusal): RequestError;
	/** Whether a refusal is a rate limit although its status is not 429. */
	isRateLimit?(refusal: Refusal): boolean;
	/** Values that must never be shown, whoever says them. */
	secrets?: readonly string[];
	limits?: Partial<RetryLimits>;
}

export interface StreamAnswer extends TransportResponse {
	watch: StallWatch;
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
		const request = requestOf(call, this.options);
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
