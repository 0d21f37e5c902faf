import type { IHookFunctions } from 'n8n-workflow';

import * as lifecycle from './lifecycle';
import { toPublishError } from './publishError';

export const { remove } = lifecycle;
export const checkExists = asPublished(lifecycle.checkExists);
export const create = asPublished(lifecycle.create);

/** A step of the lifecycle, with its errors as publishing shows them. */
function asPublished(step: (context: IHookFunctions) => Promise<boolean>): typeof step {
	return async (context) => {
		try {
			return await step(context);
		} catch (thrown) {
			throw toPublishError(context.getNode(), thrown);
		}
	};
}
