import { e164 } from '../shared/e164';
import type { DeliveredEvent, EventFields } from './delivered';
import { readEventName } from './events';

export interface SimpleReply {
	id: string | null;
	title: string | null;
}

/** An event as a workflow reads it: every field is always there, `null` where WATI says nothing. */
export interface SimpleEvent {
	/** As chosen in Trigger On, such as `messageReceived`; WATI's own name for other events. */
	event: string;
	/** WATI's `eventType`. */
	eventName: string;
	/** WATI's id of the message, by which its file is fetched too. */
	id: string | null;
	conversationId: string | null;
	/** Phone: E.164. Status events tell no contact. */
	contact: { id: string | null; phone: string | null; name: string | null; bsuid: string | null };
	/** Phone: the number of your own channel, E.164. */
	channel: { id: string | null; phone: string | null };
	message: {
		id: string | null;
		whatsappMessageId: string | null;
		type: string | null;
		text: string | null;
		/** Needs the connection's token to be opened. */
		mediaUrl: string | null;
		buttonReply: SimpleReply | null;
		listReply: (SimpleReply & { description: string | null }) | null;
		/** WhatsApp's id of the message that was answered. */
		replyTo: string | null;
	};
	/** `received`, `sent`, `delivered`, `read`, `replied`, `failed`. */
	status: string | null;
	failure: { code: string | null; detail: string | null } | null;
	/** The id that the sender of the message gave it. */
	localMessageId: string | null;
	operator: { name: string | null; email: string | null } | null;
	/** ISO 8601 in UTC. */
	sentAt: string | null;
	/** All that WATI says, for events about templates, links and the account. */
	details?: Record<string, unknown>;
}

/** @param addressChannel the number that the request's address was registered for, for events that tell none. */
export function simplify({ fields, raw }: DeliveredEvent, addressChannel: string | undefined): SimpleEvent {
	const { event, hasOwnFields } = readEventName(fields.eventType);
	const { failedCode, failedDetail, operatorName, operatorEmail, listReply } = fields;
	const button = fields.buttonReply ?? fields.interactiveButtonReply;
	return {
		event,
		eventName: fields.eventType,
		id: fields.id ?? null,
		conversationId: fields.conversationId ?? null,
		contact: {
			id: fields.contactId ?? null,
			phone: e164(fields.waId),
			name: fields.senderName ?? null,
			bsuid: fields.bsuid ?? null,
		},
		channel: { id: fields.channelId ?? null, phone: e164(fields.channelPhoneNumber ?? addressChannel) },
		message: {
			id: fields.id ?? null,
			whatsappMessageId: fields.whatsappMessageId ?? null,
			type: fields.type ?? null,
			text: fields.text ?? null,
			mediaUrl: mediaUrlOf(fields) ?? null,
			buttonReply: button ? simpleReply(button) : null,
			listReply: listReply ? { ...simpleReply(listReply), description: listReply.description ?? null } : null,
			replyTo: fields.replyContextId ?? null,
		},
		status: statusOf(event, fields),
		failure:
			failedCode === undefined && failedDetail === undefined
				? null
				: { code: failedCode ?? null, detail: failedDetail ?? null },
		localMessageId: fields.localMessageId ?? null,
		operator:
			operatorName === undefined && operatorEmail === undefined
				? null
				: { name: operatorName ?? null, email: operatorEmail ?? null },
		sentAt: momentOf(fields) ?? null,
		...(hasOwnFields ? { details: raw } : {}),
	};
}

/** Where the file of a message is: a path such as `data/images/….jpg`, or an address with `showFile?fileName=`. */
export function mediaUrlOf({ data }: EventFields): string | undefined {
	return typeof data === 'string' && /^(https?:\/\/|\/?data\/|.*showFile\?fileName=)/i.test(data) ? data : undefined;
}

function simpleReply(reply: { id?: string; title?: string; text?: string }): SimpleReply {
	return { id: reply.id ?? null, title: reply.title ?? reply.text ?? null };
}

/** WATI says SENT of a message that has come in, too. */
function statusOf(event: string, { statusString }: EventFields): string | null {
	if (event === 'messageReceived' || event === 'newContact') return 'received';
	return statusString?.toLowerCase() ?? null;
}

/**
 * `created` has fractions of a second, by which the messages of one second keep their order; `timestamp` is Unix seconds as text.
 * A time without a zone is UTC (WATI's examples have both forms).
 */
function momentOf({ created, timestamp }: EventFields): string | undefined {
	const zoned = created !== undefined && !/(z|[+-]\d{2}:?\d{2})$/i.test(created) ? `${created}Z` : created;
	const fromCreated = zoned === undefined ? NaN : Date.parse(zoned);
	const time = Number.isNaN(fromCreated) ? Number(timestamp) * 1000 : fromCreated;
	const isTime = Number.isFinite(time) && Math.abs(time) <= 8.64e15;
	return isTime ? new Date(time).toISOString() : undefined;
}
