import { ApiClient } from '../../http/client';
import { parseEndpoint, parseToken } from '../../http/endpoint';
import { InputProblem } from '../../http/errors';
import type { RetryLimits } from '../../http/retryTable';
import type { Transport } from '../../http/types';
import { WawpApi } from './api';
import { explainWawpRefusal } from './explain';
import type { PlaceChoice, WawpCredentials } from './placement';

/** Wawp's API, version 2 (C1; the older one at wawp.net is not used). */
export const API = '/v2';

export const DEFAULT_ENDPOINT = 'https://api.wawp.net';

/** What the builder enters in the connection. */
export interface WawpCredential {
	instanceId: string;
	accessToken: string;
	apiEndpoint: string;
	sendCredentialsIn: PlaceChoice;
}

export interface WawpConnection extends WawpCredentials {
	/** `https://api.wawp.net`. */
	origin: string;
	choice: PlaceChoice;
}

/** @throws InputProblem */
export function parseWawpConnection(credential: WawpCredential): WawpConnection {
	const instanceId = credential.instanceId.trim();
	if (!/^[A-Za-z0-9_-]{4,64}$/.test(instanceId)) {
		throw new InputProblem(
			instanceId === '' ? 'The Instance ID is empty' : 'The Instance ID has signs that no instance ID has',
			{
				field: 'Instance ID',
				expected: '12 letters and digits',
				mend: 'Copy it from the instance in Wawp and paste it into the connection.',
			},
		);
	}
	const endpoint = credential.apiEndpoint.trim() || DEFAULT_ENDPOINT;
	return {
		origin: parseEndpoint(endpoint, { field: 'API Endpoint', example: DEFAULT_ENDPOINT }).origin,
		instanceId,
		token: parseToken(credential.accessToken, 'Access Token'),
		choice: credential.sendCredentialsIn,
	};
}

/** Wawp for one connection. The transport adds nothing: placement.ts decides where the credentials go. */
export function wawpApi(transport: Transport, connection: WawpConnection, limits?: Partial<RetryLimits>): WawpApi {
	const client = new ApiClient({
		transport,
		origin: connection.origin,
		service: 'Wawp',
		explain: explainWawpRefusal,
		secrets: [connection.token, connection.instanceId],
		limits,
	});
	return new WawpApi(client, connection);
}
