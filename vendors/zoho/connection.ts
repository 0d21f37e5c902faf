import { ApiClient } from '../../http/client';
import { parseEndpoint, shownAddress } from '../../http/endpoint';
import { InputProblem, RequestError } from '../../http/errors';
import type { RetryLimits } from '../../http/retryTable';
import type { Transport } from '../../http/types';
import { ZohoApi } from './api';
import { explainZohoRefusal, isZohoRateLimit } from './explain';
import { rowTransport } from './rowTransport';

/** Zoho CRM's API version. Everything this package sends goes below it. */
export const API = '/crm/v8';

/** The part of Zoho's token answer that is needed here, as n8n keeps it. */
export interface ZohoToken {
	/** Where the account's CRM is, such as `https://www.zohoapis.eu`. Every token answer has it. */
	api_domain?: string;
	refresh_token?: string;
	access_token?: string;
	/**
	 * Left by a refused refresh: Zoho answers it with HTTP 200 and `error`, and n8n merges that into what it has
	 * (apis/salesforce-zoho-wawp.md, B3). It stays there after a later refresh went well, so it proves nothing by itself.
	 */
	error?: string;
}

export interface ZohoConnection {
	/** `https://www.zohoapis.eu`. */
	origin: string;
	/** Tells connections apart in memory; holds secrets, so it is only ever hashed. */
	identity: string[];
	/** The tokens as they were when the run began. Renewed ones are n8n's, and Zoho repeats none in an answer. */
	secrets: string[];
}

/**
 * The domains of Zoho's API, one a data centre (B1). Sandboxes and developer accounts are names below them, such as
 * `sandbox.zohoapis.in`. The one of the UK is not in Zoho's documentation that was read, but follows the pattern of the others.
 */
const API_DOMAINS = ['com', 'eu', 'in', 'com.au', 'jp', 'ca', 'com.cn', 'sa', 'uk'];

const API_HOST = new RegExp(
	`(^|\\.)zohoapis\\.(${API_DOMAINS.map((domain) => domain.replace('.', '\\.')).join('|')})$`,
);

/**
 * Finds the API of a connection and makes sure that it is Zoho's, before a token goes there.
 * @throws RequestError `reconnect` when the connection was never finished; InputProblem for a host that isn't Zoho's.
 */
export function parseZohoConnection(token: ZohoToken): ZohoConnection {
	if (!token.api_domain) {
		throw new RequestError('reconnect', 'This Zoho CRM connection is not connected', {
			description: [
				"Open the connection and connect it (again): Zoho's answer did not say where the account is.",
				...(token.error ? [`It said: ${token.error}.`] : []),
				'Check that Data Center is the one you sign in to Zoho at.',
			].join(' '),
		});
	}
	const origin = apiOrigin(token.api_domain);
	if (origin !== undefined) {
		const secrets = [token.refresh_token ?? '', token.access_token ?? ''];
		return { origin, identity: [origin, token.refresh_token ?? token.access_token ?? ''], secrets };
	}
	throw new InputProblem("The connection's API address is not one of Zoho CRM", {
		field: 'api_domain',
		found: shownAddress(token.api_domain),
		expected: 'a host of zohoapis.com, .eu, .in, .com.au, .jp, .ca, .com.cn, .sa or .uk',
		mend: 'The access token was not sent there. Check Data Center in the connection and connect it again.',
	});
}

/** `undefined` for what is neither Zoho's nor on this machine (where tests and demo run). */
function apiOrigin(domain: string): string | undefined {
	try {
		return parseEndpoint(domain, { field: 'api_domain', example: 'https://www.zohoapis.com', hosts: API_HOST }).origin;
	} catch {
		return undefined;
	}
}

/**
 * Zoho CRM for one connection; the transport adds the token, and n8n renews it.
 * @param readToken the connection as it is now, after n8n may have tried to renew it.
 */
export function zohoApi(
	transport: Transport,
	connection: ZohoConnection,
	readToken: () => Promise<ZohoToken>,
	limits?: Partial<RetryLimits>,
): ZohoApi {
	const client = new ApiClient({
		transport: rowTransport(transport),
		origin: connection.origin,
		service: 'Zoho CRM',
		explain: explainZohoRefusal,
		isRateLimit: isZohoRateLimit,
		secrets: connection.secrets,
		limits,
	});
	return new ZohoApi(client, async () => (await readToken()).error);
}
