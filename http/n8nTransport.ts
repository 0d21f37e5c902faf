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
import { asStream, connectionFailure, plainHeaders } from './transportParts';
import { isStreamBody, type Transport, type TransportRequest, type TransportResponse } from './types';

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
			const ask = async (how: IHttpRequestOptions): Promise<Asked> => {
				try {
					const answer = await helper.call(context as IAllExecuteFunctions, credentialType, how);
					return { response: toResponse(fullResponse.parse(answer)), thrown: false };
				} catch (thrown) {
					return { response: afterThrow(thrown, signal), thrown: true };
				}
			};
			const { response, thrown } = await ask(sent);
			return options.oauth2 && response.status === EXPIRED && !thrown ? await renewed(ask, sent) : response;
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

/** An answer, and whether n8n's helper threw it. */
interface Asked {
	response: TransportResponse;
	thrown: boolean;
}

/** The status after which n8n renews a token. */
const EXPIRED = 401;

/** Refusals that a second request may meet as well, and that are not to be asked for a third time. */
const NOT_AGAIN = [EXPIRED, 408, 429];

/**
 * n8n renews a token after a 401 that its helper throws. The one of n8n 1.x knows no exceptions from ignored statuses and
 * hands the 401 over: it is asked once more, this time to throw. What it throws of another refusal, which has done nothing, has
 * lost its words, so that this is asked for as usual, with the new token.
 */
async function renewed(
	ask: (how: IHttpRequestOptions) => Promise<Asked>,
	sent: IHttpRequestOptions,
): Promise<TransportResponse> {
	const { response, thrown } = await ask({ ...sent, ignoreHttpStatusErrors: false });
	const { status } = response;
	const isWordless = thrown && status >= 400 && status < 500 && !NOT_AGAIN.includes(status);
	return isWordless ? (await ask(sent)).response : response;
}

type HttpHelper = (
	this: IAllExecuteFunctions,
	credentialType: string,
	options: IHttpRequestOptions,
) => Promise<unknown>;

const headerValues = z.record(z.union([z.string(), z.array(z.string()), z.number()]).nullish());
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
		ignoreHttpStatusErrors: options.oauth2 ? { ignore: true, except: [EXPIRED] } : true,
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
