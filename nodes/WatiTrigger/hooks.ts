import type { IHookFunctions } from 'n8n-workflow';

import * as lifecycle from './lifecycle';
import { toPublishError } from './publishError';

/** What n8n calls when a workflow is published or switched off: the lifecycle, with errors as publishing shows them. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	try {
		return await lifecycle.checkExists(this);
	} catch (thrown) {
		throw toPublishError(this.getNode(), thrown);
	}
}

export async function create(this: IHookFunctions): Promise<boolean> {
	try {
		return await lifecycle.create(this);
	} catch (thrown) {
		throw toPublishError(this.getNode(), thrown);
	}
}

export async function remove(this: IHookFunctions): Promise<boolean> {
	return lifecycle.remove(this);
}
