import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { credentialTestTransport } from '../../http/credentialTestTransport';
import { asError, InputProblem } from '../../http/errors';
import { wawpApi } from '../../vendors/wawp/connection';
import { testWawpSession } from '../../vendors/wawp/session';
import { readWawpConnection } from './connection';

/** A person waits for the answer. */
const LIMITS = { attempts: 2, firstPauseMs: 0, rateLimitBudgetMs: 0 };

/** Really asks Wawp, so that the dialog can tell what is wrong: the token, the instance, or the WhatsApp session. */
export async function wawpConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		const connection = readWawpConnection(credential.data ?? {});
		const trouble = await testWawpSession(wawpApi(credentialTestTransport(this.helpers, {}), connection, LIMITS));
		return trouble === undefined
			? { status: 'OK', message: 'Connection works' }
			: { status: 'Error', message: trouble };
	} catch (thrown) {
		const { message } = asError(thrown);
		return { status: 'Error', message: thrown instanceof InputProblem ? `${message}. ${thrown.description}` : message };
	}
}
