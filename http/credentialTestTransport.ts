import { sleep, type ICredentialTestFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { asStream, connectionFailure, plainHeaders } from './transportParts';
import type { Transport } from './types';

const answer = z.object({
	statusCode: z.number(),
	headers: z.record(z.union([z.string(), z.array(z.string())])).catch({}),
	body: z.unknown(),
});
const thrownByHelper = z.object({
	code: z.string().nullish(),
	message: z.string().catch(''),
	cause: z.object({ code: z.string().nullish() }).nullish().catch(undefined),
});

/**
 * The transport while a connection is tested: n8n offers nothing there but its older `request` helper,
 * and the credential is not stored yet, so that its header is given here.
 */
export function credentialTestTransport(
	helpers: ICredentialTestFunctions['helpers'],
	authorization: Record<string, string>,
): Transport {
	return {
		async send(request) {
			try {
				const response: unknown = await helpers.request({
					method: request.method,
					uri: request.url,
					headers: { ...request.headers, ...authorization },
					...(typeof request.body === 'string' ? { body: request.body } : {}),
					resolveWithFullResponse: true,
					simple: false,
					followRedirect: false,
					followAllRedirects: false,
					timeout: request.timeoutMs,
				});
				const parsed = answer.parse(response);
				return { status: parsed.statusCode, headers: plainHeaders(parsed.headers), body: asStream(parsed.body) };
			} catch (thrown) {
				const parsed = thrownByHelper.catch({ message: '' }).parse(thrown);
				throw connectionFailure(parsed.code ?? parsed.cause?.code ?? '', parsed.message);
			}
		},
		sleep: async (ms) => await sleep(ms),
		now: () => Date.now(),
		isCancelled: () => false,
	};
}
