import { z } from 'zod';

/**
 * Answers of WATI's API v3, loosely: what is used is checked, the rest is passed on as it is.
 * Sources: WATI OpenAPI v3 and its newer pages, as collected in apis/wati.md.
 */

const text = z.string().nullish();

export const nameValue = z.object({ name: z.string(), value: z.string().nullish() }).passthrough();

export const contactSchema = z
	.object({
		id: text,
		wa_id: text,
		name: text,
		phone: text,
		created: text,
		last_updated: text,
		contact_status: text,
		source: text,
		opted_in: z.boolean().nullish(),
		allow_broadcast: z.boolean().nullish(),
		teams: z.array(z.string()).nullish(),
		segments: z.array(z.string()).nullish(),
		custom_params: z.array(nameValue).nullish(),
		channel_id: text,
		bsuid: text,
		username: text,
	})
	.passthrough();
export type WatiContact = z.infer<typeof contactSchema>;

export const messageSchema = z
	.object({ id: text, local_message_id: text, status: text, failed_detail: text, conversation_id: text, created: text })
	.passthrough();
export type WatiMessage = z.infer<typeof messageSchema>;

export const templateSchema = z
	.object({
		id: text,
		name: text,
		category: text,
		status: text,
		body: text,
		footer: text,
		language_option: z.object({ value: text, text }).passthrough().nullish(),
		custom_params: z.array(nameValue).nullish(),
		last_modified: text,
	})
	.passthrough();
export type WatiTemplate = z.infer<typeof templateSchema>;

export const sentTemplatesSchema = z
	.object({
		success: z.boolean().nullish(),
		broadcast_id: text,
		error: text,
		recipients: z
			.array(
				z
					.object({ local_message_id: text, phone_number: text, target: text, errors: z.array(z.string()).nullish() })
					.passthrough(),
			)
			.nullish(),
	})
	.passthrough();

export const resultSchema = z
	.object({ result: z.boolean().nullish(), message: text, error: text, info: text })
	.passthrough();
