import { SALESFORCE_CLIENT, SalesforceSimulator } from '../../simulators/salesforce';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { WawpSimulator } from '../../simulators/wawp';
import { defaultClient, ZohoSimulator } from '../../simulators/zoho/zohoSimulator';
import { browserSuite } from '../../support/browserSuite';

const wati = new WatiSimulator();
const salesforce = new SalesforceSimulator();
const zoho = new ZohoSimulator();
const wawp = new WawpSimulator();

beforeAll(async () => {
	for (const vendor of [wati, salesforce, zoho, wawp]) await vendor.start();
});

afterAll(async () => {
	for (const vendor of [wati, salesforce, zoho, wawp]) await vendor.stop();
});

const seen = browserSuite();

describe('an account is connected in the dialog', () => {
	seen('WATI: a wrong token is explained; the right one shows the account’s fields', async ({ editor }) => {
		wati.account.addContact({ phone: '34612345678', name: 'Luis Romero', attributes: { city: 'Barcelona' } });
		await editor.openEmpty();
		const panel = await editor.addNode('wati', 'WATI Create or Update Contact');
		const dialog = await panel.newConnection();
		await dialog.fill({ apiEndpoint: `${wati.origin}/12345`, accessToken: 'not-a-token' });
		expect(await dialog.saveInVain()).toContain("WATI doesn't accept the Access Token");
		await dialog.fill({ accessToken: wati.token });
		await dialog.save();
		await panel.fetchFields();
		expect(await panel.fieldLabels()).toEqual(['WhatsApp Number']);
		expect(await panel.fieldsToAdd()).toEqual(['Name', 'city']);
	});

	seen('WATI: an endpoint that is no address is explained', async ({ editor }) => {
		await editor.openEmpty();
		const panel = await editor.addNode('wati', 'WATI Create or Update Contact');
		const dialog = await panel.newConnection();
		await dialog.fill({ apiEndpoint: 'my wati account', accessToken: wati.token });
		expect(await dialog.saveInVain()).toContain('API Endpoint');
	});

	seen('Salesforce: sign-in at its consent page', async ({ editor }) => {
		await editor.openEmpty();
		const panel = await editor.addNode('salesforce', 'Salesforce Create or Update Contact');
		const dialog = await panel.newConnection();
		await dialog.choose('environment', 'My Domain');
		await dialog.fill({
			myDomain: salesforce.origin,
			clientId: SALESFORCE_CLIENT.id,
			clientSecret: SALESFORCE_CLIENT.secret,
		});
		await dialog.signIn();
		await panel.fetchFields();
		expect(await panel.fieldLabels()).toEqual(['Email', 'Last Name']);
		expect(await panel.fieldsToAdd()).toEqual(
			expect.arrayContaining(['First Name', 'Mobile Phone', 'Conversation Summary']),
		);
	});

	seen('Zoho CRM: sign-in at its consent page', async ({ editor }) => {
		await editor.openEmpty();
		const panel = await editor.addNode('zoho', 'Zoho CRM Create or Update Contact');
		const dialog = await panel.newConnection();
		await dialog.choose('dataCenter', 'Custom');
		await dialog.fill({
			accountsUrl: zoho.accounts.origin,
			clientId: defaultClient.id,
			clientSecret: defaultClient.secret,
		});
		await dialog.signIn();
		await panel.fetchFields();
		expect(await panel.fieldLabels()).toEqual(expect.arrayContaining(['Email', 'Last Name']));
		expect(await panel.fieldsToAdd()).toEqual(expect.arrayContaining(['First Name', 'Mobile']));
	});

	seen('Wawp: instance and token', async ({ editor }) => {
		await editor.openEmpty();
		const panel = await editor.addNode('wawp', 'Wawp Create or Update Contact');
		const dialog = await panel.newConnection();
		const values = { apiEndpoint: wawp.origin, instanceId: wawp.instanceId };
		await dialog.fill({ ...values, accessToken: 'not-a-token' });
		expect(await dialog.saveInVain()).toMatch(/Wawp .*Access Token/);
		await dialog.fill({ accessToken: wawp.accessToken });
		await dialog.save();
		await panel.fetchFields();
		expect(await panel.fieldLabels()).toEqual(expect.arrayContaining(['First Name']));
	});
});
