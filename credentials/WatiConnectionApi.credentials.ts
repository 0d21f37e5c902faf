import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { parseToken } from '../http/endpoint';

/** Endpoint and token of a WATI account. Tested by the WATI node, which can tell what is wrong with it. */
export class WatiConnectionApi implements ICredentialType {
	name = 'watiConnectionApi';

	displayName = 'WATI Connection API';

	icon: Icon = { light: 'file:../icons/wati.svg', dark: 'file:../icons/wati.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm/blob/main/docs/connections/wati.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Endpoint',
			name: 'apiEndpoint',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://live-mt-server.wati.io/12345',
			description:
				'In WATI under Connector > API, with or without the number at its end. The WATI Trigger needs the number.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In WATI under Connector > API > API Tokens, with or without "Bearer" in front',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const token = parseToken(String(credentials.accessToken ?? ''), 'Access Token');
		return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
	}
}
