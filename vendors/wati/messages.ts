import { z } from 'zod';

import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { path } from '../../http/path';
import { RequestError } from '../../http/errors';
import { optionalText, requiredText, webAddress } from '../shared/checks';
import { callAccepted, listUnder } from './accepted';
import { API, listPages, type PageRequest } from './call';
import { refusedInSuccess } from './explain';
import { LIMITS } from './limits';
import { flag, messageSchema, text, type WatiMessage } from './schemas';
import { wordsIn } from './words';

/** Words in the place of the message say why there is none. */
const sentMessage = z.object({ message: z.union([messageSchema, z.string()]).nullish() }).passthrough();

/** How to find out whether a message with an unknown outcome was sent. */
const FIND_OUT =
	'Run Message > Get Many for this target, or look in the Team Inbox, to see whether the message is there.';

const WINDOW =
	'A free message needs a conversation in which the contact wrote within the last 24 hours; otherwise send a template.';

/**
 * POST /conversations/messages/text. Accepted is not delivered: that comes by webhook. `is_bot` (also of fileViaUrl) is left out:
 * it means Instagram only, and WATI's OpenAPI file of February 2026, which takes no unknown fields, has not got it.
 * @throws InputProblem, RequestError
 */
export async function sendText(client: ApiClient, target: string, text: unknown): Promise<WatiMessage> {
	return await sendMessage(client, {
		purpose: 'send the text message',
		path: `${API}/conversations/messages/text`,
		json: { target, text: requiredText(text, 'Text', LIMITS.text) },
	});
}

/** POST /conversations/messages/fileViaUrl: WATI fetches the file itself. @throws InputProblem, RequestError */
export async function sendFileViaUrl(
	client: ApiClient,
	target: string,
	file: { url: unknown; caption?: unknown },
): Promise<WatiMessage> {
	const caption = optionalText(file.caption, 'Caption', LIMITS.caption);
	return await sendMessage(client, {
		purpose: 'send the file',
		path: `${API}/conversations/messages/fileViaUrl`,
		json: { target, file_url: webAddress(file.url, 'File URL'), ...(caption === undefined ? {} : { caption }) },
	});
}

/** A send of any kind: `message.status: "failed"` is a refusal although the status is 200 (apis/wati.md, section 3). */
export async function sendMessage(client: ApiClient, call: Omit<Call, 'effect' | 'method'>): Promise<WatiMessage> {
	const sending: Call = { ...call, effect: 'message', method: 'POST', findOut: FIND_OUT };
	const answer = await callAccepted(client, sentMessage, sending, WINDOW);
	const { message } = answer;
	if (typeof message === 'object' && message !== null && message.status?.toLowerCase() !== 'failed') return message;
	throw refusedInSuccess(call.purpose, wordsIn(answer), WINDOW);
}

/** An entry of a conversation: a message, a sent template, or a change of the ticket, whose `type` is a number (apis/wati.md, section 7). */
const entrySchema = z
	.object({
		id: text,
		conversation_id: text,
		event_type: text,
		type: z.union([z.string(), z.number()]).nullish(),
		owner: flag.nullish(),
		text,
		final_text: text,
		status: text,
		status_string: text,
		operator_name: text,
		failed_detail: text,
		created: text,
	})
	.passthrough();
export type ConversationEntry = z.infer<typeof entrySchema>;

/** GET /conversations/{target}/messages, in WATI's order: sources disagree whether the newest come first. */
function messagePages(target: string): PageRequest<ConversationEntry> {
	return {
		call: { purpose: 'list the messages', path: path`/api/ext/v3/conversations/${target}/messages` },
		entries: listUnder(entrySchema, 'message_list'),
	};
}

export async function listMessages(client: ApiClient, target: string, limit?: number): Promise<ConversationEntry[]> {
	return await listPages(client, { ...messagePages(target), limit });
}

const shownTyping = z.object({ success: flag.nullish() }).passthrough();

const OPEN = 'Check that the contact has an open conversation.';

/**
 * POST /conversations/typingIndicator. Known from one client only, on no page of WATI's (apis/wati.md, section 7),
 * so that a 404 says that this account's WATI has no such call.
 */
export async function showTyping(client: ApiClient, target: string): Promise<void> {
	const purpose = 'show the typing indicator';
	const call: Call = {
		purpose,
		effect: 'update',
		method: 'POST',
		path: `${API}/conversations/typingIndicator`,
		json: { target },
	};
	try {
		const answer = await callAccepted(client, shownTyping, call, OPEN);
		if (answer.success !== true) throw refusedInSuccess(purpose, wordsIn(answer), OPEN);
	} catch (thrown) {
		throw thrown instanceof RequestError && thrown.status === 404 ? noTyping(thrown) : thrown;
	}
}

function noTyping(error: RequestError): RequestError {
	return new RequestError(
		'notFound',
		"WATI doesn't know this conversation, or has no typing indicator for this account",
		{
			...error,
			description: 'Check the target. Not every WATI account has the typing indicator; leave this step out then.',
		},
	);
}
