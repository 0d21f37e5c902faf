import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * Instance and token of a Wawp account. Tested by the Wawp node, which looks whether WhatsApp is ready.
 * It adds nothing to requests by itself: where Wawp reads credentials differs from call to call, see vendors/wawp/placement.ts.
 */
export class WawpConnectionApi implements ICredentialType {
	name = 'wawpConnectionApi';

	displayName = 'Wawp Connection API';

	icon: Icon = { light: 'file:../icons/wawp.svg', dark: 'file:../icons/wawp.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm/blob/main/docs/connections/wawp.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. A1B2C3D4E5F6',
			description: 'The instance in Wawp that your WhatsApp is linked to',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In your Wawp account, with or without "Bearer" in front',
		},
		{
			displayName: 'Send Credentials In',
			name: 'sendCredentialsIn',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'automatic',
					description: 'In headers or the body, and in the URL only where Wawp takes them nowhere else',
				},
				{
					name: 'Headers and Body Only',
					value: 'neverUrl',
					description: 'Never in a URL, where the logs of servers would keep them',
				},
				{ name: 'URL', value: 'url', description: "As in Wawp's own samples" },
			],
			default: 'automatic',
			description:
				'Where the Instance ID and the Access Token are sent. Leave it at Automatic unless Wawp refuses them.',
		},
		{
			displayName: 'API Endpoint',
			name: 'apiEndpoint',
			type: 'string',
			default: 'https://api.wawp.net',
			description: 'The address of the Wawp API. Leave it as it is unless Wawp told you otherwise.',
		},
	];
}
