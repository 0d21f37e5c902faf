import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { ApiClient } from '../../../http/client';
import { n8nTransport } from '../../../http/n8nTransport';
import { parseWatiConnection, watiClient } from '../../../vendors/wati/connection';

const CREDENTIAL = 'watiConnectionApi';

/** What a WATI connection holds, as n8n gives it. */
export const watiCredential = z.object({ apiEndpoint: z.string().catch(''), accessToken: z.string().catch('') });

/** A client for the node's connection. @throws InputProblem when the connection's fields can't be used. */
export async function openWatiClient(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<ApiClient> {
	const credential = watiCredential.parse(await context.getCredentials(CREDENTIAL));
	return watiClient(n8nTransport(context, CREDENTIAL), parseWatiConnection(credential));
}
