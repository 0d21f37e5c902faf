import type { FastifyReply, FastifyRequest } from 'fastify';

import { queryOf } from '../../kit/input';
import { parseScopes } from '../scopes';
import type { World } from '../world';
import { throttledBody } from './token';

/**
 * The consent screen, `GET /oauth/v2/auth` (B2). What can't be trusted with a redirect (unknown client or redirect URI, bad scopes)
 * is answered by a page with 400; B2 doesn't say how these look, so only the status and the word in the page are meant to be read.
 */
export function registerAuthorize(world: World): void {
	const { app } = world.accounts;
	app.get('/oauth/v2/auth', async (request, reply) => await consent(world, request, reply, world.settings.consent));
	app.get('/oauth/v2/auth/accept', async (request, reply) => await consent(world, request, reply, 'approve'));
}

async function consent(world: World, request: FastifyRequest, reply: FastifyReply, how: 'approve' | 'deny' | 'page') {
	const query = queryOf(request);
	const client = world.grants.clients.get(query['client_id'] ?? '');
	const redirectUri = query['redirect_uri'] ?? '';
	const scopes = parseScopes(query['scope'] ?? '');
	const problem = refusal(query, client?.redirectUris, scopes);
	if (problem || !client || !scopes) return await page(reply, 400, problem ?? 'invalid_client');

	if (how === 'page') return await page(reply, 200, consentForm(query));
	const back = new URL(redirectUri);
	if (query['state']) back.searchParams.set('state', query['state']);
	if (how === 'deny') {
		back.searchParams.set('error', 'access_denied');
		return await reply.redirect(back.href, 302);
	}

	const accountsServer = world.settings.homeAccountsServer ?? `http://${request.host}`;
	const seenBefore = world.grants.consentAgain(client.id, scopes);
	// Offline access gives a refresh token on the first consent only, unless the screen is asked for each time (B2).
	const withRefreshToken = query['access_type'] === 'offline' && (!seenBefore || query['prompt'] === 'consent');
	const code = world.grants.issueCode({ clientId: client.id, redirectUri, scopes, withRefreshToken, accountsServer });
	if (code === 'throttled') return await reply.code(world.settings.throttleStatus).send(throttledBody);

	back.searchParams.set('code', code.code);
	back.searchParams.set('location', world.settings.location);
	back.searchParams.set('accounts-server', accountsServer);
	return await reply.redirect(back.href, 302);
}

function refusal(
	query: Record<string, string>,
	registered: string[] | undefined,
	scopes: string[] | undefined,
): string | undefined {
	if (!registered) return 'invalid_client';
	const redirectUri = query['redirect_uri'] ?? '';
	if (!URL.canParse(redirectUri)) return 'invalid_redirect_uri';
	if (registered.length > 0 && !registered.includes(redirectUri)) return 'invalid_redirect_uri';
	if (query['response_type'] !== 'code') return 'invalid_response_type';
	return scopes ? undefined : 'invalid_scope';
}

function consentForm(query: Record<string, string>): string {
	const inputs = Object.entries(query).map(
		([name, value]) => `<input type="hidden" name="${html(name)}" value="${html(value)}">`,
	);
	return `<form action="/oauth/v2/auth/accept">${inputs.join('')}<button id="accept">Accept</button></form>`;
}

const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

async function page(reply: FastifyReply, status: number, content: string): Promise<FastifyReply> {
	return await reply.code(status).type('text/html').send(`<!doctype html><html><body>${content}</body></html>`);
}
