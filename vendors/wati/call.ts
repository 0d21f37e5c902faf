import type { z } from 'zod';

import type { Call, JsonAnswer } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { RequestError } from '../../http/errors';
import { LIMITS } from './limits';

/** For paths without a value. One with a value is written out, path`/api/ext/v3/contacts/${target}`, because `path` encodes all that is put into it. */
export const API = '/api/ext/v3';

/** Reads an answer by a schema. @throws RequestError `badAnswer` when WATI answers something else than it documents. */
export function readAs<Schema extends z.ZodTypeAny>(schema: Schema, answer: JsonAnswer, call: Call): z.infer<Schema> {
	const parsed = schema.safeParse(answer.json);
	if (parsed.success) return parsed.data;
	const where = parsed.error.issues[0]?.path.join('.') ?? '';
	const done =
		call.effect === 'read'
			? ''
			: ` It may have done what was asked: ${call.findOut ?? 'look in WATI before you run this item again.'}`;
	throw new RequestError(
		call.effect === 'read' ? 'badAnswer' : 'outcomeUnknown',
		`WATI answered in an unexpected form when asked to ${call.purpose}`,
		{
			status: answer.status,
			field: where === '' ? undefined : where,
			description: `${where === '' ? 'The answer as a whole' : `"${where}" of the answer`} is not as WATI documents it.${done}`,
		},
	);
}

export interface PageRequest<Item> {
	call: Omit<Call, 'effect' | 'method'>;
	/** Reads the entries of one page. */
	entries(answer: JsonAnswer, call: Call): Item[];
	/** All entries when left out. */
	limit?: number;
}

/** Pages of 100 (page_number and page_size are both mandatory), until a short page or the limit. */
export async function listPages<Item>(client: ApiClient, request: PageRequest<Item>): Promise<Item[]> {
	const items: Item[] = [];
	const limit = request.limit ?? Infinity;
	for await (const entries of pagesOf(client, request, Math.min(LIMITS.pageSize, limit))) {
		items.push(...entries);
		if (items.length >= limit) break;
	}
	return items.slice(0, limit);
}

/**
 * Page after page until a short one. What WATI answers beyond the last page is not documented: a page that is the same as the
 * one before is taken for the end as well, or the list would never come to one.
 */
export async function* pagesOf<Item>(
	client: ApiClient,
	request: PageRequest<Item>,
	size: number,
): AsyncGenerator<Item[], void> {
	let before: string | undefined;
	for (let page = 1; ; page++) {
		const entries = await onePage(client, request, page, size);
		const content = JSON.stringify(entries);
		if (content === before) return;
		yield entries;
		if (entries.length < size) return;
		before = content;
	}
}

/** One page, for lists that a builder scrolls through. */
export async function onePage<Item>(
	client: ApiClient,
	request: PageRequest<Item>,
	page: number,
	size: number,
): Promise<Item[]> {
	const call: Call = {
		...request.call,
		effect: 'read',
		method: 'GET',
		query: { ...request.call.query, page_number: page, page_size: size },
	};
	return request.entries(await client.json(call), call);
}
