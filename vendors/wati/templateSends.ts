import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import type { RequestError } from '../../http/errors';
import { countWithin } from '../shared/checks';
import { callAccepted } from './accepted';
import { API } from './call';
import { refusedInSuccess } from './explain';
import { LIMITS } from './limits';
import { sentTemplatesSchema } from './schemas';
import { sayingOf, wordsIn } from './words';

/** A value for one of a template's parameters, by the parameter's name. */
export interface ParameterValue {
	name: string;
	value: string;
}

export interface TemplateRecipient {
	/** Digits with country code; or `target`, a contact id or BSUID. Which one counts when both are sent is not documented. */
	address: { phoneNumber: string } | { target: string };
	/** The caller's own id, echoed by WATI's answer and webhooks. Not an idempotency key. */
	localMessageId: string;
	parameters: readonly ParameterValue[];
}

export interface TemplateBroadcast {
	templateName: string;
	broadcastName: string;
	/** Channel name or number; the account's default when left out: an empty text would be looked up as a number. */
	channel?: string;
	/** UTC ISO 8601: schedules instead of sending at once. */
	scheduledAt?: string;
}

const HINT = 'Check that the template is approved and that template and channel are written as in WATI.';

/** What WATI said of one recipient. */
export type RecipientResult = { accepted: true; broadcastId?: string } | { accepted: false; error: RequestError };

/**
 * POST /messageTemplates/send, or /schedule when a time is given, to 1 to 10,000 recipients. The results are in the recipients' order.
 * Success is judged per recipient: `success:true` may still have recipients with errors, or leave invalid ones out (apis/wati.md, action 11).
 * @throws RequestError when the call as a whole was refused, or its outcome is unknown.
 */
export async function sendTemplates(
	client: ApiClient,
	broadcast: TemplateBroadcast,
	recipients: readonly TemplateRecipient[],
): Promise<RecipientResult[]> {
	countWithin(recipients, 'Recipients', 1, LIMITS.recipientsPerCall);
	const schedule = broadcast.scheduledAt !== undefined;
	const purpose = schedule ? 'schedule the template' : 'send the template';
	const call: Call = {
		purpose,
		effect: 'message',
		method: 'POST',
		path: `${API}/messageTemplates/${schedule ? 'schedule' : 'send'}`,
		json: {
			template_name: broadcast.templateName,
			broadcast_name: broadcast.broadcastName,
			...(broadcast.channel ? { channel: broadcast.channel } : {}),
			...(schedule ? { scheduled_at: broadcast.scheduledAt } : {}),
			recipients: recipients.map(toWire),
		},
		timeoutMs: 120_000,
		findOut: `Look in WATI under Campaigns for "${broadcast.broadcastName}", or run Campaign > Get Many, to see whether it is there.`,
	};
	const answer = await callAccepted(client, sentTemplatesSchema, call, HINT);
	if (answer.success !== true) throw refusedInSuccess(purpose, wordsIn(answer), HINT);
	const answered = byAddress(answer.recipients ?? []);
	return recipients.map((recipient): RecipientResult => {
		const said = answered.get(recipient.localMessageId) ?? answered.get(addressOf(recipient));
		if (!said) return { accepted: false, error: leftOut(purpose) };
		if (said.errors && said.errors.length > 0)
			return { accepted: false, error: refusedInSuccess(purpose, said.errors.map(sayingOf).join('; ')) };
		return { accepted: true, broadcastId: answer.broadcast_id ?? undefined };
	});
}

/** The recipient as WATI was told it. */
export function addressOf({ address }: TemplateRecipient): string {
	return 'target' in address ? address.target : address.phoneNumber;
}

interface Answered {
	local_message_id?: string | null;
	phone_number?: string | null;
	target?: string | null;
	errors?: unknown[] | null;
}

/** The answer's entries by everything that can name a recipient; the caller's own id is the surest. */
function byAddress(entries: readonly Answered[]): Map<string, Answered> {
	const names = (entry: Answered) => [entry.phone_number?.replace(/^\+/, ''), entry.target, entry.local_message_id];
	return new Map(entries.flatMap((entry) => names(entry).flatMap((name) => (name ? [[name, entry] as const] : []))));
}

function toWire(recipient: TemplateRecipient): object {
	const { address, localMessageId, parameters } = recipient;
	return {
		...('target' in address ? { target: address.target } : { phone_number: address.phoneNumber }),
		local_message_id: localMessageId,
		...(parameters.length > 0 ? { custom_params: parameters } : {}),
	};
}

function leftOut(purpose: string): RequestError {
	return refusedInSuccess(
		purpose,
		undefined,
		'WATI left this recipient out of its answer, which means that it was not accepted. Check the number.',
	);
}
