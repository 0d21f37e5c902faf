import type { IHookFunctions } from 'n8n-workflow';

import * as lifecycle from './lifecycle';
import { toPublishError } from './publishError';

export { remove } from './lifecycle';

/** The lifecycle, with errors as publishing shows them. */
export async function checkExists(context: IHookFunctions): Promise<boolean> {
	try {
		return await lifecycle.checkExists(context);
	} catch (thrown) {
		throw toPublishError(context.getNode(), thrown);
	}
}

export async function create(context: IHookFunctions): Promise<boolean> {
	try {
		return await lifecycle.create(context);
	} catch (thrown) {
		throw toPublishError(context.getNode(), thrown);
	}
}
