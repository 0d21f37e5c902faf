import { z } from 'zod';

/**
 * Answers of WATI's API v3, loosely: what is used is checked, the rest is passed on as it is.
 * Sources: WATI OpenAPI v3 and its newer pages, as collected in apis/wati.md.
 */

/** A number is the same number as text: of an answer to something that was done, a code in another form must not make a failure. */
export const text = z.union([z.string(), z.number().transform(String)]).nullish();

/** Also as text. */
export const number = z.union([
	z.number(),
	z
		.string()
		.regex(/^-?\d+(\.\d+)?$/)
		.transform(Number),
]);

/** Also as text. */
export const flag = z.union([
	z.boolean(),
	z
		.string()
		.regex(/^(true|false)$/i)
		.transform((word) => word.toLowerCase() === 'true'),
]);

export const nameValue = z.object({ name: z.string(), value: text }).passthrough();

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
		opted_in: flag.nullish(),
		allow_broadcast: flag.nullish(),
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
		success: flag.nullish(),
		broadcast_id: text,
		error: text,
		recipients: z
			.array(
				z
					.object({ local_message_id: text, phone_number: text, target: text, errors: z.array(z.unknown()).nullish() })
					.passthrough(),
			)
			.nullish(),
	})
	.passthrough();

export const resultSchema = z.object({ result: flag.nullish() }).passthrough();
