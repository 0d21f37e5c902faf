import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { credentialTestTransport } from '../../../http/credentialTestTransport';
import { testWatiAccount } from '../../../vendors/wati/account';
import { parseWatiConnection, watiClient } from '../../../vendors/wati/connection';
import { CONNECTION_TEST_LIMITS, connectionVerdict } from '../connectionVerdict';
import { watiCredential } from './connection';

/** Really calls the account, so that the dialog can tell what is wrong with the connection. */
export async function watiConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	return await connectionVerdict(async () => {
		const connection = parseWatiConnection(watiCredential.parse(credential.data ?? {}));
		const transport = credentialTestTransport(this.helpers, { Authorization: `Bearer ${connection.token}` });
		return await testWatiAccount(watiClient(transport, connection, CONNECTION_TEST_LIMITS));
	});
}
