import axios from 'axios';
import { z } from 'zod';

import type { N8nClient } from '../host/n8nClient';

/**
 * Connects an OAuth2 credential as a person does in the dialog, without a browser: n8n gives the consent address,
 * the vendor's simulator consents at once and sends the code back to n8n's callback.
 */
export async function connectOAuth(host: N8nClient, credentialId: string): Promise<void> {
	const { baseUrl, cookie, browserId } = host.connection;
	const http = axios.create({ proxy: false, maxRedirects: 0, validateStatus: () => true });
	const headers = { cookie, 'browser-id': browserId };
	const start = await http.get<unknown>(`${baseUrl}/rest/oauth2-credential/auth?id=${credentialId}`, { headers });
	const consentUrl = z.object({ data: z.string() }).parse(start.data).data;
	const consent = await http.get<unknown>(consentUrl);
	const back = z.string().parse(consent.headers.location);
	const done = await http.get<unknown>(back, { headers });
	const page = String(done.data);
	if (!/connection successful|connected|successful/i.test(page)) {
		throw new Error(
			`n8n did not accept the consent: ${page
				.replace(/<[^>]+>/g, ' ')
				.replace(/\s+/g, ' ')
				.slice(0, 300)}`,
		);
	}
}
