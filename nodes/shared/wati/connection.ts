import { z } from 'zod';

import type { ApiClient } from '../../../http/client';
import { n8nTransport, type N8nContext } from '../../../http/n8nTransport';
import { parseWatiConnection, watiClient, type WatiConnection } from '../../../vendors/wati/connection';

const CREDENTIAL = 'watiConnectionApi';

/** What a WATI connection holds, as n8n gives it. */
export const watiCredential = z.object({ apiEndpoint: z.string().catch(''), accessToken: z.string().catch('') });

/** The node's connection and a client for it. @throws InputProblem when the connection's fields can't be used. */
export async function openWati(context: N8nContext): Promise<{ client: ApiClient; connection: WatiConnection }> {
	const connection = parseWatiConnection(watiCredential.parse(await context.getCredentials(CREDENTIAL)));
	return { client: watiClient(n8nTransport(context, CREDENTIAL), connection), connection };
}

/** A client for the node's connection. @throws InputProblem when the connection's fields can't be used. */
export async function openWatiClient(context: N8nContext): Promise<ApiClient> {
	return (await openWati(context)).client;
}
