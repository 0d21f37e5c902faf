import type { Call } from '../../http/call';
import type { Method } from '../../http/types';

/** Where a call carries the instance id and the access token. */
export type Place = 'headers' | 'body' | 'query';

/** What the builder allows, in the connection. */
export type PlaceChoice = 'automatic' | 'neverUrl' | 'url';

/**
 * The places to try for a call, in this order: the one place to change when Wawp's own word is known.
 *
 * Wawp describes four ways (apis/salesforce-zoho-wawp.md, C1), and which of them it reads was not found out:
 * 1. its code samples: query, everything else as JSON;
 * 2. its table of parameters for PUT and POST: JSON body; confirmed in use for POST;
 * 3. its MCP server: query for GET, JSON body for the others, and a header `access-token`;
 * 4. its Python SDK: headers `Authorization: Bearer` and `X-Instance-ID`; that SDK can't even be loaded.
 * Both in query and body at once "can break validation", so each call uses one place. The query comes last, because it ends up
 * in the logs of servers; where Wawp wants it, the first call of a run finds out by a 401 that has done nothing.
 */
const PLACES: Record<'read' | 'write', readonly Place[]> = {
	read: ['headers', 'query'],
	write: ['body', 'headers', 'query'],
};

/** GET and DELETE carry no body. */
const KIND: Record<Method, keyof typeof PLACES> = {
	GET: 'read',
	DELETE: 'read',
	POST: 'write',
	PUT: 'write',
	PATCH: 'write',
};

export function kindOf(method: Method): keyof typeof PLACES {
	return KIND[method];
}

export function placesFor(method: Method, choice: PlaceChoice): readonly Place[] {
	if (choice === 'url') return ['query'];
	const places = PLACES[KIND[method]];
	return choice === 'neverUrl' ? places.filter((place) => place !== 'query') : places;
}

export interface WawpCredentials {
	instanceId: string;
	token: string;
}

/** The call with its credentials in that place. */
export function withCredentials(call: Call, place: Place, { instanceId, token }: WawpCredentials): Call {
	return CARRY[place](call, { instance_id: instanceId, access_token: token });
}

type Named = { instance_id: string; access_token: string };

const CARRY: Record<Place, (call: Call, named: Named) => Call> = {
	headers: (call, { instance_id, access_token }) => ({
		...call,
		headers: {
			...call.headers,
			authorization: `Bearer ${access_token}`,
			'access-token': access_token,
			'x-instance-id': instance_id,
		},
	}),
	body: (call, named) => ({ ...call, json: { ...named, ...Object(call.json) } }),
	query: (call, named) => ({ ...call, query: { ...named, ...call.query } }),
};
