import { sharedHost } from '../../host/shared';
import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { defaultClient, ZohoSimulator } from '../../simulators/zoho';
import { connectOAuth } from '../../support/oauth';

/** A connection's life in a real n8n: consent, use, expiry, and the ways in which Zoho ends it. */
describe('the connection to Zoho CRM', () => {
	const zoho = new ZohoSimulator();
	let host: N8nClient;
	let credential: CredentialRef;

	beforeAll(async () => {
		[host] = await Promise.all([sharedHost(), zoho.start()]);
	});
	beforeEach(async () => {
		zoho.reset();
		credential = await host.createCredential('zohoConnectionOAuth2Api', 'Zoho', {
			dataCenter: 'custom',
			accountsUrl: `${zoho.accounts.origin}/`,
			clientId: defaultClient.id,
			clientSecret: defaultClient.secret,
		});
	});
	afterAll(async () => await zoho.stop());

	const run = async () =>
		await runNode(host, {
			node: {
				type: 'n8n-nodes-whatsapp-crm.zohoCreateOrUpdateContact',
				credentials: { zohoConnectionOAuth2Api: credential },
				parameters: {
					fields: { mappingMode: 'defineBelow', value: { Email: 'ann@example.com', Last_Name: 'Lopez' }, schema: [] },
					options: {},
				},
			},
		});
	const action = async () => (await run()).items.map(({ json }) => json.action);
	const sentence = async () => {
		const { error } = await run();
		return `${error?.message} ${error?.description}`;
	};

	test('is made by consent, works, and is renewed when its token has ended', async () => {
		await connectOAuth(host, credential.id);
		expect(await action()).toEqual(['created']);
		zoho.expireAccessTokens();
		expect(await action()).toEqual(['unchanged']);
		expect(zoho.accounts.requests('POST', '/oauth/v2/token')).toHaveLength(2);
	});

	test('that was never finished says that it has to be connected', async () => {
		expect(await sentence()).toContain('not connected');
		expect(zoho.api.log).toHaveLength(0);
	});

	test.each([200, 400] as const)(
		'that was taken back asks to connect again, also where Zoho says so with status %s',
		async (status) => {
			await connectOAuth(host, credential.id);
			await action();
			zoho.revokeRefreshTokens();
			zoho.settings.tokenErrorStatus = status;
			expect(await sentence()).toMatch(/Zoho no longer accepts this connection.*connect it again/s);
		},
	);

	test.each([200, 400] as const)(
		'that asked for too many tokens says how long to wait, also with status %s',
		async (status) => {
			await connectOAuth(host, credential.id);
			zoho.settings.throttleStatus = status;
			for (let count = 0; count < 9; count++) {
				zoho.expireAccessTokens();
				await action();
			}
			zoho.expireAccessTokens();
			expect(await sentence()).toMatch(/no new access token for now.*Wait 10 minutes/s);
		},
	);
});
