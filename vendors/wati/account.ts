import { z } from 'zod';

import type { ApiClient } from '../../http/client';
import { InputProblem, RequestError } from '../../http/errors';
import { callAccepted, listUnder } from './accepted';
import { API, type PageRequest } from './call';
import { number, text } from './schemas';

const credits = z.object({ credit: number.nullable(), currency: text }).passthrough();

/** GET /account/credits. */
export async function getCredits(client: ApiClient): Promise<z.infer<typeof credits>> {
	return await callAccepted(client, credits, {
		purpose: 'get the credits',
		effect: 'read',
		method: 'GET',
		path: `${API}/account/credits`,
	});
}

const channelSchema = z.object({ id: text, name: text, channel: text }).passthrough();
export type WatiChannel = z.infer<typeof channelSchema>;

/** GET /channels: pages, but the answer has no page fields, and the default channel is left out or has no id. */
export const channelPages: PageRequest<WatiChannel> = {
	call: { purpose: 'list the channels', path: `${API}/channels` },
	entries: listUnder(channelSchema, 'channels'),
};

/**
 * Asks the account for something small, as the connection test does.
 * @returns `undefined` when the connection works, else a sentence that tells a wrong token, a wrong host and a missing permission apart.
 */
export async function testWatiAccount(client: ApiClient): Promise<string | undefined> {
	try {
		await callAccepted(client, z.object({ contact_count: number }), {
			purpose: 'count the contacts',
			effect: 'read',
			method: 'GET',
			path: `${API}/contacts/count`,
		});
		return undefined;
	} catch (thrown) {
		return sentenceFor(thrown);
	}
}

function sentenceFor(thrown: unknown): string {
	if (thrown instanceof InputProblem) return `${thrown.message}. ${thrown.description}`;
	if (!(thrown instanceof RequestError)) return 'The connection could not be tested';
	const told = TOLD[thrown.kind];
	return told ?? `${thrown.message}. ${thrown.description ?? ''}`.trim();
}

const WRONG_HOST =
	'There is no WATI at this API Endpoint. Copy it again from WATI under Connector > API, such as https://live-mt-server.wati.io/12345.';

const TOLD: Partial<Record<RequestError['kind'], string>> = {
	unauthorized:
		"The API Endpoint is right, but WATI doesn't accept the Access Token. Create a new one in WATI under Connector > API > API Tokens, in the same account, and paste it here.",
	forbidden:
		'The API Endpoint and the Access Token are right, but the token has no permission to read contacts. Add "contacts:read" to the token in WATI under Connector > API > API Tokens.',
	notFound: WRONG_HOST,
	notReached: WRONG_HOST,
	badAnswer: WRONG_HOST,
};
