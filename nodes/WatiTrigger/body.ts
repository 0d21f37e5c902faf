import { z } from 'zod';

import { isDeeper } from '../../http/answer';
import { readEventSchema, type DeliveredEvent } from './delivered';

/** Bytes. WATI's events have some 2 kB. */
const LARGEST_BODY = 1024 * 1024;
/** Levels of objects and lists inside one another. WATI's events have 2. */
const DEEPEST = 20;
const MOST_EVENTS = 1000;

const requestSchema = z.object({
	rawBody: z.instanceof(Uint8Array).optional().catch(undefined),
	headers: z
		.object({
			'content-length': z.coerce.number().optional().catch(undefined),
			'content-type': z.string().optional().catch(''),
		})
		.catch({}),
});

/**
 * The events of a request: one, or a list of them. What is no event is left out.
 * @param request as Express has it, with the bytes that n8n has read.
 * @returns `undefined` for a body that is too large, too deep, or no JSON of events. WATI sends nothing else, while n8n also reads forms and XML.
 */
export function readBody(request: unknown, body: unknown): DeliveredEvent[] | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	if (!isJson(request) || sizeOf(request) > LARGEST_BODY || isDeeper(body, DEEPEST)) return undefined;
	const entries: unknown[] = Array.isArray(body) ? body : [body];
	if (entries.length > MOST_EVENTS) return undefined;
	const events = entries.flatMap((entry) => readEventSchema.safeParse(entry).data ?? []);
	return events.length > 0 ? events : undefined;
}

function isJson(request: unknown): boolean {
	const type = requestSchema.safeParse(request).data?.headers['content-type'];
	return type === undefined || /^application\/json\s*(;|$)/i.test(type);
}

function sizeOf(request: unknown): number {
	const parsed = requestSchema.safeParse(request);
	if (!parsed.success) return 0;
	return parsed.data.rawBody?.byteLength ?? parsed.data.headers['content-length'] ?? 0;
}
