import { z } from 'zod';

import { refusalInSuccess, type Call, type JsonAnswer } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { readAs, type PageRequest } from './call';
import { explainWatiRefusal, refusedInSuccess } from './explain';
import { resultSchema } from './schemas';
import { wordsIn } from './words';

/** The ways in which WATI says "no" under HTTP 200 (apis/wati.md, sections 3 and 7); older calls used `ok`. */
const verdict = z.object({
	result: z.unknown(),
	success: z.unknown(),
	ok: z.unknown(),
	is_request_succeeded: z.unknown(),
	code: z.unknown(),
	message: z.unknown(),
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
	if (data && isErrorBody(data)) throw explainWatiRefusal(refusalInSuccess(answer, call.purpose));
	if (data && [data.result, data.success, data.ok, data.is_request_succeeded].some(isNo))
		throw refusedInSuccess(call.purpose, wordsIn(answer.json), hint);
	return readAs(schema, answer, call);
}

/** The body of a 400, 403 or 500 (WATI OpenAPI v3): a code with words. No other answer has a code. */
const isErrorBody = ({ code, message }: z.infer<typeof verdict>): boolean =>
	Number(code) >= 400 && typeof message === 'string';

const isNo = (value: unknown): boolean => value === false || (typeof value === 'string' && /^false$/i.test(value));

/**
 * Reads the entries of a page. `null` is an empty list (WATI's OpenAPI has all of them nullable), and so is a page that holds
 * nothing but its number and size. Any other answer without the list is told, or it would be taken for "there are none".
 * @param names of the list, the documented one first.
 */
export function listUnder<Entry extends z.ZodTypeAny>(
	entry: Entry,
	...names: [string, ...string[]]
): PageRequest<z.infer<Entry>>['entries'] {
	return (answer, call) => {
		const keys = Object.keys(readAccepted(z.record(z.unknown()), answer, call));
		const name = names.find((candidate) => keys.includes(candidate));
		if (name === undefined && keys.every((key) => PAGE_KEYS.includes(key))) return [];
		const list = name === undefined ? z.array(entry) : z.array(entry).nullish();
		return readAs(z.object({ [name ?? names[0]]: list }), answer, call)[name ?? names[0]] ?? [];
	};
}

const PAGE_KEYS = ['page_number', 'page_size', 'total', 'total_count'];

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
