import { z } from 'zod';

import type { N8nClient } from '../host/n8nClient';
import type { CredentialRef } from '../host/workflowBuilder';
import type { WatiSimulator } from '../simulators/wati/watiSimulator';

/**
 * A connection that was signed in already: only n8n's public API takes the token answer along (n8n-recipes.md, D.2).
 * What the vendor says in it about its address is how n8n's own nodes, too, are led to a simulator.
 */
export async function connected(
	host: N8nClient,
	type: string,
	data: Record<string, unknown> & { oauthTokenData: Record<string, unknown> },
): Promise<CredentialRef> {
	const name = `Bench ${type}`;
	const stored = await host.rest.api('POST', '/credentials', { name, type, data });
	return { id: z.object({ id: z.string() }).parse(stored).id, name };
}

/** WATI's connection for our nodes, and its token as a header for HTTP Request nodes. `name` tells them from those of other works. */
export async function watiConnections(
	host: N8nClient,
	wati: WatiSimulator,
	name: string,
): Promise<{ credentials: Record<string, CredentialRef>; auth: CredentialRef }> {
	const connection = { apiEndpoint: wati.origin, accessToken: wati.token };
	const header = { name: 'Authorization', value: `Bearer ${wati.token}` };
	return {
		credentials: { watiConnectionApi: await host.createCredential('watiConnectionApi', `Bench ${name}`, connection) },
		auth: await host.createCredential('httpHeaderAuth', `Bench ${name} header`, header),
	};
}
