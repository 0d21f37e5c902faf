import { sharedHost } from '../../host/shared';
import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { SALESFORCE_CLIENT, SalesforceSimulator } from '../../simulators/salesforce';
import { connectOAuth } from '../../support/oauth';

/** A connection's life in a real n8n: consent, use, expiry, and the ways in which it ends. Login host and org are two hosts. */
describe('the connection to Salesforce', () => {
	const salesforce = new SalesforceSimulator({ instance: 'separate' });
	let host: N8nClient;
	let credential: CredentialRef;

	beforeAll(async () => {
		[host] = await Promise.all([sharedHost(), salesforce.start()]);
	});
	beforeEach(() => salesforce.reset());
	afterAll(async () => await salesforce.stop());

	const create = async (grantType: 'pkce' | 'clientCredentials'): Promise<void> => {
		credential = await host.createCredential('salesforceConnectionOAuth2Api', `Salesforce ${grantType}`, {
			environment: 'myDomain',
			myDomain: salesforce.origin,
			grantType,
			clientId: SALESFORCE_CLIENT.id,
			clientSecret: SALESFORCE_CLIENT.secret,
		});
	};
	const run = async () =>
		await runNode(host, {
			node: {
				type: 'n8n-nodes-whatsapp-crm.salesforceCreateOrUpdateContact',
				credentials: { salesforceConnectionOAuth2Api: credential },
				parameters: {
					fields: { mappingMode: 'defineBelow', value: { Email: 'ann@example.com', LastName: 'Lopez' }, schema: [] },
					options: {},
				},
			},
		});
	const action = async () => (await run()).items.map(({ json }) => json.action);
	const sentence = async () => {
		const { error } = await run();
		return `${error?.message} ${error?.description}`;
	};
	const tokens = () => salesforce.requests('POST', '/services/oauth2/token').length;

	test('is made by consent with PKCE, works, and is renewed once when its token has ended', async () => {
		await create('pkce');
		await connectOAuth(host, credential.id);
		expect(await action()).toEqual(['created']);
		salesforce.expireAccessTokens();
		expect(await action()).toEqual(['unchanged']);
		expect(tokens()).toBe(2);
	});

	test('of an app that signs in as itself needs no consent', async () => {
		await create('clientCredentials');
		expect(await action()).toEqual(['created']);
		expect(await action()).toEqual(['unchanged']);
	});

	test('that was never finished says that it has to be connected', async () => {
		await create('pkce');
		expect(await sentence()).toMatch(/connect/i);
		expect(salesforce.log).toHaveLength(0);
	});

	test('that was taken back asks to connect again', async () => {
		await create('pkce');
		await connectOAuth(host, credential.id);
		await action();
		salesforce.expireAccessTokens();
		salesforce.revokeRefreshTokens();
		expect(await sentence()).toMatch(/connect(ed)? .*again|reconnect/i);
		expect(salesforce.contacts.size).toBe(1);
	});
});
