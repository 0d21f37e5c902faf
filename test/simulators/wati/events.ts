import type { Account } from './account';
import type { Contact, Conversation, Message, Webhook } from './records';

/** What WATI tells webhooks (section 8), and whether an event has a `_v2` twin, which alone carries the local id. */
const kinds = {
	message: { twin: false, status: 'SENT' },
	newContactMessageReceived: { twin: false, status: 'SENT' },
	sessionMessageSent: { twin: true, status: 'SENT' },
	templateMessageSent: { twin: true, status: 'SENT' },
	sentMessageDELIVERED: { twin: true, status: 'Delivered' },
	sentMessageREAD: { twin: true, status: 'Read' },
	sentMessageREPLIED: { twin: true, status: 'Replied' },
	sessionMessageFailed: { twin: false, status: 'Failed' },
	templateMessageFailed: { twin: false, status: 'Failed' },
} as const;

export type EventKind = keyof typeof kinds;

export interface WatiEvent {
	kind: EventKind;
	message: Message;
	/** Fields that take the place of the usual ones, such as `interactiveButtonReply`. */
	fields?: Record<string, unknown>;
}

const names = Object.keys(kinds).filter((name): name is EventKind => name in kinds);

/** The names of a kind: plain, `_v2` where there is a twin, and `_bsuid` of both. */
const namesOf = (kind: EventKind): string[] =>
	(kinds[kind].twin ? [kind, `${kind}_v2`] : [kind]).flatMap((name) => [name, `${name}_bsuid`]);

/** Names that registration accepts. */
export const eventTypes: readonly string[] = names.flatMap(namesOf);

/** What a webhook receives of one event, in WATI's order: for an outbound kind the plain event and then its twin. */
export function payloadsFor(account: Account, webhook: Webhook, event: WatiEvent): Array<Record<string, unknown>> {
	const registered = namesOf(event.kind).filter((name) => webhook.eventTypes.includes(name));
	const withTwins = registered.flatMap((name) =>
		name === event.kind && kinds[event.kind].twin ? [name, `${name}_v2`] : [name],
	);
	return [...new Set(withTwins)].map((name) => payload(account, event, name));
}

function payload(account: Account, { kind, message, fields }: WatiEvent, eventType: string): Record<string, unknown> {
	const conversation = account.conversations.get(message.conversationId);
	const contact = conversation && account.contacts.get(conversation.contactId);
	const shape = kind === 'message' ? inbound : kind === 'newContactMessageReceived' ? newContact : outbound;
	return {
		...shape({ account, kind, message, conversation, contact, eventType }),
		...(eventType.endsWith('_bsuid') ? { bsuid: contact?.bsuid ?? null } : {}),
		...fields,
	};
}

interface Facts {
	account: Account;
	kind: EventKind;
	message: Message;
	conversation: Conversation | undefined;
	contact: Contact | undefined;
	eventType: string;
}

function inbound({ account, kind, message, conversation, contact, eventType }: Facts): Record<string, unknown> {
	const operator = account.operators.get(conversation?.operatorEmail ?? '');
	return {
		...shared(message),
		type: message.type,
		data: message.media ? `data/${String(message.type)}s/${message.media.fileName}` : null,
		sourceId: null,
		sourceUrl: null,
		owner: false,
		eventType,
		statusString: kinds[kind].status,
		avatarUrl: null,
		assignedId: null,
		operatorName: operator?.name ?? null,
		operatorEmail: operator?.email ?? null,
		...(contact?.phone ? { waId: contact.phone } : {}),
		messageContact: null,
		senderName: contact?.name ?? null,
		listReply: null,
		interactiveButtonReply: null,
		buttonReply: null,
		replyContextId: null,
		sourceType: 0,
		frequentlyForwarded: false,
		forwarded: false,
		channelId: conversation?.channel.id ?? null,
		channelPhoneNumber: conversation?.channel.number ?? null,
		bsuid: contact?.bsuid ?? null,
		parentBsuid: null,
		username: contact?.username ?? null,
	};
}

function newContact({ message, contact, eventType }: Facts): Record<string, unknown> {
	return {
		eventType,
		id: message.id,
		created: message.created.toISOString(),
		...(contact?.phone ? { waId: contact.phone } : {}),
		senderName: contact?.name ?? null,
		sourceId: null,
		sourceUrl: null,
		sourceType: 0,
		bsuid: contact?.bsuid ?? null,
	};
}

/** Sent, delivered, read, replied, failed: no `waId` and no `bsuid` in any of them (section 8, TATVA). */
function outbound({ kind, message, conversation, eventType }: Facts): Record<string, unknown> {
	const failed = kinds[kind].status === 'Failed';
	return {
		...shared(message),
		eventType,
		statusString: kinds[kind].status,
		type: message.eventType === 'broadcastMessage' ? 'template' : failed ? 'session' : message.type,
		assigneeId: null,
		operatorEmail: conversation?.operatorEmail ?? null,
		...(failed ? { failedCode: message.failedCode, failedDetail: message.failedDetail } : {}),
		...(failed || eventType.includes('_v2') ? { localMessageId: message.localMessageId } : {}),
	};
}

function shared(message: Message): Record<string, unknown> {
	return {
		id: message.id,
		created: message.created.toISOString(),
		whatsappMessageId: message.whatsappMessageId,
		conversationId: message.conversationId,
		ticketId: message.ticketId,
		text: message.finalText ?? message.text,
		// Unix seconds as text.
		timestamp: String(Math.floor(message.created.getTime() / 1000)),
	};
}
