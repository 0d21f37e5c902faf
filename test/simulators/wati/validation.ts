import { z } from 'zod';

import { badRequest } from './refusal';

/** The checked value, or a 400 that names the field. Objects must be `.strict()`: the description has additionalProperties:false. */
export function parse<Schema extends z.ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw badRequest(`${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'is invalid'}`);
}

const wholeNumber = z
	.string()
	.regex(/^\d{1,9}$/, 'must be an integer')
	.transform(Number);

/** Both required (section 5). */
export const pageFields = {
	page_number: wholeNumber.pipe(z.number().min(1)),
	page_size: wholeNumber.pipe(z.number().min(1).max(100)),
};
export const pageQuery = z.object(pageFields).strict();
export const noQuery = z.object({}).strict();

export interface Page {
	page_number: number;
	page_size: number;
}

export function pageOf<Item>(items: Iterable<Item>, { page_number, page_size }: Page): Item[] {
	return [...items].slice((page_number - 1) * page_size, page_number * page_size);
}

/** Digits with country code, no `+` (section 2). */
export const phoneDigits = /^\d{7,15}$/;

export const requiredText = z.string().refine((text) => text.trim() !== '', 'must not be empty');

/** `custom_params` and `customParams` hold the same pairs. */
export const namedValues = z
	.array(z.object({ name: requiredText, value: z.string() }).strict())
	.nullable()
	.optional();

/** A date-time with offset; the value stays text for those who want to see what was sent. */
export const dateTime = z.string().datetime({ offset: true });
/** "Date strings, format not stated" (section 7): anything that is a date. */
export const anyDate = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date');
