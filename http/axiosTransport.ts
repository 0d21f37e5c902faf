import axios, { isAxiosError } from 'axios';

import { asError } from './errors';
import { asStream, connectionFailure, plainHeaders } from './transportParts';
import { isStreamBody, type Transport } from './types';

export interface AxiosTransportOptions {
	/** Headers that carry the credential, asked for anew at each request. */
	authorize(): Record<string, string> | Promise<Record<string, string>>;
}

/** The transport outside n8n: end-to-end tests, demo and live check. Not part of the published package. */
export function axiosTransport(options: AxiosTransportOptions): Transport {
	return {
		async send(request) {
			const data = isStreamBody(request.body) ? await request.body.open() : request.body;
			try {
				const response = await axios.request<unknown>({
					method: request.method,
					url: request.url,
					headers: {
						...request.headers,
						...(isStreamBody(request.body) ? { 'content-type': request.body.contentType } : {}),
						...(await options.authorize()),
					},
					data,
					responseType: 'stream',
					timeout: request.timeoutMs,
					maxRedirects: 0,
					validateStatus: () => true,
				});
				const headers = Object.fromEntries(
					Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
				);
				return { status: response.status, headers: plainHeaders(headers), body: asStream(response.data) };
			} catch (thrown) {
				throw isAxiosError(thrown) ? connectionFailure(thrown.code ?? '', thrown.message) : asError(thrown);
			}
		},
		sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
		now: () => Date.now(),
		isCancelled: () => false,
	};
}
