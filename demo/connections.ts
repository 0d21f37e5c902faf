import type { N8nClient } from '../test/host/n8nClient';
import type { CredentialRef } from '../test/host/workflowBuilder';
import { connectOAuth } from '../test/support/oauth';
import type { Vendors } from './vendors';

export type Connections = Record<keyof Vendors, CredentialRef>;

/** WATI and Wawp by token, Salesforce and Zoho CRM by OAuth2: the consent goes through n8n as in its dialog. */
export async function connectAll(host: N8nClient, vendors: Vendors, say: (line: string) => void): Promise<Connections> {
	const byToken = async (name: 'wati' | 'wawp'): Promise<CredentialRef> => {
		const vendor = vendors[name];
		const credential = await host.createCredential(
			vendor.credentialType,
			`${vendor.name} (simulator)`,
			vendor.credentialData(),
		);
		say(`${vendor.name}: the connection test says "${(await host.testCredential(credential.id)).message}"`);
		return credential;
	};
	const byConsent = async (name: 'salesforce' | 'zoho'): Promise<CredentialRef> => {
		const vendor = vendors[name];
		const { oauthTokenData: _, ...data } = vendor.credentialData();
		const credential = await host.createCredential(vendor.credentialType, `${vendor.name} (simulator)`, data);
		await connectOAuth(host, credential.id);
		say(`${vendor.name}: connected by OAuth2`);
		return credential;
	};
	return {
		wati: await byToken('wati'),
		salesforce: await byConsent('salesforce'),
		zoho: await byConsent('zoho'),
		wawp: await byToken('wawp'),
	};
}
