import { z } from 'zod';

import { refusalInSuccess, type Call, type JsonAnswer } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { path } from '../../http/path';
import { asError, InputProblem, RequestError } from '../../http/errors';
import { explainWatiRefusal } from './explain';
import { flag, text } from './schemas';
import { wordsIn } from './words';

/** One webhook as WATI keeps it: the address that is told of some events of one sending number. */
export interface Webhook {
	/** Number of the sending channel: digits with country code. */
	phoneNumber: string;
	/** Holds a secret: it is never shown in an error. */
	url: string;
	eventTypes: string[];
}

/** Why a webhook was refused, as {@link RequestError.code}. */
export type WebhookRefusal = 'eventTypes' | 'limit' | 'repeated' | 'channel';

const ENABLED = 1;

/** WATI answers `{ok, result}`, where `result` is the list of webhooks, or the reason of a refusal as text. */
const answerSchema = z.object({
	ok: flag.nullish(),
	result: z.union([z.string(), z.array(z.object({ id: text }).passthrough())]).nullish(),
});

/**
 * POST /{tenantId}/api/v2/webhookEndpoints with a list of one webhook (apis/wati.md, section 8: the one v2 call whose path
 * carries the tenant). There is no call that lists, changes or takes back a webhook: GET, PUT and DELETE answer 405.
 * @param tenantId the number at the end of the connection's endpoint.
 * @returns WATI's id of the webhook, where it tells one.
 * @throws InputProblem when the connection has no tenant; RequestError, with a {@link WebhookRefusal} as its code where the reason is known.
 */
export async function registerWebhook(
	client: ApiClient,
	tenantId: string | undefined,
	webhook: Webhook,
): Promise<string | undefined> {
	const call: Call = {
		purpose: 'register the address of the trigger',
		effect: 'create',
		method: 'POST',
		path: path`/${checkedTenant(tenantId)}/api/v2/webhookEndpoints`,
		json: [{ ...webhook, status: ENABLED }],
		findOut: 'Publish the workflow again: it asks for the same address, which WATI does not register twice.',
	};
	const answer = await post(client, call);
	const parsed = answerSchema.safeParse(answer.json);
	const result = parsed.success ? parsed.data.result : undefined;
	if (parsed.success && parsed.data.ok !== false && typeof result !== 'string') return result?.[0]?.id ?? undefined;
	throw refused(typeof result === 'string' ? result : wordsIn(answer.json), answer, call.purpose);
}

async function post(client: ApiClient, call: Call): Promise<JsonAnswer> {
	try {
		return await client.json(call);
	} catch (thrown) {
		const error = asError(thrown);
		if (!(error instanceof RequestError)) throw error;
		if (error.status === 404) throw wrongTenant(error);
		const known = error.kind === 'refused' ? knownReason(error.message) : undefined;
		throw known ? refusal(known, error.status) : withoutSecrets(error);
	}
}

function refused(reason: string | undefined, answer: JsonAnswer, purpose: string): RequestError {
	const known = reason === undefined ? undefined : knownReason(reason);
	if (known) return refusal(known, answer.status);
	const json = { message: reason };
	return withoutSecrets(explainWatiRefusal({ ...refusalInSuccess(answer, purpose), json }));
}

interface KnownReason {
	says: RegExp;
	code: WebhookRefusal;
	headline: string;
	advice: string;
}

/** WATI's refusals in its own words (apis/wati.md, section 8). */
export const REASONS: readonly KnownReason[] = [
	{
		says: /exceed|limit/i,
		code: 'limit',
		headline: 'WATI takes no more webhooks from this account',
		advice: 'Remove one that is not used any more in WATI under Connector > Webhooks, then publish the workflow again.',
	},
	{
		says: /event.?types?/i,
		code: 'eventTypes',
		headline: "WATI doesn't know one of the events",
		advice:
			'Some events are not open to every account. Take the rarer ones out of Trigger On, and check the spelling of Other Event Names.',
	},
	{
		says: /exist|duplicate|repeated|already/i,
		code: 'repeated',
		headline: 'WATI has this address already',
		advice: 'It stays registered. Look in WATI under Connector > Webhooks whether it is enabled.',
	},
	{
		says: /channel|phone/i,
		code: 'channel',
		headline: "WATI doesn't know the channel number",
		advice:
			'Enter the number of one of your own WhatsApp channels, with country code, as WATI shows it under Channels.',
	},
];

/** Without addresses: WATI may repeat ours, which tells the channel and the events. */
function knownReason(text: string): KnownReason | undefined {
	const words = text.replace(/https?:\/\/\S+/g, '');
	return REASONS.find(({ says }) => says.test(words));
}

function refusal({ code, headline, advice }: KnownReason, status: number | undefined): RequestError {
	return new RequestError('refused', headline, { status, code, description: advice });
}

function checkedTenant(tenantId: string | undefined): string {
	if (tenantId !== undefined) return tenantId;
	throw new InputProblem('The API Endpoint of the connection lacks the number of the account', {
		field: 'API Endpoint',
		expected: 'an address with the number at its end, such as https://live-mt-server.wati.io/12345',
		mend: 'Copy it again from WATI under Connector > API, the number included, and paste it into the connection.',
	});
}

function wrongTenant(error: RequestError): RequestError {
	return new RequestError('notFound', 'WATI has no account with the number in the API Endpoint', {
		status: error.status,
		description:
			'The number at the end of the API Endpoint and the Access Token have to belong to the same account. Copy both again from WATI under Connector > API.',
	});
}

/** Registered addresses carry 64 hexadecimal digits; WATI may repeat what it was sent. */
function withoutSecrets(error: RequestError): RequestError {
	const clean = (text: string | undefined): string | undefined => text?.replace(/[0-9a-f]{64}/gi, '…');
	return new RequestError(error.kind, clean(error.message) ?? '', {
		...error,
		description: clean(error.description),
		code: undefined,
	});
}
