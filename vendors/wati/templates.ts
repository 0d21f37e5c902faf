import { z } from 'zod';

import { path, type ApiClient } from '../../http/client';
import { RequestError } from '../../http/errors';
import { API, callFor, listPages, readAs, type PageRequest } from './call';
import { refusedInSuccess } from './explain';
import { sentTemplatesSchema, templateSchema, type WatiTemplate } from './schemas';

/** GET /messageTemplates/{template_id}; the id is WATI's own, from the list. */
export async function getTemplate(client: ApiClient, id: string): Promise<WatiTemplate> {
	return await callFor(client, templateSchema, {
		purpose: 'get the template',
		effect: 'read',
		method: 'GET',
		path: path`/api/ext/v3/messageTemplates/${id}`,
	});
}

export function templatePages(channel?: string): PageRequest<WatiTemplate> {
	return {
		call: { purpose: 'list the templates', path: `${API}/messageTemplates`, query: { channel } },
		entries: (answer, call) => readAs(z.object({ templates: z.array(templateSchema).nullish() }), answer, call).templates ?? [],
	};
}

export async function listTemplates(client: ApiClient, options: { channel?: string; limit?: number } = {}): Promise<WatiTemplate[]> {
	return await listPages(client, { ...templatePages(options.channel), limit: options.limit });
}

export interface TemplateRecipient {
	/** Digits with country code; or `target`, a contact id or BSUID. */
	phoneNumber?: string;
	target?: string;
	/** The caller's own id, echoed by WATI's answer and webhooks. Not an idempotency key. */
	localMessageId: string;
	/** The template's parameters by name. */
	parameters: ReadonlyArray<{ name: string; value: string }>;
}

export interface TemplateBroadcast {
	templateName: string;
	broadcastName: string;
	/** Channel name or number; the account's default when left out: an empty text would be looked up as a number. */
	channel?: string;
	/** UTC ISO 8601: schedules instead of sending at once. */
	scheduledAt?: string;
	/** 1 to 10,000. */
	recipients: readonly TemplateRecipient[];
}

/** What WATI said of one recipient. */
export type RecipientResult = { accepted: true; broadcastId?: string } | { accepted: false; error: RequestError };

/**
 * POST /messageTemplates/send, or /schedule when a time is given. The results are in the recipients' order.
 * Success is judged per recipient: `success:true` may still have recipients with errors, or leave invalid ones out (apis/wati.md, action 11).
 * @throws RequestError when the call as a whole was refused, or its outcome is unknown.
 */
export async function sendTemplates(client: ApiClient, broadcast: TemplateBroadcast): Promise<RecipientResult[]> {
	const schedule = broadcast.scheduledAt !== undefined;
	const purpose = schedule ? 'schedule the template' : 'send the template';
	const answer = await callFor(client, sentTemplatesSchema, {
		purpose,
		effect: 'message',
		method: 'POST',
		path: `${API}/messageTemplates/${schedule ? 'schedule' : 'send'}`,
		json: {
			template_name: broadcast.templateName,
			broadcast_name: broadcast.broadcastName,
			...(broadcast.channel ? { channel: broadcast.channel } : {}),
			...(schedule ? { scheduled_at: broadcast.scheduledAt } : {}),
			recipients: broadcast.recipients.map(toWire),
		},
		timeoutMs: 120_000,
		findOut: `Look in WATI under Broadcast for "${broadcast.broadcastName}", or run Campaign > Get Many, to see whether it is there.`,
	});
	if (answer.success === false) {
		throw refusedInSuccess(purpose, answer.error, 'Check that the template is approved and the channel is written as in WATI.');
	}
	const byId = new Map(answer.recipients?.map((recipient) => [recipient.local_message_id ?? '', recipient]));
	const byPhone = new Map(answer.recipients?.map((recipient) => [recipient.phone_number ?? recipient.target ?? '', recipient]));
	return broadcast.recipients.map((recipient): RecipientResult => {
		const found = byId.get(recipient.localMessageId) ?? byPhone.get(recipient.phoneNumber ?? recipient.target ?? '');
		if (!found) return { accepted: false, error: leftOut(purpose) };
		if (found.errors && found.errors.length > 0) return { accepted: false, error: refusedInSuccess(purpose, found.errors.join('; ')) };
		return { accepted: true, broadcastId: answer.broadcast_id ?? undefined };
	});
}

function toWire(recipient: TemplateRecipient): object {
	return {
		...(recipient.phoneNumber === undefined ? { target: recipient.target } : { phone_number: recipient.phoneNumber }),
		local_message_id: recipient.localMessageId,
		...(recipient.parameters.length > 0 ? { custom_params: recipient.parameters } : {}),
	};
}

function leftOut(purpose: string): RequestError {
	return refusedInSuccess(purpose, undefined, 'WATI left this recipient out of its answer, which means that it was not accepted. Check the number.');
}
