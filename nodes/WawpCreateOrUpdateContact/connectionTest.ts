import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { credentialTestTransport } from '../../http/credentialTestTransport';
import { wawpApi } from '../../vendors/wawp/connection';
import { testWawpSession } from '../../vendors/wawp/session';
import { CONNECTION_TEST_LIMITS, connectionVerdict } from '../shared/connectionVerdict';
import { readWawpConnection } from './connection';

/** Really asks Wawp, so that the dialog can tell what is wrong: the token, the instance, or the WhatsApp session. */
export async function wawpConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	return await connectionVerdict(async () => {
		const connection = readWawpConnection(credential.data ?? {});
		return await testWawpSession(
			wawpApi(credentialTestTransport(this.helpers, {}), connection, CONNECTION_TEST_LIMITS),
		);
	});
}
