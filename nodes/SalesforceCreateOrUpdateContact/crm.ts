import { asError, RequestError } from '../../http/errors';
import { n8nTransport, type N8nContext } from '../../http/n8nTransport';
import type { FieldInfo } from '../../upsert/types';
import { SalesforceApi } from '../../vendors/salesforce/api';
import {
	myDomainOrigin,
	parseSalesforceConnection,
	salesforceCredential,
	type SalesforceConnection,
} from '../../vendors/salesforce/connection';
import { salesforceDirectory } from '../../vendors/salesforce/directory';
import { emailKey, readEmail } from '../../vendors/salesforce/email';
import { EMAIL, LAST_NAME, salesforceFields } from '../../vendors/salesforce/fields';
import type { Crm } from '../shared/createOrUpdate/crm';
import { salesforceOptions } from './options';

const CREDENTIAL = 'salesforceConnectionOAuth2Api';

/** Salesforce: contacts are found by their email address. */
export const salesforceCrm: Crm = {
	service: 'Salesforce',
	required: [EMAIL, LAST_NAME],
	alwaysSaveSummary: true,
	defaultOrigin: { kind: 'connectedUser' },
	flags: salesforceOptions,
	async open(context) {
		const transport = n8nTransport(context, CREDENTIAL, { oauth2: true });
		const connection = await readConnection(context);
		return {
			fields: async () => await salesforceFields(new SalesforceApi(transport, connection)),
			readContact(values) {
				const email = readEmail(values.get(EMAIL.id));
				return {
					key: { field: EMAIL.id, label: EMAIL.label, value: email, compare: emailKey(email) },
					values: new Map([...values, [EMAIL.id, email]]),
				};
			},
			directory: (fields, options) =>
				salesforceDirectory(new SalesforceApi(transport, connection, { label: labelOf(fields) }), fields, {
					saveAnyway: options.ticked.includes('saveAnyway'),
				}),
			connectedUserId: async () => connection.userId,
		};
	},
};

async function readConnection(context: N8nContext): Promise<SalesforceConnection> {
	const stored = async () => salesforceCredential.parse(await context.getCredentials(CREDENTIAL));
	const credential = await stored();
	if (credential.grantType !== 'clientCredentials' || credential.oauthTokenData.instance_url) {
		return parseSalesforceConnection(credential);
	}
	await fetchFirstToken(context, myDomainOrigin(credential));
	return parseSalesforceConnection(await stored());
}

/**
 * An app that signs in as itself has no token before its first request, and only the token says where the org is.
 * The list of versions is the cheapest request: it doesn't count against the limits of the org.
 */
async function fetchFirstToken(context: N8nContext, origin: string): Promise<void> {
	const transport = n8nTransport(context, CREDENTIAL, { oauth2: true });
	try {
		await new SalesforceApi(transport, { origin, accessToken: '' }).send({
			purpose: 'open the connection',
			effect: 'read',
			method: 'GET',
			path: '/services/data',
		});
	} catch (thrown) {
		throw thrown instanceof RequestError && thrown.kind === 'reconnect' ? appRefused() : asError(thrown);
	}
}

function appRefused(): RequestError {
	return new RequestError('reconnect', 'Salesforce gives the app of this connection no access', {
		description:
			'Check Client ID and Client Secret in the connection. In Salesforce, the app needs the Client Credentials Flow switched on, a user to run as, and the scope "Manage user data via APIs (api)".',
	});
}

function labelOf(fields: readonly FieldInfo[]): (id: string) => string {
	const labels = new Map(fields.map(({ id, label }) => [id.toLowerCase(), label]));
	return (id) => labels.get(id.toLowerCase()) ?? id;
}
