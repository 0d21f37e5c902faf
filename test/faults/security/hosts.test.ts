import type { ICredentialDataDecryptedObject, INodeType } from 'n8n-workflow';

import { SalesforceCreateOrUpdateContact } from '../../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { WatiCreateOrUpdateContact } from '../../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { WawpCreateOrUpdateContact } from '../../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import { ZohoCreateOrUpdateContact } from '../../../nodes/ZohoCreateOrUpdateContact/ZohoCreateOrUpdateContact.node';
import { runNodeFake } from '../../support/fakeExecute';

const TOKEN = 'canary-token-0123456789';

/** Where each connection says its vendor is, and a right host of that vendor. */
interface Place {
	name: string;
	node: INodeType;
	credentialType: string;
	credential(address: string): ICredentialDataDecryptedObject;
	right: string;
	values: Record<string, unknown>;
}

const person = { Email: 'ann@b.example', LastName: 'Doe', Last_Name: 'Doe' };

const PLACES: Place[] = [
	{
		name: "WATI's API Endpoint",
		node: new WatiCreateOrUpdateContact(),
		credentialType: 'watiConnectionApi',
		credential: (address) => ({ apiEndpoint: address, accessToken: TOKEN }),
		right: 'https://live-mt-server.wati.io/12345',
		values: { whatsappNumber: '+14155552671', name: 'Ann' },
	},
	{
		name: "Wawp's API Endpoint",
		node: new WawpCreateOrUpdateContact(),
		credentialType: 'wawpConnectionApi',
		credential: (address) => ({ apiEndpoint: address, accessToken: TOKEN, instanceId: 'A1B2C3D4E5F6' }),
		right: 'https://api.wawp.net',
		values: { phone: '+14155552671', firstName: 'Ann' },
	},
	{
		name: "Salesforce's instance_url",
		node: new SalesforceCreateOrUpdateContact(),
		credentialType: 'salesforceConnectionOAuth2Api',
		credential: (address) => ({
			grantType: 'pkce',
			oauthTokenData: { access_token: TOKEN, instance_url: address, id: 'https://login.salesforce.com/id/00D/005' },
		}),
		right: 'https://acme.my.salesforce.com',
		values: person,
	},
	{
		name: "Salesforce's My Domain URL",
		node: new SalesforceCreateOrUpdateContact(),
		credentialType: 'salesforceConnectionOAuth2Api',
		credential: (address) => ({ grantType: 'clientCredentials', environment: 'myDomain', myDomain: address }),
		right: 'https://acme.my.salesforce.com',
		values: person,
	},
	{
		name: "Zoho's api_domain",
		node: new ZohoCreateOrUpdateContact(),
		credentialType: 'zohoConnectionOAuth2Api',
		credential: (address) => ({ oauthTokenData: { access_token: TOKEN, refresh_token: 'r', api_domain: address } }),
		right: 'https://www.zohoapis.eu',
		values: person,
	},
];

/** Addresses to which no vendor's token may go. */
const HOSTILE = [
	'https://evil.example@127.0.0.1.evil.example',
	'https://user:secret@acme.my.salesforce.com',
	'https://www.zohoapis.eu@evil.example',
	'https://live-mt-server.wati.io:443@evil.example/',
	'http://acme.my.salesforce.com',
	'http://www.zohoapis.eu',
	'http://api.wawp.net',
	'ftp://www.zohoapis.eu',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'data:text/html,x',
	'gopher://evil.example/_x',
	'https://10.0.0.1',
	'https://192.168.1.1',
	'https://172.16.0.1',
	'https://169.254.169.254/latest/meta-data',
	'https://0.0.0.0',
	'https://0x7f.1',
	'http://2130706433',
	'https://017700000001',
	'https://[::ffff:10.0.0.1]',
	'https://[fd00::1]',
	'https://localhost.evil.example.',
	'https://metadata.google.internal',
	'https://kubernetes.default.svc',
	'https://printer.local',
	'https://evil.example\\.salesforce.com',
	'https:\\\\evil.example',
	'https://evil.example#.my.salesforce.com',
	'https://evil.example?x=.zohoapis.eu',
	'https://evil.example/.zohoapis.eu?',
	'https://acme.my.salesforce.com\r\nHost: evil.example',
	'https://acme.my.salesforce.com\n.evil.example',
	'https://www.zohoapis.eu\t.evil.example',
	'https://www.zohoapis.eu%00.evil.example',
	'https://www.zohoapis.eu%2eevil.example/\u0000',
	'https://www.zoh\u043eapis.eu',
	'https://www.zohoapis\u3002eu',
	'https://xn--zohoapis-xyz.eu',
	'https://\u24e6awp.net',
	`https://${'a'.repeat(64)}.${'b.'.repeat(120)}com`,
	'Bearer canary-token-0123456789',
	'eyJhbGciOiJIUzI1NiJ9.canary-token-0123456789',
];

/** Other people's public hosts, where the vendor has a list of its own. */
const STRANGERS = [
	'https://evil.example',
	'https://salesforce.com.evil.example',
	'https://notsalesforce.com',
	'https://my-salesforce.com',
	'https://acme.my.salesforce.com.evil.example',
	'https://evilzohoapis.eu',
	'https://www.zohoapis.eu.evil.example',
	'https://zohoapis.example',
	'https://www.zohoapis.evil',
	'https://accounts.zoho.eu.evil.example',
	'https://wati.io',
];

/** Hosts to which the node sent a request, and what it told the builder. */
async function attempt(place: Place, address: string): Promise<{ asked: string[]; told: string }> {
	const asked: string[] = [];
	const items = [place.values];
	const schema = Object.keys(place.values).map((id) => ({ id, displayName: id, field: { type: 'text' } }));
	try {
		const [output] = await runNodeFake(place.node, {
			parameters: {
				fields: (item: number) => ({ mappingMode: 'defineBelow', value: items[item], schema }),
				options: {},
			},
			credentials: { [place.credentialType]: place.credential(address) },
			http: async (_type, options) => {
				asked.push(options.url);
				return await Promise.resolve({ statusCode: 400, headers: {}, body: '{"message":"not today"}' });
			},
			onError: 'continueRegularOutput',
		});
		return { asked, told: JSON.stringify(output) };
	} catch (error) {
		const { message, description } = error as Error & { description?: string };
		return { asked, told: `${message} ${description ?? ''}` };
	}
}

describe.each(PLACES)('$name', (place) => {
	test('leads to the vendor when it is right', async () => {
		const { asked } = await attempt(place, place.right);
		expect(new Set(asked.map((url) => new URL(url).hostname))).toEqual(new Set([new URL(place.right).hostname]));
	});

	test.each(HOSTILE)('%j: nothing is sent, and no secret is told', async (address) => {
		const { asked, told } = await attempt(place, address);
		expect(asked).toEqual([]);
		expect(told).not.toMatch(/canary|secret/);
		expect(told.length).toBeGreaterThan(20);
	});
});

describe.each(PLACES.filter(({ name }) => /Salesforce|Zoho/.test(name)))('$name', (place) => {
	test.each(STRANGERS)('%j is not a host of that vendor', async (address) => {
		const { asked } = await attempt(place, address);
		expect(asked).toEqual([]);
	});
});
