import { z } from 'zod';

import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { path } from '../../http/path';
import { callAccepted, callForResult, readAccepted } from './accepted';
import { API, type PageRequest } from './call';
import type { ChannelType, ConversationStatus } from './conversationChoices';
import { flag } from './schemas';

const HINT = 'Check that there is a conversation with this target: Conversation > Get Many lists them.';

/** PUT /conversations/{target}/status. @throws RequestError */
export async function updateStatus(client: ApiClient, target: string, status: ConversationStatus): Promise<void> {
	const call: Call = {
		purpose: 'update the status of the conversation',
		effect: 'update',
		method: 'PUT',
		path: path`/api/ext/v3/conversations/${target}/status`,
		json: { new_status: status },
	};
	await callForResult(client, call, HINT);
}

/**
 * PUT /conversations/{target}/operator.
 * @param email of the operator; `null` hands the conversation to the bot, and the key has to be there even then.
 */
export async function assignOperator(client: ApiClient, target: string, email: string | null): Promise<void> {
	const call: Call = {
		purpose: 'assign the conversation',
		effect: 'update',
		method: 'PUT',
		path: path`/api/ext/v3/conversations/${target}/operator`,
		json: { assignee_email: email },
	};
	await callForResult(
		client,
		call,
		`Check that the operator's email is written as in WATI under User Management. ${HINT}`,
	);
}

/**
 * Where the tags of a conversation are. Two readings: the reference calls the segment `tags`, while an older page's
 * address ends in `target-conv-tags-tagname`, which may mean `conv-tags`. Nobody was seen calling either (apis/wati.md, section 7).
 */
const tagPath = {
	add: (target: string): string => path`/api/ext/v3/conversations/${target}/tags`,
	remove: (target: string, tag: string): string => path`/api/ext/v3/conversations/${target}/tags/${tag}`,
};

/**
 * POST /conversations/{target}/tags. The tag has to be defined in the account.
 * @returns whether the tag is new to the conversation, as WATI tells; adding it twice is in order.
 */
export async function addTag(client: ApiClient, target: string, tag: string): Promise<boolean> {
	const answer = await callAccepted(client, z.object({ added: flag.nullish() }).passthrough(), {
		purpose: 'add the tag',
		effect: 'update',
		method: 'POST',
		path: tagPath.add(target),
		json: { tag_name: tag },
	});
	return answer.added ?? true;
}

/** DELETE of one tag. @returns whether the conversation had the tag, as WATI tells; a tag it had not is in order. */
export async function removeTag(client: ApiClient, target: string, tag: string): Promise<boolean> {
	const answer = await callAccepted(client, z.object({ removed: flag.nullish() }).passthrough(), {
		purpose: 'remove the tag',
		effect: 'update',
		method: 'DELETE',
		path: tagPath.remove(target, tag),
	});
	return answer.removed ?? true;
}

/** Of a conversation in a list only `id` is known; what else comes is passed on. */
const conversation = z.object({ id: z.string().nullish() }).passthrough();
export type WatiConversation = z.infer<typeof conversation>;

/** The list's name is shown nowhere; by WATI's other lists it is `conversation_list` or `conversations`. */
const conversationList = z.union([
	z
		.object({ conversation_list: z.array(conversation).nullable() })
		.transform((answer) => answer.conversation_list ?? []),
	z.object({ conversations: z.array(conversation).nullable() }).transform((answer) => answer.conversations ?? []),
	z.array(conversation),
]);

/** GET /conversations, newest first; pages without a total. */
export function conversationPages(filter: {
	channelType?: ChannelType;
	channelId?: string;
}): PageRequest<WatiConversation> {
	return {
		call: {
			purpose: 'list the conversations',
			path: `${API}/conversations`,
			query: { channel_type: filter.channelType, channel_id: filter.channelId },
		},
		entries: (answer, call) => readAccepted(conversationList, answer, call),
	};
}
