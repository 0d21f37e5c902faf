import type { INodeCredentialTestResult } from 'n8n-workflow';

import { asError, InputProblem } from '../../http/errors';

/** A person waits for the answer. */
export const CONNECTION_TEST_LIMITS = { attempts: 2, firstPauseMs: 0, rateLimitBudgetMs: 0 };

/**
 * What n8n's dialog shows of a connection: that it works, or what is wrong with it.
 * @param findTrouble asks the account; gives a sentence, or `undefined` when all is well.
 */
export async function connectionVerdict(
	findTrouble: () => Promise<string | undefined>,
): Promise<INodeCredentialTestResult> {
	try {
		const trouble = await findTrouble();
		return trouble === undefined
			? { status: 'OK', message: 'Connection works' }
			: { status: 'Error', message: trouble };
	} catch (thrown) {
		const { message } = asError(thrown);
		return { status: 'Error', message: thrown instanceof InputProblem ? `${message}. ${thrown.description}` : message };
	}
}
