import { z } from 'zod';

import type { ApiClient, Call } from '../../http/client';
import { API, callFor } from './call';
import { refusedInSuccess } from './explain';
import { messageSchema, type WatiMessage } from './schemas';

const sentMessage = z.object({ message: messageSchema.nullish() }).passthrough();

/** How to find out whether a message with an unknown outcome was sent. */
const FIND_OUT = 'Run Message > Get Many for this target, or look in the Team Inbox, to see whether the message is there.';

/** POST /conversations/messages/text. Accepted is not delivered: that comes by webhook. */
export async function sendText(client: ApiClient, target: string, text: string): Promise<WatiMessage> {
	return await sendMessage(client, { purpose: 'send the text message', path: `${API}/conversations/messages/text`, json: { target, text } });
}

/** A send of any kind: `message.status: "failed"` is a refusal although the status is 200 (apis/wati.md, section 3). */
export async function sendMessage(client: ApiClient, call: Omit<Call, 'effect' | 'method'>): Promise<WatiMessage> {
	const answer = await callFor(client, sentMessage, { ...call, effect: 'message', method: 'POST', findOut: FIND_OUT });
	const message = answer.message;
	if (message && message.status?.toLowerCase() !== 'failed') return message;
	throw refusedInSuccess(call.purpose, message?.failed_detail, 'A free message needs a conversation in which the contact wrote within the last 24 hours; otherwise send a template.');
}
