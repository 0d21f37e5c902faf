import { z } from 'zod';

import { RequestError } from '../../http/errors';
import type { WawpApi } from './api';
import { API } from './connection';
import { sessionAdvice, SESSION } from './explain';

const info = z.object({ status: z.string() });

/**
 * Asks for the state of the session, as the connection test does (POST /session/info).
 * @returns `undefined` when contacts can be written, else a sentence that tells a wrong token, an unknown instance and a
 * session that has to be started or paired apart. A 200 alone proves a good token only (C4).
 */
export async function testWawpSession(api: WawpApi): Promise<string | undefined> {
	try {
		const { json } = await api.json({
			purpose: 'read the state of the session',
			effect: 'read',
			method: 'POST',
			path: `${API}/session/info`,
			json: {},
		});
		const parsed = info.safeParse(json);
		if (!parsed.success) return WRONG_HOST;
		if (parsed.data.status === 'WORKING') return undefined;
		return `The Instance ID and the Access Token are right, but WhatsApp is not ready. ${sessionAdvice(parsed.data.status)}`;
	} catch (thrown) {
		return sentenceFor(thrown);
	}
}

function sentenceFor(thrown: unknown): string {
	if (!(thrown instanceof RequestError)) return 'The connection could not be tested';
	// Of a session that stands still the state is answered; this one does not exist.
	if (thrown.code === SESSION) return UNKNOWN_INSTANCE;
	return TOLD[thrown.kind] ?? `${thrown.message}. ${thrown.description ?? ''}`.trim();
}

const UNKNOWN_INSTANCE =
	'Wawp accepts the Access Token, but has no session for this Instance ID. Copy the Instance ID from the instance in Wawp, and check that the instance was started once.';

const WRONG_HOST =
	'There is no Wawp at this API Endpoint. Leave it at https://api.wawp.net unless Wawp told you otherwise.';

const TOLD: Partial<Record<RequestError['kind'], string>> = {
	unauthorized:
		"Wawp doesn't accept the Access Token. Copy it from Wawp again, from the account that the instance belongs to, and paste it here.",
	notFound: WRONG_HOST,
	notReached: WRONG_HOST,
	badAnswer: WRONG_HOST,
};
