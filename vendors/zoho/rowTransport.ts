import { z } from 'zod';

import { readText } from '../../http/answer';
import { ConnectionFailure, type AnswerStream, type Transport, type TransportResponse } from '../../http/types';

/** Statuses with which Zoho was seen to answer a write whose rows were all refused (B6: 202 and 400). */
const REFUSED = 400;

/** Answers with one word for each row. */
const MULTI_STATUS = 207;

/** A hundred refused rows are some 40 kB. */
const LONGEST = 1024 * 1024;

const rows = z.object({ data: z.array(z.object({ code: z.string() })).min(1) });

/**
 * Zoho's status of a write depends on how its rows fared, and not always in the same way, so that it tells nothing: an
 * answer that has rows is an answer, and goes on as one. A rate limit told by the rows stays a refusal.
 */
export function rowTransport(transport: Transport): Transport {
	return {
		sleep: async (ms) => await transport.sleep(ms),
		now: () => transport.now(),
		isCancelled: () => transport.isCancelled(),
		secrets: async () => (await transport.secrets?.()) ?? [],
		async send(request) {
			const response = await transport.send(request);
			if (response.status !== REFUSED || request.method === 'GET') return response;
			const limits = { maxBytes: LONGEST, until: transport.now() + request.timeoutMs, clock: transport };
			return asAnswer(response, await readText(response, limits));
		},
	};
}

function asAnswer(response: TransportResponse, read: Awaited<ReturnType<typeof readText>>): TransportResponse {
	if (typeof read !== 'string' && read.lost)
		throw new ConnectionFailure('lost', `The answer was not read: ${read.why}`);
	const text = typeof read === 'string' ? read : '';
	const body: AnswerStream = (async function* () {
		yield text;
	})();
	const parsed = rows.safeParse(parseJson(text));
	const tellsRows = parsed.success && !parsed.data.data.every(({ code }) => code === 'TOO_MANY_REQUESTS');
	return { ...response, body, status: tellsRows ? MULTI_STATUS : response.status };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
