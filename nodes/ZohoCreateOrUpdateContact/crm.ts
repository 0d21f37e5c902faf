import { z } from 'zod';

import { InputProblem } from '../../http/errors';
import { n8nTransport } from '../../http/n8nTransport';
import { emailAddress } from '../../vendors/shared/checks';
import { parseZohoConnection, zohoApi, type ZohoToken } from '../../vendors/zoho/connection';
import { isApiName } from '../../vendors/zoho/coql';
import { zohoDirectory } from '../../vendors/zoho/directory';
import { EMAIL, LAST_NAME, zohoFields } from '../../vendors/zoho/fields';
import { connectedUserId } from '../../vendors/zoho/users';
import type { Crm } from '../shared/createOrUpdate/crm';

const CREDENTIAL = 'zohoConnectionOAuth2Api';

const text = z.string().optional().catch(undefined);
const credential = z.object({
	oauthTokenData: z.object({ api_domain: text, refresh_token: text, access_token: text, error: text }).catch({}),
});

/** Zoho CRM: contacts are found by their email. */
export const zohoCrm: Crm = {
	service: 'Zoho CRM',
	required: [
		{ id: EMAIL, label: 'Email' },
		{ id: LAST_NAME, label: 'Last Name' },
	],
	alwaysSaveSummary: true,
	defaultOrigin: { kind: 'connectedUser' },
	async open(context) {
		const readToken = async (): Promise<ZohoToken> =>
			credential.parse(await context.getCredentials(CREDENTIAL)).oauthTokenData;
		const connection = parseZohoConnection(await readToken());
		const api = zohoApi(n8nTransport(context, CREDENTIAL, { oauth2: true }), connection, readToken);
		return {
			fields: async () => await zohoFields(api),
			readContact(values) {
				const unknown = [...values.keys()].find((id) => !isApiName(id) || id.toLowerCase() === 'id');
				if (unknown !== undefined) throw noSuchField(unknown);
				const email = emailAddress(values.get(EMAIL), 'Email');
				return {
					key: { field: EMAIL, label: 'Email', value: email, compare: email.toLowerCase() },
					values: new Map([...values, [EMAIL, email]]),
				};
			},
			directory: (fields, { policy }) => zohoDirectory(api, fields, { allowUpdate: policy.allowUpdate }),
			connectedUserId: async () => await connectedUserId(api, connection.identity),
		};
	},
};

function noSuchField(id: string): InputProblem {
	return new InputProblem(`Zoho CRM has no field "${id}" that can be written`, {
		field: id,
		expected: 'the API name of a field, such as Lead_Source',
		mend: 'Choose the field from the list of the node.',
	});
}
