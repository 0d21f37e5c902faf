import type { FastifyReply, FastifyRequest } from 'fastify';

import { formOf, headerOf, queryOf } from '../../kit/input';
import type { World } from '../world';
import type { AccessToken, OAuthClient } from './grants';

/** B2: the shape is third-party, the wording ours. */
export const throttledBody = {
	error_description: 'too many requests, try again later',
	error: 'Access Denied',
	status: 'failure',
};

type Parameters = Record<string, string>;

/** A refusal by the token endpoint: `error` and the status that the settings give it. */
class Refusal extends Error {}

/** `POST /oauth/v2/token` and `/oauth/v2/token/revoke` (B2): parameters as a form or in the query, client credentials there or as Basic. */
export function registerToken(world: World): void {
	const { app } = world.accounts;
	app.post('/oauth/v2/token', async (request, reply) => {
		try {
			return await answer(world, request, reply);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return await reply.code(world.settings.tokenErrorStatus).send({ error: error.message });
		}
	});
	app.post('/oauth/v2/token/revoke', async (request, reply) => {
		const { token = '' } = parametersOf(request);
		if (!world.grants.refreshToken(token)) {
			return await reply.code(world.settings.tokenErrorStatus).send({ error: 'invalid_code' });
		}
		world.grants.revoke(token);
		return { status: 'success' };
	});
}

async function answer(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const parameters = parametersOf(request);
	const client = clientOf(world, request, parameters);
	const grant = grantTypes[parameters['grant_type'] ?? ''];
	if (!grant) throw new Refusal('unsupported_grant_type');
	const made = grant(world, client, parameters, `http://${request.host}`);
	if (made.access === 'throttled') return await reply.code(world.settings.throttleStatus).send(throttledBody);
	return {
		access_token: made.access.token,
		...(made.refreshToken ? { refresh_token: made.refreshToken } : {}),
		api_domain: world.api.origin,
		token_type: 'Bearer',
		expires_in: world.settings.accessTokenLifeSeconds,
	};
}

interface Made {
	access: AccessToken | 'throttled';
	refreshToken?: string;
}

const grantTypes: Record<string, (world: World, client: OAuthClient, parameters: Parameters, at: string) => Made> = {
	authorization_code({ grants }, client, parameters, at) {
		const code = grants.takeCode(parameters['code'] ?? '');
		if (!code || code.clientId !== client.id || code.accountsServer !== at) throw new Refusal('invalid_code');
		if (code.redirectUri !== parameters['redirect_uri']) throw new Refusal('invalid_redirect_uri');
		const refresh = code.withRefreshToken ? grants.issueRefreshToken(client.id, code.scopes) : undefined;
		return { access: grants.issueAccessToken(code.scopes, refresh), refreshToken: refresh?.token };
	},
	refresh_token({ grants }, client, parameters) {
		const refresh = grants.refreshToken(parameters['refresh_token'] ?? '');
		if (!refresh || refresh.clientId !== client.id) throw new Refusal('invalid_code');
		return { access: grants.issueAccessToken(refresh.scopes, refresh) };
	},
};

function clientOf(world: World, request: FastifyRequest, parameters: Parameters): OAuthClient {
	const [basicId, basicSecret] = basicOf(request);
	const client = world.grants.clients.get(basicId ?? parameters['client_id'] ?? '');
	if (!client) throw new Refusal('invalid_client');
	if ((basicSecret ?? parameters['client_secret']) !== client.secret) throw new Refusal('invalid_client_secret');
	return client;
}

function basicOf(request: FastifyRequest): Array<string | undefined> {
	const encoded = /^Basic (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
	if (!encoded) return [];
	const text = Buffer.from(encoded, 'base64').toString();
	const colon = text.indexOf(':');
	return [decodeURIComponent(text.slice(0, colon)), decodeURIComponent(text.slice(colon + 1))];
}

const parametersOf = (request: FastifyRequest): Parameters => ({ ...queryOf(request), ...formOf(request) });
