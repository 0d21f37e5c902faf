import { z } from 'zod';

import { requiredText } from './validation';

/** Text of at most `max` characters; present. */
const text = (max: number) => requiredText.pipe(z.string().max(max));
/** Text of at most `max` characters that may be left out. */
const optionalText = (max: number) => z.string().max(max).nullable().optional();
const anyText = z.string().nullable().optional();

const media = z
	.object({ url: anyText, file_name: anyText, data: anyText, mime_type: anyText, file_path: anyText })
	.strict();

/**
 * Lower case as in the OAS example; there is no official list of types, these four are Meta's (sections 6.8 and 9).
 * A text header needs its text, the others a medium.
 */
const buttonHeader = z
	.object({
		type: z.enum(['text', 'image', 'video', 'document']),
		text: optionalText(60),
		media: media.nullable().optional(),
	})
	.strict()
	.refine(({ type, text: words }) => type !== 'text' || !!words?.trim(), 'a text header needs a text')
	.refine(
		({ type, media: medium }) => type === 'text' || !!(medium?.url ?? medium?.data ?? medium?.file_path),
		'a media header needs a medium',
	);

const buttonMessage = z
	.object({
		header: buttonHeader.nullable().optional(),
		body: text(1024),
		footer: optionalText(60),
		buttons: z
			.array(z.object({ text: text(20) }).strict())
			.min(1)
			.max(3)
			.refine((buttons) => allDifferent(buttons.map((button) => button.text)), 'two buttons have the same text'),
	})
	.strict();

const row = z.object({ title: text(24), description: optionalText(72) }).strict();
const section = z.object({ title: optionalText(24), rows: z.array(row).min(1) }).strict();

const listMessage = z
	.object({
		header: optionalText(60),
		body: text(1024),
		footer: optionalText(60),
		button_text: text(20),
		sections: z
			.array(section)
			.min(1)
			.max(10)
			.refine((all) => all.flatMap(({ rows }) => rows).length <= 10, 'more than 10 rows in all')
			.refine(
				(all) => all.length === 1 || all.every(({ title }) => title?.trim()),
				'each of several sections needs a title',
			)
			.refine(
				(all) => allDifferent(all.flatMap(({ rows }) => rows.map(({ title }) => title))),
				'two rows have the same title',
			),
	})
	.strict();

/** Body of an interactive message; only the part that `type` names may be there (sections 6.8 and 6.9). */
export const interactiveBody = z.discriminatedUnion('type', [
	z
		.object({
			target: requiredText,
			type: z.literal('buttons'),
			button_message: buttonMessage,
			list_message: z.null().optional(),
		})
		.strict(),
	z
		.object({
			target: requiredText,
			type: z.literal('list'),
			list_message: listMessage,
			button_message: z.null().optional(),
		})
		.strict(),
]);

const allDifferent = (texts: string[]): boolean => new Set(texts).size === texts.length;
