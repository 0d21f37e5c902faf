import { ApiClient } from '../../http/client';
import { parseEndpoint, parseToken } from '../../http/endpoint';
import type { RetryLimits } from '../../http/retryTable';
import type { Transport } from '../../http/types';
import { explainWatiRefusal } from './explain';

/** What the builder enters in the connection. */
export interface WatiCredential {
	/** As the WATI dashboard shows it, such as `https://live-mt-server.wati.io/12345`. */
	apiEndpoint: string;
	accessToken: string;
}

export interface WatiConnection {
	/** `https://live-mt-server.wati.io`: v3 paths start here. */
	origin: string;
	/** The tenant segment, which only v2 paths carry; `undefined` when the endpoint was pasted without it. */
	tenantId?: string;
	token: string;
}

const EXAMPLE = 'https://live-mt-server.wati.io/12345';

/**
 * Reads a connection in the forms people paste it: with or without scheme, tenant segment, trailing slash, path and "Bearer ".
 * v3 answers 404 to a path with the tenant segment, v2 to one without it (apis/wati.md, section 1).
 * @throws InputProblem
 */
export function parseWatiConnection(credential: WatiCredential): WatiConnection {
	const url = parseEndpoint(credential.apiEndpoint, { field: 'API Endpoint', example: EXAMPLE });
	const [first] = url.pathname.split('/').filter((part) => part !== '');
	return {
		origin: url.origin,
		tenantId: first !== undefined && /^\d+$/.test(first) ? first : undefined,
		token: parseToken(credential.accessToken, 'Access Token'),
	};
}

/** WATI's API for one connection; the transport adds the token. */
export function watiClient(transport: Transport, connection: WatiConnection, limits?: Partial<RetryLimits>): ApiClient {
	return new ApiClient({
		transport,
		origin: connection.origin,
		service: 'WATI',
		explain: explainWatiRefusal,
		secrets: [connection.token],
		limits,
	});
}
