import type { FastifyReply, FastifyRequest } from 'fastify';

import { headerOf } from '../../kit/input';
import { errorBody, ZohoFailure } from '../errors';
import { allows, type Operation } from '../scopes';
import type { World } from '../world';

/** What a call needs: an area of the API and what is done there. */
export type Need = readonly [area: string, operation: Operation];

export const readContacts: Need = ['modules.contacts', 'READ'];
export const createContacts: Need = ['modules.contacts', 'CREATE'];
export const updateContacts: Need = ['modules.contacts', 'UPDATE'];

/**
 * Lets a call through whose token is alive and has every scope needed. Both header styles are taken (B2).
 * Throws 401 INVALID_TOKEN, AUTHENTICATION_FAILURE without a token, OAUTH_SCOPE_MISMATCH.
 */
export function authorize(world: World, request: FastifyRequest, needs: readonly Need[]): void {
	const scopes = scopesOf(world, request);
	if (!needs.every(([area, operation]) => allows(scopes, area, operation))) throw scopeMismatch();
}

export function scopesOf(world: World, request: FastifyRequest): string[] {
	const token = /^(?:Zoho-oauthtoken|Bearer) (\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
	if (!token) throw new ZohoFailure(401, errorBody('AUTHENTICATION_FAILURE', 'no token'));
	const found = world.grants.accessToken(token);
	if (!found) throw new ZohoFailure(401, errorBody('INVALID_TOKEN', 'invalid oauth token'));
	return found.scopes;
}

export const scopeMismatch = () => new ZohoFailure(401, errorBody('OAUTH_SCOPE_MISMATCH', 'Unauthorized'));

/** Record calls name the module in the path; only Contacts exists, in this spelling. */
export function requireContacts(module: string): void {
	if (module === 'Contacts') return;
	throw new ZohoFailure(400, errorBody('INVALID_MODULE', 'no such module', { resource_path_index: 0 }), true);
}

/**
 * Refuses calls beyond what may be in progress at one time (B8). Counted from the arrival of a call to the end of its answer.
 * Status and body: the OAS sample of a 429; it has no header that says when to come back.
 */
export function limitConcurrency(world: World): void {
	const { app } = world.api;
	const active = { calls: 0, queries: 0 };
	const refused = new WeakSet<FastifyRequest>();
	app.addHook('onRequest', async (request, reply) => {
		const isQuery = request.url.startsWith('/crm/v8/coql');
		if (active.calls >= world.settings.concurrency || (isQuery && active.queries >= world.settings.queryConcurrency)) {
			refused.add(request);
			return;
		}
		active.calls++;
		if (isQuery) active.queries++;
		reply.raw.once('close', () => {
			active.calls--;
			if (isQuery) active.queries--;
		});
	});
	app.addHook('preHandler', async (request, reply): Promise<FastifyReply | undefined> => {
		if (!refused.has(request)) return undefined;
		const details = { retry_after: 1, limit: world.settings.concurrency, window: 1 };
		return await reply.code(429).send(errorBody('TOO_MANY_REQUESTS', 'too many calls at one time', details));
	});
}
