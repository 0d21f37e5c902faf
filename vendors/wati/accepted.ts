import { z } from 'zod';

import type { ApiClient, Call, JsonAnswer } from '../../http/client';
import { readAs } from './call';
import { refusedInSuccess } from './explain';

/** The ways in which WATI says "no" under HTTP 200 (apis/wati.md, sections 3 and 7); older calls used `ok`. */
const verdict = z.object({
	result: z.unknown(),
	success: z.unknown(),
	ok: z.unknown(),
	is_request_succeeded: z.unknown(),
	failed_detail: z.string().nullish().catch(undefined),
	error: z.string().nullish().catch(undefined),
	info: z.string().nullish().catch(undefined),
	message: z.string().nullish().catch(undefined),
});

/**
 * Reads an answer that WATI has not refused inside HTTP 200.
 * @param hint what most likely is the matter, as a sentence, where WATI does not say.
 * @throws RequestError `refused` with WATI's reason.
 */
export function readAccepted<Schema extends z.ZodTypeAny>(
	schema: Schema,
	answer: JsonAnswer,
	call: Call,
	hint?: string,
): z.infer<Schema> {
	const { data } = verdict.safeParse(answer.json);
	if (data && [data.result, data.success, data.ok, data.is_request_succeeded].includes(false)) {
		throw refusedInSuccess(call.purpose, data.failed_detail ?? data.error ?? data.info ?? data.message, hint);
	}
	return readAs(schema, answer, call);
}

/** Calls and reads what WATI has accepted; see {@link readAccepted}. */
export async function callAccepted<Schema extends z.ZodTypeAny>(
	client: ApiClient,
	schema: Schema,
	call: Call,
	hint?: string,
): Promise<z.infer<Schema>> {
	return readAccepted(schema, await client.json(call), call, hint);
}
