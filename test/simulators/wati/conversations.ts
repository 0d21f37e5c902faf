import { z } from 'zod';

import { scopes } from './access';
import type { Conversation, Message } from './records';
import { badRequest, notFound } from './refusal';
import { conversationAt, conversationsAt, sendingConversation } from './targets';
import { noQuery, pageFields, pageOf, pageQuery, parse, requiredText } from './validation';
import { param, type Call, type Route } from './world';

const channelTypes = ['whatsapp', 'whatsapp_group', 'instagram', 'messenger', 'tiktok', 'webchat', 'rcs'];

const listQuery = z
	.object({
		...pageFields,
		channel_type: z
			.string()
			.toLowerCase()
			.refine((type) => channelTypes.includes(type), 'is not a channel type')
			.optional(),
		channel_id: requiredText.optional(),
	})
	.strict();

const statusBody = z.object({ new_status: z.enum(['open', 'solved', 'pending', 'block']) }).strict();
/** The key is required, its value may be `null`: the bot (section 6.15). */
const operatorBody = z.object({ assignee_email: z.string().nullable() }).strict();
const tagBody = z.object({ tag_name: requiredText }).strict();
const typingBody = z.object({ target: requiredText }).strict();

const base = '/api/ext/v3/conversations';

export const conversationRoutes: Route[] = [
	{ method: 'GET', path: base, scopes: scopes.listConversations, body: 'none', handle: list },
	{
		method: 'GET',
		path: `${base}/:target/messages`,
		scopes: scopes.assumed.readConversation,
		body: 'none',
		handle: listMessages,
	},
	{ method: 'PUT', path: `${base}/:target/status`, scopes: scopes.status, body: 'json', handle: setStatus },
	{ method: 'PUT', path: `${base}/:target/operator`, scopes: scopes.operator, body: 'json', handle: setOperator },
	{ method: 'POST', path: `${base}/:target/tags`, scopes: scopes.addTag, body: 'json', handle: addTag },
	{ method: 'DELETE', path: `${base}/:target/tags/*`, scopes: scopes.addTag, body: 'none', handle: removeTag },
	{
		method: 'POST',
		path: `${base}/typingIndicator`,
		scopes: scopes.assumed.writeConversation,
		body: 'json',
		handle: showTyping,
	},
];

function list({ world, query }: Call): unknown {
	const { channel_type, channel_id, ...page } = parse(listQuery, query);
	const found = [...world.account.conversations.values()]
		.filter(({ channelType }) => !channel_type || channelType === channel_type)
		.filter(({ channel }) => !channel_id || channel.id === channel_id)
		.sort((a, b) => lastActivity(b) - lastActivity(a));
	return { [world.behaviour.conversationListKey]: pageOf(found, page).map(conversationDto), ...page };
}

const lastActivity = ({ messages, created }: Conversation): number => (messages.at(-1)?.created ?? created).getTime();

/** Only `id` is known; the other fields are an assumption (section 7). */
function conversationDto(conversation: Conversation): Record<string, unknown> {
	const { id, contactId, channel, channelType, status, operatorEmail, tags, created } = conversation;
	return {
		id,
		contact_id: contactId,
		channel_id: channel.id,
		channel_type: channelType,
		status,
		assignee_email: operatorEmail,
		tags: [...tags],
		created: created.toISOString(),
		last_updated: new Date(lastActivity(conversation)).toISOString(),
	};
}

function listMessages(call: Call): unknown {
	const page = parse(pageQuery, call.query);
	const { behaviour } = call.world;
	const newestFirst = conversationsAt(call.world, param(call, 'target'))
		.flatMap(({ messages }) => messages)
		.sort((a, b) => b.created.getTime() - a.created.getTime() || (b.id > a.id ? 1 : -1));
	const ordered = behaviour.messageOrder === 'newestFirst' ? newestFirst : newestFirst.reverse();
	const dto = behaviour.messageItems === 'measured' ? measuredDto : describedDto;
	return { message_list: pageOf(ordered, page).map(dto), ...page };
}

/** Thinner and wider than the schema: no contact, no local id, no media URL, no wamid (section 7, TATVA). */
function measuredDto(message: Message): Record<string, unknown> {
	const { id, type, owner, text, finalText, status, operatorName, failedDetail, created } = message;
	return {
		id,
		conversation_id: message.conversationId,
		ticket_id: message.ticketId,
		event_type: message.eventType,
		type,
		owner,
		text,
		final_text: finalText,
		status_string: message.eventType === 'ticket' ? null : status,
		operator_name: operatorName,
		failed_detail: failedDetail,
		timestamp: String(Math.floor(created.getTime() / 1000)),
		created: created.toISOString(),
	};
}

function describedDto(message: Message): Record<string, unknown> {
	const local_message_id = message.localMessageId;
	return { ...measuredDto(message), status: message.status.toLowerCase(), local_message_id, bot_type: 'regular' };
}

function setStatus(call: Call): unknown {
	const { new_status } = parse(statusBody, call.body);
	const conversation = conversationAt(call.world, param(call, 'target'));
	conversation.status = new_status;
	call.world.account.addTicketEvent(conversation, 1);
	return { result: true };
}

function setOperator(call: Call): unknown {
	const { assignee_email } = parse(operatorBody, call.body);
	const conversation = conversationAt(call.world, param(call, 'target'));
	if (assignee_email !== null && !call.world.account.operators.has(assignee_email)) return { result: false };
	conversation.operatorEmail = assignee_email;
	call.world.account.addTicketEvent(conversation, 4);
	return { result: true };
}

function addTag(call: Call): unknown {
	const { tag_name } = parse(tagBody, call.body);
	const { tags } = conversationAt(call.world, param(call, 'target'));
	if (!call.world.account.tags.has(tag_name)) throw badRequest('Tag not found');
	const added = !tags.has(tag_name);
	tags.add(tag_name);
	return { added: added || call.world.behaviour.tagNoop };
}

/** The tag's name is the rest of the path, slashes included (section 7). */
function removeTag(call: Call): unknown {
	parse(noQuery, call.query);
	const tag = param(call, '*');
	if (tag === '') throw notFound('Not found');
	const { tags } = conversationAt(call.world, param(call, 'target'));
	const removed = tags.delete(tag);
	return { removed: removed || call.world.behaviour.tagNoop };
}

function showTyping({ world, body }: Call): unknown {
	if (world.behaviour.typingIndicator === '404') throw notFound('Not found');
	const conversation = sendingConversation(world, parse(typingBody, body).target);
	world.account.typingIndicators.push({ conversationId: conversation.id, at: world.account.now() });
	return { success: true };
}
