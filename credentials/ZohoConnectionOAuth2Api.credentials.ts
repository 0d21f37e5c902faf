import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What the node needs (apis/salesforce-zoho-wawp.md, B2 and B7). Zoho wants commas between scopes. */
const SCOPES = [
	'ZohoCRM.modules.contacts.ALL',
	'ZohoCRM.settings.fields.READ',
	'ZohoCRM.settings.layouts.READ',
	'ZohoCRM.coql.READ',
	'ZohoCRM.users.READ',
];

/**
 * Scheme and host of a typed accounts server, or a host that can't be called: n8n sends the client secret there, so
 * nothing but hosts of the form Zoho uses and loopback may come out.
 */
const TYPED_ACCOUNTS =
	'(String($self["accountsUrl"] ?? "").trim().replace(/^(?!https?:\\/\\/)/i, "https://")' +
	'.match(/^(?:https:\\/\\/accounts\\.zoho(?:cloud)?\\.(?:com\\.)?[a-z]{2,3}|https?:\\/\\/(?:127\\.0\\.0\\.1|localhost))(?::\\d+)?(?=\\/|$)/i)' +
	'?.[0] ?? "https://accounts-url.invalid")';

/** n8n drops what is stored for hidden fields, so the hidden addresses follow from the visible choice. */
const ACCOUNTS = `{{ $self["dataCenter"] === "custom" ? ${TYPED_ACCOUNTS} : $self["dataCenter"] }}`;

/** Access to a Zoho CRM account: each data centre of Zoho has accounts, clients and hosts of its own. */
export class ZohoConnectionOAuth2Api implements ICredentialType {
	name = 'zohoConnectionOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zoho CRM Connection OAuth2 API';

	icon: Icon = { light: 'file:../icons/zoho.svg', dark: 'file:../icons/zoho.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm/blob/main/docs/connections/zoho.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			// Zoho's documentation of data centres (B1). Canada is not accounts.zoho.ca. Of the UK only that it exists was
			// read, not its host: accounts.zoho.uk with www.zohoapis.uk follows the others; if it is wrong, use Custom.
			options: [
				{ name: 'Australia (zoho.com.au)', value: 'https://accounts.zoho.com.au' },
				{ name: 'Canada (zohocloud.ca)', value: 'https://accounts.zohocloud.ca' },
				{ name: 'China (zoho.com.cn)', value: 'https://accounts.zoho.com.cn' },
				{ name: 'Custom', value: 'custom', description: 'Type the address of the accounts server' },
				{ name: 'Europe (zoho.eu)', value: 'https://accounts.zoho.eu' },
				{ name: 'India (zoho.in)', value: 'https://accounts.zoho.in' },
				{ name: 'Japan (zoho.jp)', value: 'https://accounts.zoho.jp' },
				{ name: 'Saudi Arabia (zoho.sa)', value: 'https://accounts.zoho.sa' },
				{ name: 'United Kingdom (zoho.uk)', value: 'https://accounts.zoho.uk' },
				{ name: 'United States (zoho.com)', value: 'https://accounts.zoho.com' },
			],
			default: 'https://accounts.zoho.com',
			description:
				'The one in the address where you sign in to Zoho. The client has to be registered at the API Console of the same data center.',
		},
		{
			displayName: 'Accounts URL',
			name: 'accountsUrl',
			type: 'string',
			displayOptions: { show: { dataCenter: ['custom'] } },
			default: '',
			required: true,
			placeholder: 'e.g. https://accounts.zoho.com',
			description: 'The address of the accounts server, without a path',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `=${ACCOUNTS}/oauth/v2/auth`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `=${ACCOUNTS}/oauth/v2/token`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: SCOPES.join(','),
		},
		{
			// Without asking for consent each time Zoho gives a refresh token at the first time only.
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: 'access_type=offline&prompt=consent',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];
}
