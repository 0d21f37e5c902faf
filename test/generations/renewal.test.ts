import { join } from 'node:path';

import { ensureHost } from '../host/install';
import { N8nHost } from '../host/n8nHost';
import { discardPackage, packRepository } from '../host/pack';
import { runNode } from '../host/runNode';
import type { CredentialRef } from '../host/workflowBuilder';
import { SALESFORCE_CLIENT, SalesforceSimulator } from '../simulators/salesforce';
import { defaultClient, ZohoSimulator } from '../simulators/zoho';
import { connectOAuth } from '../support/oauth';

const COUNT = 4_000;

jest.setTimeout(900_000);

/** The last n8n 1.x renews tokens in another way than 2.x: it joins no renewals, and looks at thrown 401s only. */
describe('an access token that has ended, in the last n8n 1.x', () => {
	const salesforce = new SalesforceSimulator({ instance: 'separate' });
	const zoho = new ZohoSimulator();
	let host: N8nHost;

	beforeAll(async () => {
		const folder = join(__dirname, '../host/n8n-1x');
		const say = (line: string): void => void process.stderr.write(`${line}\n`);
		await Promise.all([salesforce.start(), zoho.start(), ensureHost({ folder, onProgress: say })]);
		const tarball = await packRepository({ onProgress: say });
		host = await N8nHost.start({ packages: [tarball], hostFolder: folder, onProgress: say });
		await discardPackage(tarball);
	});
	afterAll(async () => void (await Promise.all([host?.dispose(), salesforce.stop(), zoho.stop()])));

	const actions = async (
		node: string,
		credentials: Record<string, CredentialRef>,
		lastName: string,
	): Promise<unknown[]> => {
		const value = { Email: '={{ $json.email }}', [lastName]: 'Doe' };
		const schema = Object.keys(value).map((id) => ({ id, displayName: id, type: 'string', required: true }));
		const { items } = await runNode(host, {
			items: Array.from({ length: COUNT }, (_, i) => ({ email: `${'x'.repeat(40)}${i}@b.example` })),
			node: {
				type: `n8n-nodes-whatsapp-crm.${node}`,
				credentials,
				parameters: { fields: { mappingMode: 'defineBelow', value, schema }, options: {} },
				onError: 'continueRegularOutput',
			},
		});
		return [...new Set(items.map(({ json }) => json.error ?? json.action))];
	};

	test('is renewed once for Salesforce, also where each renewal ends the refresh token before', async () => {
		salesforce.oauth.settings.rotateRefreshTokens = true;
		const type = 'salesforceConnectionOAuth2Api';
		const credential = await host.createCredential(type, 'Salesforce', {
			environment: 'myDomain',
			myDomain: salesforce.origin,
			grantType: 'pkce',
			clientId: SALESFORCE_CLIENT.id,
			clientSecret: SALESFORCE_CLIENT.secret,
		});
		await connectOAuth(host, credential.id);
		salesforce.expireAccessTokens();
		const found = await actions('salesforceCreateOrUpdateContact', { [type]: credential }, 'LastName');
		expect(found).toEqual(['created']);
		// One for the sign-in.
		expect(salesforce.requests('POST', '/services/oauth2/token')).toHaveLength(2);
	});

	test('is renewed once for Zoho CRM', async () => {
		const type = 'zohoConnectionOAuth2Api';
		const credential = await host.createCredential(type, 'Zoho CRM', {
			dataCenter: 'custom',
			accountsUrl: `${zoho.accounts.origin}/`,
			clientId: defaultClient.id,
			clientSecret: defaultClient.secret,
		});
		await connectOAuth(host, credential.id);
		zoho.expireAccessTokens();
		expect(await actions('zohoCreateOrUpdateContact', { [type]: credential }, 'Last_Name')).toEqual(['created']);
		expect(zoho.accounts.requests('POST', '/oauth/v2/token')).toHaveLength(2);
	});
});
