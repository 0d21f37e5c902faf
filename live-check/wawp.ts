import { axiosTransport } from '../http/axiosTransport';
import { parseWawpConnection, wawpApi } from '../vendors/wawp/connection';
import { testWawpSession } from '../vendors/wawp/session';
import { ask, describe } from './ask';
import type { Check, Config, VendorChecks } from './types';

export function wawpChecks(config: NonNullable<Config['wawp']>): VendorChecks {
	const connection = parseWawpConnection({ ...config, sendCredentialsIn: 'automatic' });
	const api = wawpApi(axiosTransport({ authorize: () => ({}) }), connection);
	const credentials = { instance_id: connection.instanceId, access_token: connection.token };
	const query = new URLSearchParams(credentials).toString();
	const headers = { Authorization: `Bearer ${connection.token}`, 'X-Instance-ID': connection.instanceId };
	const url = (path: string): string => `${connection.origin}/v2${path}`;

	const places: Check[] = [
		{ where: 'the headers', call: { headers, json: {} } },
		{ where: 'the body', call: { json: credentials } },
	].map(({ where, call }) => ({
		question: `Does Wawp take the credentials in ${where} (POST /session/info)?`,
		place: 'vendors/wawp/placement.ts',
		ask: async () => ({ answer: describe(await ask({ method: 'POST', url: url('/session/info'), ...call })) }),
	}));

	return {
		vendor: 'Wawp',
		connect: async () => await testWawpSession(api),
		checks: [
			...places,
			{
				question: 'Does a look-up take the credentials in the headers (GET /contacts)?',
				place: 'vendors/wawp/placement.ts',
				ask: async () => ({
					answer: describe(await ask({ url: url('/contacts?contactId=88800000000@c.us'), headers })),
				}),
			},
			{
				question: 'What does a look-up answer for a number that is not saved?',
				place: 'vendors/wawp/contacts.ts',
				ask: async () => ({
					answer: describe(await ask({ url: url(`/contacts?contactId=88800000000@c.us&${query}`) })),
				}),
			},
			{
				question: 'What does PUT /contacts/{chatId} answer, and is the name there afterwards?',
				place: 'vendors/wawp/directory.ts',
				writes: 'phone',
				async ask({ phone }) {
					const names = { firstName: 'Live', lastName: 'Check' };
					const put = await ask({
						method: 'PUT',
						url: url(`/contacts/${phone}@c.us`),
						headers,
						json: { ...credentials, ...names },
					});
					const after = await ask({ url: url(`/contacts?contactId=${phone}@c.us&${query}`) });
					return { answer: `${describe(put)}; afterwards ${describe(after)}` };
				},
			},
		],
	};
}
