import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { ApiClient } from '../../../http/client';
import { n8nTransport } from '../../../http/n8nTransport';
import { loadPhoneReader, type PhoneReader } from '../../../vendors/shared/phone';
import { parseWatiConnection, watiClient } from '../../../vendors/wati/connection';
import type { ItemOperation, Operation, Resource } from '../../shared/operation';

export const WATI_CREDENTIAL = 'watiConnectionApi';

export const watiCredential = z.object({ apiEndpoint: z.string().catch(''), accessToken: z.string().catch('') });

/** What all items of a run share. */
export interface WatiSession {
	client: ApiClient;
	readPhone: PhoneReader;
}

export type WatiOperation = Operation<WatiSession>;
export type WatiItemOperation = ItemOperation<WatiSession>;
export type WatiResource = Resource<WatiSession>;

/** A client for the node's connection. @throws InputProblem when the connection's fields can't be used. */
export async function openWatiClient(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<ApiClient> {
	const credential = watiCredential.parse(await context.getCredentials(WATI_CREDENTIAL));
	return watiClient(n8nTransport(context, WATI_CREDENTIAL), parseWatiConnection(credential));
}

export async function openWatiSession(context: IExecuteFunctions): Promise<WatiSession> {
	return { client: await openWatiClient(context), readPhone: await loadPhoneReader() };
}
