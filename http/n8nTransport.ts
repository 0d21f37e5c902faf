import {
	sleep,
	type IAllExecuteFunctions,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { z } from 'zod';

import { asError } from './errors';
import { secretsIn } from './secrets';
import {
	ConnectionFailure,
	isStreamBody,
	type Transport,
	type TransportRequest,
	type TransportResponse,
} from './types';

/** How often a pause looks whether the workflow was stopped; n8n's sleep can't be interrupted. */
const SLICE_MS = 250;

export type N8nContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions;

export interface N8nTransportOptions {
	/** An OAuth2 connection: a 401 is left to n8n, which renews the token and asks once more. */
	oauth2?: boolean;
}

/** The transport inside n8n: its HTTP helper adds the credential, the proxy and the cancel signal. */
export function n8nTransport(
	context: N8nContext,
	credentialType: string,
	options: N8nTransportOptions = {},
): Transport {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const helper = context.helpers.httpRequestWithAuthentication as HttpHelper;
	return {
		async send(request) {
			const sent = await toOptions(request, options);
			try {
				const answer = await helper.call(context as IAllExecuteFunctions, credentialType, sent);
				return toResponse(fullResponse.parse(answer));
			} catch (thrown) {
				return afterThrow(thrown, signal);
			}
		},
		async sleep(ms) {
			for (let rest = ms; rest > 0 && !signal?.aborted; rest -= SLICE_MS) await sleep(Math.min(rest, SLICE_MS));
		},
		now: () => Date.now(),
		isCancelled: () => signal?.aborted ?? false,
		async secrets() {
			try {
				return secretsIn(await context.getCredentials(credentialType));
			} catch {
				return [];
			}
		},
	};
}

type HttpHelper = (
	this: IAllExecuteFunctions,
	credentialType: string,
	options: IHttpRequestOptions,
) => Promise<unknown>;

const headerValues = z.record(z.union([z.string(), z.array(z.string()), z.number()]).nullish());
const bodyStream = z.custom<TransportResponse['body']>(
	(value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);
const fullResponse = z.object({ statusCode: z.number(), headers: headerValues.catch({}), body: z.unknown() });
const thrownByHelper = z.object({
	httpCode: z.union([z.string(), z.number()]).nullish(),
	message: z.string().catch(''),
	cause: z
		.object({
			code: z.string().nullish(),
			response: z.object({ status: z.number(), headers: headerValues.catch({}), data: z.unknown() }).nullish(),
		})
		.nullish()
		.catch(undefined),
});

async function toOptions(request: TransportRequest, options: N8nTransportOptions): Promise<IHttpRequestOptions> {
	return {
		method: request.method,
		url: request.url,
		headers: {
			...request.headers,
			...(isStreamBody(request.body) ? streamHeaders(request.body) : {}),
		},
		body: isStreamBody(request.body) ? ((await request.body.open()) as IHttpRequestOptions['body']) : request.body,
		encoding: 'stream',
		returnFullResponse: true,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: options.oauth2 ? { ignore: true, except: [401] } : true,
		timeout: request.timeoutMs,
	};
}

function streamHeaders(body: { contentType: string; contentLength?: number }): Record<string, string> {
	return {
		'content-type': body.contentType,
		...(body.contentLength === undefined ? {} : { 'content-length': String(body.contentLength) }),
	};
}

function toResponse(answer: z.infer<typeof fullResponse>): TransportResponse {
	return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: asStream(answer.body) };
}

/** Header names in lower case, repeated ones joined. */
export function plainHeaders(
	headers: Record<string, string | string[] | number | null | undefined>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === null || value === undefined
				? []
				: [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]],
		),
	);
}

/** An answer's body as a stream, also where a helper has read it already. */
export function asStream(body: unknown): TransportResponse['body'] {
	const stream = bodyStream.safeParse(body);
	if (stream.success) return stream.data;
	const text = body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
	return (async function* () {
		yield text;
	})();
}

const TROUBLE_BY_CODE: Record<string, 'notConnected' | 'timeout'> = {
	ECONNREFUSED: 'notConnected',
	ENOTFOUND: 'notConnected',
	EAI_AGAIN: 'notConnected',
	EHOSTUNREACH: 'notConnected',
	ENETUNREACH: 'notConnected',
	CERT_HAS_EXPIRED: 'notConnected',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'notConnected',
	SELF_SIGNED_CERT_IN_CHAIN: 'notConnected',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'notConnected',
	ERR_TLS_CERT_ALTNAME_INVALID: 'notConnected',
	ECONNABORTED: 'timeout',
	ETIMEDOUT: 'timeout',
};

/** Failures of the network, whose messages say "connect" as well. */
const NETWORK_CODE = /^E(CONN|NET|HOST|TIMEDOUT|AI_|PIPE|NOTCONN|NOTFOUND)/;

function afterThrow(thrown: unknown, signal: AbortSignal | undefined): TransportResponse {
	const parsed = thrownByHelper.safeParse(thrown);
	if (!parsed.success) throw asError(thrown);
	const { cause, httpCode, message } = parsed.data;
	if (cause?.response) {
		return {
			status: cause.response.status,
			headers: plainHeaders(cause.response.headers),
			body: asStream(cause.response.data),
		};
	}
	if (/^[45]\d\d$/.test(String(httpCode))) return { status: Number(httpCode), headers: {}, body: asStream('') };
	throw connectionFailure(String(cause?.code ?? httpCode ?? ''), message, signal);
}

/** A failure by the code that Node.js, axios or n8n gave it. */
export function connectionFailure(code: string, message: string, signal?: AbortSignal): ConnectionFailure {
	if (signal?.aborted || code === 'ERR_CANCELED') return new ConnectionFailure('cancelled', 'The workflow was stopped');
	// n8n's code for a new token that the vendor refused; the words are the vendor's.
	if (code === 'EAUTH')
		return new ConnectionFailure('credential', `The connection has to be connected again (${message})`);
	if (!NETWORK_CODE.test(code) && /reconnect|not connected|sign without access token|acquire OAuth2/i.test(message)) {
		return new ConnectionFailure('credential', 'The connection has to be connected again');
	}
	return new ConnectionFailure(TROUBLE_BY_CODE[code] ?? 'lost', `The connection ended (${code || 'no code'})`);
}
