import { z } from 'zod';

const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => (String(value ?? '').trim() === '' ? undefined : String(value)))
	.catch(undefined);

/** `buttonReply` and `listReply` have come with `text`, `title` and `id` in several mixtures. */
const reply = z.object({ id: text, title: text, text, description: text }).nullish().catch(undefined);

/**
 * What is read of an event (apis/wati.md, section 8); every field but the name may be missing, and a field of another form counts as missing.
 * Inbound messages tell the contact and the channel; status events tell neither.
 */
const fieldsSchema = z.object({
	eventType: z.string().trim().min(1).max(200),
	id: text,
	whatsappMessageId: text,
	localMessageId: text,
	conversationId: text,
	contactId: text,
	waId: text,
	bsuid: text,
	senderName: text,
	channelId: text,
	channelPhoneNumber: text,
	type: text,
	text,
	data: z.string().nullish().catch(undefined),
	owner: z.boolean().nullish().catch(undefined),
	statusString: text,
	failedCode: text,
	failedDetail: text,
	operatorName: text,
	operatorEmail: text,
	buttonReply: reply,
	interactiveButtonReply: reply,
	listReply: reply,
	replyContextId: text,
	created: text,
	timestamp: text,
});

export type EventFields = z.infer<typeof fieldsSchema>;

export interface DeliveredEvent {
	fields: EventFields;
	/** As it came. */
	raw: Record<string, unknown>;
}

export const readEventSchema = z.record(z.unknown()).transform((raw, context): DeliveredEvent => {
	const fields = fieldsSchema.safeParse(raw);
	if (fields.success) return { fields: fields.data, raw };
	context.addIssue({ code: z.ZodIssueCode.custom, message: 'is no event of WATI' });
	return z.NEVER;
});
