import { z } from 'zod';

import { axiosTransport } from '../http/axiosTransport';
import { asError } from '../http/errors';
import { API, parseZohoConnection, zohoApi } from '../vendors/zoho/connection';
import { zohoDirectory } from '../vendors/zoho/directory';
import { zohoFields } from '../vendors/zoho/fields';
import { ask, describe } from './ask';
import { upsertCheck } from './upsert';
import type { Config, VendorChecks } from './types';

const rows = z.object({ data: z.array(z.object({ Email: z.string().catch('') })).catch([]) }).catch({ data: [] });

export function zohoChecks(config: NonNullable<Config['zoho']>): VendorChecks {
	const token = { api_domain: config.apiDomain, access_token: config.accessToken };
	const connection = parseZohoConnection(token);
	const headers = { Authorization: `Bearer ${config.accessToken}` };
	const api = zohoApi(axiosTransport({ authorize: () => headers }), connection, async () => token);
	const coql = async (query: string) =>
		await ask({ method: 'POST', url: `${connection.origin}${API}/coql`, headers, json: { select_query: query } });
	return {
		vendor: 'Zoho CRM',
		async connect() {
			try {
				await zohoFields(api);
				return undefined;
			} catch (thrown) {
				return asError(thrown).message;
			}
		},
		checks: [
			{
				question: 'What does COQL answer when no contact matches?',
				place: 'vendors/zoho/query.ts',
				async ask() {
					const answer = await coql("select id from Contacts where Email = 'nobody@example.invalid' limit 1");
					return { answer: describe(answer), asAssumed: answer.status === 204 || answer.status === 200 };
				},
			},
			{
				question: "Is a doubled quote read as one (O''Neil)?",
				place: 'vendors/zoho/coql.ts',
				async ask() {
					const answer = await coql("select id from Contacts where Email = 'o''neil@example.invalid' limit 1");
					return { answer: describe(answer), asAssumed: answer.status < 300 };
				},
			},
			{
				question: 'Which rows does COQL give at most?',
				place: 'vendors/zoho/query.ts',
				async ask() {
					const answer = await coql('select id from Contacts where Email is not null limit 2000');
					const body = answer.body as { data?: unknown[] };
					return {
						answer: `${answer.status}, ${Array.isArray(body?.data) ? body.data.length : 'no'} rows of up to 2,000 asked for`,
					};
				},
			},
			{
				question: 'Does COQL tell upper case from lower case in an email?',
				place: 'vendors/zoho/directory.ts, spellings (asks for both)',
				async ask() {
					const some = rows.parse((await coql('select Email from Contacts where Email is not null limit 1')).body)
						.data[0];
					if (!some) return { answer: 'no contact with an email to try it on' };
					const email = some.Email.replaceAll("'", "''");
					const counts = [email.toLowerCase(), email.toUpperCase()].map(async (spelling) => {
						const answer = await coql(`select id from Contacts where Email = '${spelling}' limit 1`);
						return rows.parse(answer.body).data.length;
					});
					return { answer: `found in lower case: ${await counts[0]}, in upper case: ${await counts[1]}` };
				},
			},
			{
				question: 'Does "Bearer" work beside "Zoho-oauthtoken"?',
				place: 'http/n8nTransport.ts (n8n sends Bearer)',
				async ask() {
					const answer = await ask({ url: `${connection.origin}${API}/users?type=CurrentUser`, headers });
					return { answer: `${answer.status}`, asAssumed: answer.status === 200 };
				},
			},
			upsertCheck('email', async () => {
				const fields = (await zohoFields(api)).map(({ id, label, type }) => ({ id, label, type }));
				return {
					directory: zohoDirectory(api, fields, { allowUpdate: true }),
					key: { field: 'Email', label: 'Email' },
					name: 'Last_Name',
					text: 'Title',
				};
			}),
		],
	};
}
