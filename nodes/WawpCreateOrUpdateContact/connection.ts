import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { DEFAULT_ENDPOINT, parseWawpConnection, type WawpConnection } from '../../vendors/wawp/connection';

export const WAWP_CREDENTIAL = 'wawpConnectionApi';

const credential = z.object({
	instanceId: z.string().catch(''),
	accessToken: z.string().catch(''),
	apiEndpoint: z.string().catch(DEFAULT_ENDPOINT),
	sendCredentialsIn: z.enum(['automatic', 'neverUrl', 'url']).catch('automatic'),
});

/** The connection as n8n keeps it. @throws InputProblem that names the field */
export function readWawpConnection(stored: IDataObject): WawpConnection {
	return parseWawpConnection(credential.parse(stored));
}
