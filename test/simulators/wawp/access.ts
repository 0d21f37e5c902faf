import type { FastifyRequest } from 'fastify';

import { headerOf, isForm, jsonOf, queryOf } from '../kit/input';
import { failure, invalid, missing, WawpFailure } from './errors';
import type { CredentialPlace } from './settings';
import type { World } from './world';

interface Credentials {
	instanceId?: string;
	accessToken?: string;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** How credentials look in each place (C1). */
const readers: Record<CredentialPlace, (request: FastifyRequest) => Credentials> = {
	query(request) {
		const query = queryOf(request);
		return { instanceId: textOf(query['instance_id']), accessToken: textOf(query['access_token']) };
	},
	body(request) {
		const body = jsonOf(request) ?? {};
		return { instanceId: textOf(body['instance_id']), accessToken: textOf(body['access_token']) };
	},
	headers(request) {
		const bearer = /^Bearer (\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
		return { instanceId: headerOf(request, 'x-instance-id'), accessToken: headerOf(request, 'access-token') ?? bearer };
	},
};

const isIn = (request: FastifyRequest, place: CredentialPlace): boolean =>
	Object.values(readers[place](request)).some((value) => value !== undefined);

/**
 * Lets a call through that names the instance and its token in a place that is read. Throws 401 "Missing access_token"
 * also for any form body, 400 when query and body both hold credentials, 404 for another instance.
 */
export function authorize(world: World, request: FastifyRequest): void {
	if (isForm(request)) throw failure(401, 'unauthorized', 'Missing access_token');
	if (world.settings.refuseDuplicatedCredentials && isIn(request, 'query') && isIn(request, 'body')) {
		throw failure(400, 'invalid_param', 'Credentials given twice');
	}
	const found = world.settings.acceptCredentialsIn.map((place) => readers[place](request));
	const accessToken = found.find((each) => each.accessToken)?.accessToken;
	const instanceId = found.find((each) => each.instanceId)?.instanceId;
	if (!accessToken) throw failure(401, 'unauthorized', 'Missing access_token');
	if (accessToken !== world.accessToken) throw failure(401, 'unauthorized', 'Invalid access_token');
	if (!instanceId) throw missing('instance_id');
	if (!/^[A-Za-z0-9]{12}$/.test(instanceId)) throw invalid('instance_id');
	if (instanceId !== world.instanceId) throw noSession();
}

/** Throws unless the session is WORKING (C5): 422 or 404 in WAHA's words, 404, or the envelope under HTTP 200. */
export function requireWorking({ settings, instanceId }: World): void {
	if (settings.session === 'WORKING') return;
	if (settings.whenNotWorking === 404) throw noSession();
	if (settings.whenNotWorking === 200) throw failure(200, 'invalid_session', 'The session is not running');
	if (settings.whenNotWorking === 'sessionNotFound')
		throw new WawpFailure(404, { statusCode: 404, message: 'Session not found', error: 'Not Found' });
	throw new WawpFailure(422, {
		error: 'The session has not the expected status',
		session: sessionName(instanceId),
		status: settings.session,
		expected: ['WORKING'],
	});
}

export const sessionName = (instanceId: string): string => `wawp-${instanceId}`;

const noSession = () => failure(404, 'invalid_session', 'No session for this instance');
