import type { N8nClient } from '../../host/n8nClient';
import { sharedHost } from '../../host/shared';
import type { CredentialRef } from '../../host/workflowBuilder';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';

/** Starts the account, and connects the n8n that all tests share to it. @param path what a builder pasted behind the host, such as the tenant. */
export async function connectWati(
	wati: WatiSimulator,
	path = '',
): Promise<{ host: N8nClient; credential: CredentialRef }> {
	const [host] = await Promise.all([sharedHost(), wati.start()]);
	const credential = await host.createCredential('watiConnectionApi', 'WATI', {
		apiEndpoint: `${wati.origin}${path}`,
		accessToken: wati.token,
	});
	return { host, credential };
}
