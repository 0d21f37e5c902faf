import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { z } from 'zod';

const fixedText = z
	.string()
	.trim()
	.min(1)
	.refine((text) => !text.startsWith('='));
const locator = z.union([fixedText, z.object({ value: fixedText }).transform(({ value }) => value)]);

/** The Channel option of the node that is being edited; nothing for an expression, which has no value yet. */
export function currentChannel(context: ILoadOptionsFunctions): string | undefined {
	return parsed(fixedText, context.getCurrentNodeParameter('options.channel'));
}

/** The Template of the node that is being edited. */
export function currentTemplate(context: ILoadOptionsFunctions): string | undefined {
	return parsed(locator, context.getCurrentNodeParameter('template'));
}

function parsed<Value>(schema: z.ZodType<Value, z.ZodTypeDef, unknown>, value: unknown): Value | undefined {
	const result = schema.safeParse(value);
	return result.success ? result.data : undefined;
}
