import axios, { type AxiosRequestConfig } from 'axios';

import { WatiSimulator, type WatiOptions } from './watiSimulator';

export interface Answer {
	status: number;
	data: unknown;
	headers: Record<string, unknown>;
}

/** A running simulator with a plain HTTP client that takes every status. Paths are relative to `/api/ext/v3`. */
export interface Harness {
	readonly wati: WatiSimulator;
	call(method: string, path: string, body?: unknown, more?: AxiosRequestConfig): Promise<Answer>;
}

/** One simulator for a test file, fresh before each test. */
export function withWati(options: WatiOptions = {}): Harness {
	const wati = new WatiSimulator(options);
	beforeAll(async () => await wati.start());
	beforeEach(() => wati.reset());
	afterAll(async () => await wati.stop());
	return {
		wati,
		call: async (method, path, body, more = {}) => {
			const { headers, ...rest } = more;
			const {
				status,
				data,
				headers: answered,
			} = await axios.request<unknown>({
				method,
				url: path.startsWith('//') ? `${wati.origin}${path.slice(1)}` : `${wati.origin}/api/ext/v3${path}`,
				data: body,
				headers: { authorization: `Bearer ${wati.token}`, ...headers },
				validateStatus: () => true,
				maxRedirects: 0,
				...rest,
			});
			return { status, data, headers: { ...answered } };
		},
	};
}

/** What a 400 of v3 looks like. */
export const refused = (message: string | RegExp = /./, code = 400) => ({
	status: 400,
	data: {
		code,
		message: typeof message === 'string' ? message : expect.stringMatching(message),
		timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
	},
});
