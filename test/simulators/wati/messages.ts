import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { scopes } from './access';
import { interactiveBody } from './interactive';
import type { Conversation, Message } from './records';
import { badRequest } from './refusal';
import { sendingConversation } from './targets';
import { noQuery, parse, requiredText } from './validation';
import type { Call, Route, World } from './world';

const textBody = z
	.object({ target: requiredText, text: requiredText.pipe(z.string().max(4096)), is_bot: z.boolean().optional() })
	.strict();

const fileUrlBody = z
	.object({
		target: requiredText,
		file_url: z
			.string()
			.url()
			.regex(/^https?:\/\//, 'must be a web address'),
		caption: z.string().nullable().optional(),
		is_bot: z.boolean().optional(),
	})
	.strict();

const messageRoute = (path: string, needed: readonly string[], handle: (call: Call) => unknown): Route => ({
	method: 'POST',
	path: `/api/ext/v3/conversations/messages/${path}`,
	scopes: needed,
	body: 'json',
	handle: (call) => {
		parse(noQuery, call.query);
		return handle(call);
	},
});

export const messageRoutes: Route[] = [
	messageRoute('text', scopes.assumed.writeConversation, ({ world, body }) => {
		const { target, text } = parse(textBody, body);
		return sendSession(world, target, { type: 'text', text, request: body });
	}),
	messageRoute('fileViaUrl', scopes.assumed.writeConversation, ({ world, body }) => {
		const { target, file_url, caption } = parse(fileUrlBody, body);
		const fileName = new URL(file_url).pathname.split('/').at(-1) ?? '';
		return sendSession(world, target, { type: kindOfFile(fileName), text: caption ?? null, request: body });
	}),
	messageRoute('interactive', scopes.interactive, ({ world, body }) => {
		const message = parse(interactiveBody, body);
		const text = message.type === 'buttons' ? message.button_message.body : message.list_message.body;
		return sendSession(world, message.target, { type: 'interactive', text, request: body });
	}),
];

/**
 * Sends into an active conversation. Outside of the 24 hours, or to a number that WhatsApp refuses, the answer is
 * 200 with `message.status: "failed"` (sections 6.4 and 3). The local id is WATI's own.
 */
export function sendSession(world: World, target: string, message: Partial<Message>): { message: unknown } {
	const { account, behaviour } = world;
	const conversation = sendingConversation(world, target);
	const failure = whyNotSent(world, conversation);
	if (failure && behaviour.closedWindow === 'refuse') throw badRequest(failure.detail);
	const sent = account.addMessage(conversation, {
		...message,
		owner: true,
		status: failure ? 'Failed' : 'SENT',
		failedCode: failure?.code ?? null,
		failedDetail: failure?.detail ?? null,
		localMessageId: randomUUID(),
		operatorName: 'Bot',
	});
	world.emit(failure ? 'sessionMessageFailed' : 'sessionMessageSent', sent);
	return { message: messageDto(sent) };
}

function whyNotSent({ account }: World, conversation: Conversation): { code: string; detail: string } | undefined {
	const phone = account.contacts.get(conversation.contactId)?.phone ?? '';
	const code = account.unreachable.get(phone);
	if (code) return { code, detail: `${code}: WhatsApp could not deliver to this number` };
	if (account.windowIsOpen(conversation)) return undefined;
	return { code: '131047', detail: '131047: the customer has not written in the last 24 hours' };
}

/** MessageDto (section 6), in lower case as its example shows. */
export function messageDto(message: Message): Record<string, unknown> {
	const { text, type, created, owner, status, operatorName, failedDetail, localMessageId, id } = message;
	return {
		text,
		type,
		timestamp: created.toISOString(),
		owner,
		status: status.toLowerCase(),
		avatar_url: null,
		assigned_id: null,
		operator_name: operatorName,
		failed_detail: failedDetail,
		bot_type: 'regular',
		local_message_id: localMessageId,
		id,
		created: created.toISOString(),
		conversation_id: message.conversationId,
		ticket_id: message.ticketId,
		event_type: message.eventType,
	};
}

/** The message type by the name of its file. */
export function kindOfFile(fileName: string): string {
	const ending = fileName.split('.').at(-1)?.toLowerCase() ?? '';
	return kinds.find(([, endings]) => endings.includes(ending))?.[0] ?? 'document';
}

const kinds: Array<[string, string[]]> = [
	['image', ['jpg', 'jpeg', 'png', 'webp']],
	['video', ['mp4', '3gp']],
	['audio', ['mp3', 'ogg', 'aac', 'amr', 'm4a']],
];
