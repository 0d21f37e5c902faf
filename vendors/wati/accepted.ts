import { z } from 'zod';

import { refusalInSuccess, type ApiClient, type Call, type JsonAnswer } from '../../http/client';
import { readAs } from './call';
import { explainWatiRefusal, refusedInSuccess } from './explain';
import { resultSchema } from './schemas';

const words = z.string().nullish().catch(undefined);

/** The ways in which WATI says "no" under HTTP 200 (apis/wati.md, sections 3 and 7); older calls used `ok`. */
const verdict = z.object({
	result: z.unknown(),
	success: z.unknown(),
	ok: z.unknown(),
	is_request_succeeded: z.unknown(),
	code: z.unknown(),
	failed_detail: words,
	error: words,
	info: words,
	/** Words, or the message that was to be sent. */
	message: z
		.union([z.string(), z.object({ failed_detail: z.string() }).transform((sent) => sent.failed_detail)])
		.nullish()
		.catch(undefined),
});

/** WATI's own words in an answer, wherever it puts them. */
export function wordsIn(json: unknown): string | undefined {
	const { data } = verdict.safeParse(json);
	return data?.failed_detail ?? data?.error ?? data?.info ?? data?.message ?? undefined;
}

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
	if (data && isErrorBody(data)) throw explainWatiRefusal(refusalInSuccess(answer, call.purpose));
	if (data && [data.result, data.success, data.ok, data.is_request_succeeded].includes(false))
		throw refusedInSuccess(call.purpose, wordsIn(answer.json), hint);
	return readAs(schema, answer, call);
}

/** The body of a 400, 403 or 500 (WATI OpenAPI v3): a code with words. No other answer has a code. */
const isErrorBody = ({ code, message }: z.infer<typeof verdict>): boolean =>
	typeof code === 'number' && code >= 400 && typeof message === 'string';

/** Calls and reads what WATI has accepted; see {@link readAccepted}. */
export async function callAccepted<Schema extends z.ZodTypeAny>(
	client: ApiClient,
	schema: Schema,
	call: Call,
	hint?: string,
): Promise<z.infer<Schema>> {
	return readAccepted(schema, await client.json(call), call, hint);
}

/**
 * For calls that answer `{"result": true}`: anything else is a refusal under HTTP 200.
 * @param hint what most likely is the matter, as a sentence, because WATI does not say.
 */
export async function callForResult(client: ApiClient, call: Call, hint: string): Promise<void> {
	const answer = await callAccepted(client, resultSchema, call, hint);
	if (answer.result !== true) throw refusedInSuccess(call.purpose, wordsIn(answer), hint);
}
