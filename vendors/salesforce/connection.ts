import { z } from 'zod';

import { parseEndpoint } from '../../http/endpoint';
import { asError, InputProblem, RequestError } from '../../http/errors';

/** Where Salesforce keeps its orgs and takes sign-ins: login, test and My Domain hosts (A2). */
const HOSTS = /(^|\.)salesforce\.(com|mil)$/;
const EXAMPLE = 'https://yourcompany.my.salesforce.com';

/** What n8n keeps of a connection; the answer of the token endpoint is stored as it came (A3). */
export const salesforceCredential = z.object({
	grantType: z.string().catch('pkce'),
	environment: z.string().catch('production'),
	myDomain: z.string().catch(''),
	oauthTokenData: z
		.object({
			/** The org's own host. */
			instance_url: z.string().optional().catch(undefined),
			/** Address of the connected user, such as `https://login.salesforce.com/id/00D…/005…`. */
			id: z.string().optional().catch(undefined),
			access_token: z.string().optional().catch(undefined),
		})
		.catch({}),
});
export type SalesforceCredential = z.infer<typeof salesforceCredential>;

export interface SalesforceConnection {
	origin: string;
	/** In the notation of {@link userNotation}; empty where the connection doesn't tell. */
	userId: string;
	accessToken: string;
}

/**
 * The org that a connection leads to.
 * @throws RequestError `reconnect` when the token answer doesn't say, or names a host that is not Salesforce's.
 */
export function parseSalesforceConnection({ oauthTokenData }: SalesforceCredential): SalesforceConnection {
	const { instance_url: address = '', id = '', access_token: accessToken = '' } = oauthTokenData;
	if (address === '') throw reconnect("The connection doesn't say at which address the Salesforce org is");
	return { origin: instanceOrigin(address), userId: userNotation(id.split('/').at(-1) ?? ''), accessToken };
}

function instanceOrigin(address: string): string {
	try {
		return parseEndpoint(address, { field: 'instance address', example: EXAMPLE, hosts: HOSTS }).origin;
	} catch (thrown) {
		if (!(thrown instanceof InputProblem)) throw asError(thrown);
		throw reconnect(`${thrown.message}, so the access token was not sent there`);
	}
}

function reconnect(message: string): RequestError {
	return new RequestError('reconnect', message, {
		description: 'Reconnect: open the Salesforce connection and sign in again.',
	});
}

/**
 * Where an app that signs in as itself gets its first token: only My Domain hosts give one (A2).
 * @throws InputProblem
 */
export function myDomainOrigin({ environment, myDomain }: SalesforceCredential): string {
	if (environment === 'myDomain') {
		return parseEndpoint(myDomain, { field: 'My Domain URL', example: EXAMPLE, hosts: HOSTS }).origin;
	}
	throw new InputProblem('Client Credentials need the My Domain URL of the org', {
		field: 'Environment',
		found: environment,
		expected: 'My Domain',
		mend: `Open the connection, choose My Domain as environment and enter an address such as ${EXAMPLE}.`,
	});
}

/** The 15 characters that an id has in both of its notations; the other three of the long one only check them. */
export const userNotation = (id: string): string => id.slice(0, 15);
