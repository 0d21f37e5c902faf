import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { credentialTestTransport } from '../../../http/credentialTestTransport';
import { asError, InputProblem } from '../../../http/errors';
import { testWatiAccount } from '../../../vendors/wati/account';
import { parseWatiConnection, watiClient } from '../../../vendors/wati/connection';
import { watiCredential } from './connection';

/** Really calls the account, so that the dialog can tell what is wrong with the connection. */
export async function watiConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		const connection = parseWatiConnection(watiCredential.parse(credential.data ?? {}));
		const transport = credentialTestTransport(this.helpers, { Authorization: `Bearer ${connection.token}` });
		const trouble = await testWatiAccount(
			watiClient(transport, connection, { attempts: 2, firstPauseMs: 0, rateLimitBudgetMs: 0 }),
		);
		return trouble === undefined
			? { status: 'OK', message: 'Connection works' }
			: { status: 'Error', message: trouble };
	} catch (thrown) {
		const { message } = asError(thrown);
		return { status: 'Error', message: thrown instanceof InputProblem ? `${message}. ${thrown.description}` : message };
	}
}
