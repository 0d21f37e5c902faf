import { z } from 'zod';

import { ConnectionFailure, type TransportResponse } from './types';

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

const bodyStream = z.custom<TransportResponse['body']>(
	(value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

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
	EADDRNOTAVAIL: 'notConnected',
	CERT_HAS_EXPIRED: 'notConnected',
	CERT_NOT_YET_VALID: 'notConnected',
	CERT_UNTRUSTED: 'notConnected',
	UNABLE_TO_GET_ISSUER_CERT: 'notConnected',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'notConnected',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'notConnected',
	SELF_SIGNED_CERT_IN_CHAIN: 'notConnected',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'notConnected',
	ERR_TLS_CERT_ALTNAME_INVALID: 'notConnected',
	ECONNABORTED: 'timeout',
	ETIMEDOUT: 'timeout',
};

/** Failures of the network, whose messages say "connect" as well. */
const NETWORK_CODE = /^E(CONN|NET|HOST|TIMEDOUT|AI_|PIPE|NOTCONN|NOTFOUND)/;

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
