import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * Scheme and host of the My Domain URL as people paste it, or a host that can't be called: n8n sends the client
 * secret there, so nothing but Salesforce's own hosts and loopback may come out.
 */
const MY_DOMAIN =
	'(String($self["myDomain"] ?? "").trim().replace(/^(?!https?:\\/\\/)/i, "https://")' +
	'.match(/^(?:https:\\/\\/(?:[a-z0-9-]+\\.)+salesforce\\.(?:com|mil)|https?:\\/\\/(?:127\\.0\\.0\\.1|localhost))(?::\\d+)?(?=\\/|$)/i)' +
	'?.[0] ?? "https://my-domain-url.invalid")';

/** The host that people and apps sign in at. */
const SIGN_IN_HOST =
	`{{ $self["environment"] === "myDomain" ? ${MY_DOMAIN}` +
	' : $self["environment"] === "sandbox" ? "https://test.salesforce.com" : "https://login.salesforce.com" }}';

/**
 * A Salesforce org, by OAuth2. n8n drops the stored values of hidden fields, so they all follow from visible ones.
 * The org's own host comes with the token.
 */
export class SalesforceConnectionOAuth2Api implements ICredentialType {
	name = 'salesforceConnectionOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Salesforce Connection OAuth2 API';

	icon: Icon = { light: 'file:../icons/salesforce.svg', dark: 'file:../icons/salesforce.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm/blob/main/docs/connections/salesforce.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'My Domain', value: 'myDomain', description: 'Sign in at the address of the org itself' },
				{ name: 'Production', value: 'production', description: 'Sign in at login.salesforce.com' },
				{ name: 'Sandbox', value: 'sandbox', description: 'Sign in at test.salesforce.com' },
			],
			default: 'production',
			description:
				'Where to sign in. Orgs that allow sign-in at their own address only, and Client Credentials, need My Domain.',
		},
		{
			displayName: 'My Domain URL',
			name: 'myDomain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://yourcompany.my.salesforce.com',
			description: 'In Salesforce under Setup > My Domain: "Current My Domain URL"',
			displayOptions: { show: { environment: ['myDomain'] } },
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Authorization Code (PKCE)',
					value: 'pkce',
					description: 'Somebody signs in; contacts are written in their name',
				},
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'The app signs in as its own "run as" user. Needs My Domain as environment.',
				},
			],
			default: 'pkce',
			description: 'How the connection gets its access',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `=${SIGN_IN_HOST}/services/oauth2/authorize`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `=${SIGN_IN_HOST}/services/oauth2/token`,
		},
		{
			// Client credentials give the scopes of the app, and know neither "full" nor "refresh_token".
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '={{ $self["grantType"] === "clientCredentials" ? "" : "api refresh_token" }}',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: 'prompt=login',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];
}
