import type { IHookFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { ApiClient } from '../../http/client';
import { n8nTransport } from '../../http/n8nTransport';
import { parseWatiConnection, watiClient, type WatiConnection } from '../../vendors/wati/connection';

const CREDENTIAL = 'watiConnectionApi';
const credential = z.object({ apiEndpoint: z.string().catch(''), accessToken: z.string().catch('') });

/** The node's connection. @throws InputProblem when its fields can't be used. */
export async function openConnection(
	context: IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions,
): Promise<{ client: ApiClient; connection: WatiConnection }> {
	const connection = parseWatiConnection(credential.parse(await context.getCredentials(CREDENTIAL)));
	return { client: watiClient(n8nTransport(context, CREDENTIAL), connection), connection };
}
