import { z } from 'zod';

import { RequestError } from '../../http/errors';
import type { ZohoApi, ZohoCall } from './api';

const user = z.object({ id: z.string().nullish(), name: z.string().nullish() });

const rowAnswer = z
	.object({
		code: z.string().catch(''),
		status: z.string().catch(''),
		message: z.string().catch(''),
		/** Upsert only. `duplicate_field` beside it says "Email" also for an insert (B6), so that this alone counts. */
		action: z.enum(['insert', 'update']).nullish().catch(undefined),
		details: z
			.object({
				/** 19 digits: as a number it would have lost the last ones already. */
				id: z.string().optional().catch(undefined),
				Created_By: user.optional().catch(undefined),
			})
			.passthrough()
			.catch({}),
	})
	.passthrough();

/** What became of one row of a write. */
export type RowAnswer = z.infer<typeof rowAnswer>;

const answer = z.object({ data: z.array(rowAnswer) });

export function isDone(row: RowAnswer): boolean {
	return row.status === 'success' || row.code === 'SUCCESS';
}

/**
 * Sends rows and gives Zoho's word on each, in their order, whatever the status of the answer: 200, 201, 202 and 207 were
 * seen for answers with rows, and 400 where every row was refused (B6).
 * @throws RequestError when the answer is about the request as a whole.
 */
export async function sendRows(
	api: ZohoApi,
	call: ZohoCall,
	rows: ReadonlyArray<Record<string, unknown>>,
): Promise<RowAnswer[]> {
	const { json, status } = await api.json(call);
	const parsed = answer.safeParse(json);
	if (parsed.success && parsed.data.data.length === rows.length) return parsed.data.data;
	const [only] = parsed.success ? parsed.data.data : [];
	if (only && !isDone(only)) {
		throw new RequestError('refused', `Zoho CRM refused to ${call.purpose}`, {
			status,
			code: only.code,
			description: `Zoho CRM said: ${only.message} (${only.code}).`,
		});
	}
	throw new RequestError('outcomeUnknown', `Zoho CRM answered in an unexpected form when asked to ${call.purpose}`, {
		status,
		description:
			'The answer does not tell what became of each contact. To run the items again is safe: each contact is looked up first.',
	});
}
