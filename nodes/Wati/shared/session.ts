import type { IExecuteFunctions } from 'n8n-workflow';

import type { ApiClient } from '../../../http/client';
import { loadPhoneReader, type PhoneReader } from '../../../vendors/shared/phone';
import * as wati from '../../../vendors/wati/api';
import type { ItemOperation, Operation, Resource } from '../../shared/operation';
import { openWatiClient } from '../../shared/wati/connection';

/** What all items of a run share. */
export interface WatiSession {
	/** The calls of WATI's API. Operations take them from here and import none: n8n loads the operations when it starts, and these only when the node runs. */
	wati: typeof wati;
	client: ApiClient;
	readPhone: PhoneReader;
}

export type WatiOperation = Operation<WatiSession>;
export type WatiItemOperation = ItemOperation<WatiSession>;
export type WatiResource = Resource<WatiSession>;

export async function openWatiSession(context: IExecuteFunctions): Promise<WatiSession> {
	return { wati, client: await openWatiClient(context), readPhone: await loadPhoneReader() };
}
