import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { z } from 'zod';

import { FAKE_NODE } from './fakeExecute';

/** Where and how n8n renews the token of an OAuth2 connection. */
export interface Renewal {
	tokenUrl: string;
	clientId: string;
	clientSecret: string;
	/** Where the client names itself: `authentication` of the connection type. */
	authentication: 'header' | 'body';
}

export interface N8nHttpOptions {
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Headers that a connection without OAuth2 adds. */
	authorize?: (credentialType: string) => Record<string, string>;
	/** OAuth2 connections by their type. */
	oauth2?: Record<string, Renewal>;
	/** Sends a request; axios, as in n8n, when left out. */
	send?: (config: AxiosRequestConfig) => Promise<AxiosResponse<unknown>>;
}

type Helper = (credentialType: string, options: IHttpRequestOptions) => Promise<unknown>;

/** n8n waits so long for a token (client-oauth2, accessTokenRequest). */
const TOKEN_TIMEOUT_MS = 300_000;

/**
 * n8n's `httpRequestWithAuthentication` without n8n, with what matters when something goes wrong: errors of the network and
 * statuses that are not ignored come as NodeApiError, and a 401 of an OAuth2 connection renews its token once and
 * repeats the request. Read from n8n-core 2.41.1 (request-helpers: authentication, oauth) and @n8n/client-oauth2.
 */
export function n8nHttp(options: N8nHttpOptions): Helper {
	const send = options.send ?? (async (config: AxiosRequestConfig) => await axios.request<unknown>(config));
	const renewals = new Map<string, Promise<void>>();
	const ask = async (request: IHttpRequestOptions, headers: Record<string, string>): Promise<unknown> => {
		const response = await send(toAxios(request, headers));
		return { statusCode: response.status, headers: { ...response.headers }, body: response.data };
	};

	const withOAuth2 = async (type: string, request: IHttpRequestOptions, renewal: Renewal): Promise<unknown> => {
		const used = tokensOf(options.credentials[type]).access_token;
		try {
			return await ask(request, bearer(used));
		} catch (error) {
			if (!axios.isAxiosError(error) || error.response?.status !== 401) throw error;
			await renewOnce(type, used, renewal);
			return await ask(request, bearer(tokensOf(options.credentials[type]).access_token));
		}
	};

	/** Requests that are refused together share one renewal; one that comes late finds the new token. */
	const renewOnce = async (type: string, used: string | undefined, renewal: Renewal): Promise<void> => {
		const running = renewals.get(type);
		if (running) return await running;
		if (tokensOf(options.credentials[type]).access_token !== used) return;
		const work = renew(options.credentials[type] ?? {}, renewal, send).finally(() => renewals.delete(type));
		renewals.set(type, work);
		await work;
	};

	return async (type, request) => {
		try {
			const renewal = options.oauth2?.[type];
			if (renewal) return await withOAuth2(type, request, renewal);
			return await ask(request, options.authorize?.(type) ?? {});
		} catch (error) {
			throw new NodeApiError(FAKE_NODE, asErrorObject(error));
		}
	};
}

function toAxios(request: IHttpRequestOptions, headers: Record<string, string>): AxiosRequestConfig {
	const ignored = request.ignoreHttpStatusErrors;
	const except = typeof ignored === 'object' ? (ignored.except ?? []) : [];
	return {
		method: request.method,
		url: request.url,
		headers: { ...(request.headers as Record<string, string>), ...headers },
		data: request.body,
		responseType: 'stream',
		timeout: request.timeout,
		maxRedirects: request.disableFollowRedirect ? 0 : undefined,
		maxBodyLength: Infinity,
		maxContentLength: Infinity,
		validateStatus: (status) => (ignored ? !except.includes(status) : status >= 200 && status < 300),
	};
}

const tokens = z
	.object({ access_token: z.string().optional(), refresh_token: z.string().optional() })
	.passthrough()
	.catch({});
const tokensOf = (credential: ICredentialDataDecryptedObject | undefined) => tokens.parse(credential?.oauthTokenData);

function bearer(token: string | undefined): Record<string, string> {
	if (!token) throw new Error('Unable to sign without access token');
	return { Authorization: `Bearer ${token}` };
}

/** A refusal that the token endpoint words as OAuth2 has it; n8n gives it the code EAUTH. */
class AuthError extends Error {
	readonly code = 'EAUTH';
}

/** Any other answer of the token endpoint that is none. */
class ResponseError extends Error {
	readonly code = 'ESTATUS';

	constructor(
		readonly status: number,
		readonly body: string,
		message = `HTTP status ${status}`,
	) {
		super(message);
	}
}

async function renew(
	credential: ICredentialDataDecryptedObject,
	renewal: Renewal,
	send: (config: AxiosRequestConfig) => Promise<AxiosResponse<unknown>>,
): Promise<void> {
	const { refresh_token: refreshToken } = tokensOf(credential);
	if (!refreshToken)
		throw new Error('OAuth access token expired and no refresh token is available. Please reconnect the credentials.');
	const { clientId, clientSecret } = renewal;
	const inBody = renewal.authentication === 'body';
	const form = new URLSearchParams({
		refresh_token: refreshToken,
		grant_type: 'refresh_token',
		...(inBody ? { client_id: clientId, client_secret: clientSecret } : {}),
	});
	const response = await send({
		method: 'POST',
		url: renewal.tokenUrl,
		data: form.toString(),
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			...(inBody ? {} : { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }),
		},
		transformResponse: (text: unknown) => text,
		validateStatus: (status) => status < 500,
		timeout: TOKEN_TIMEOUT_MS,
	});
	// What is new is laid over what was there, so that a refusal under HTTP 200 leaves the old token.
	credential.oauthTokenData = { ...strings(credential.oauthTokenData), ...readAnswer(response) };
}

const spoken = z.object({ error: z.string().optional(), error_description: z.string().optional() }).passthrough();

function readAnswer({ status, data, headers }: AxiosResponse<unknown>): Record<string, string> {
	const text = String(data ?? '');
	const body = parseJson(text);
	if (status >= 300) {
		const said = spoken.safeParse(body);
		if (said.success && said.data.error === 'invalid_grant') {
			throw new NodeOperationError(FAKE_NODE, 'The credential "Connection" needs to be reconnected.', {
				description: 'Access could not be refreshed.',
			});
		}
		const message = said.success ? (said.data.error_description ?? said.data.error) : undefined;
		throw message ? new AuthError(message) : new ResponseError(status, text);
	}
	if (body !== undefined) return strings(body);
	const type = String(headers['content-type'] ?? 'none');
	throw new ResponseError(
		status,
		text,
		`Expected JSON response from OAuth2 token endpoint (content-type: ${type}) but received: ${text.slice(0, 100)}`,
	);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The values of an object as texts. */
const strings = (body: unknown): Record<string, string> =>
	Object.fromEntries(Object.entries(Object(body)).map(([name, value]) => [name, String(value)]));

/** NodeApiError reads plain objects and errors alike. */
function asErrorObject(thrown: unknown): ConstructorParameters<typeof NodeApiError>[1] {
	return thrown as ConstructorParameters<typeof NodeApiError>[1];
}
