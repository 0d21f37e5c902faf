import axios, { type AxiosInstance, type AxiosResponse } from 'axios';

import { ZohoSimulator } from './zohoSimulator';

/** A started simulator and a caller with a token of the given scopes; stops after the tests of the file. */
export function useZoho(scopes?: string): {
	zoho: ZohoSimulator;
	call: () => AxiosInstance;
	coql: (query: string) => Promise<AxiosResponse>;
} {
	const zoho = new ZohoSimulator();
	let caller: AxiosInstance | undefined;
	beforeAll(async () => {
		await zoho.start();
	});
	beforeEach(() => {
		zoho.reset();
		caller = plain(`${zoho.api.origin}/crm/v8`, {
			authorization: `Zoho-oauthtoken ${zoho.grant(scopes).access_token}`,
		});
	});
	afterAll(async () => await zoho.stop());
	const call = (): AxiosInstance => caller ?? plain(zoho.api.origin);
	return { zoho, call, coql: async (query) => await call().post('/coql', { select_query: query }) };
}

/** Axios that throws at no status and follows no redirect. */
export const plain = (baseURL: string, headers: Record<string, string> = {}): AxiosInstance =>
	axios.create({ baseURL, headers, validateStatus: () => true, maxRedirects: 0 });
