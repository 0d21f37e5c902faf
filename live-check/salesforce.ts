import { z } from 'zod';

import { axiosTransport } from '../http/axiosTransport';
import { parseSalesforceConnection, salesforceCredential } from '../vendors/salesforce/connection';
import { DATA_PATH, SalesforceApi } from '../vendors/salesforce/api';
import { soqlText } from '../vendors/salesforce/soql';
import { salesforceFields } from '../vendors/salesforce/fields';
import { asError } from '../http/errors';
import { ask, describe } from './ask';
import { upsertCheck } from './upsert';
import { salesforceDirectory } from '../vendors/salesforce/directory';
import type { Config, VendorChecks } from './types';

const records = z.object({ records: z.array(z.object({ Id: z.string() })).catch([]) }).catch({ records: [] });

export function salesforceChecks(config: NonNullable<Config['salesforce']>): VendorChecks {
	const token = { instance_url: config.instanceUrl, access_token: config.accessToken };
	const connection = parseSalesforceConnection(salesforceCredential.parse({ oauthTokenData: token }));
	const headers = { Authorization: `Bearer ${config.accessToken}` };
	const api = new SalesforceApi(axiosTransport({ authorize: () => headers }), connection);
	const url = (path: string): string => `${connection.origin}${DATA_PATH}${path}`;
	return {
		vendor: 'Salesforce',
		async connect() {
			try {
				await salesforceFields(api);
				return undefined;
			} catch (thrown) {
				return asError(thrown).message;
			}
		},
		checks: [
			{
				question: 'Is the pinned API version served, and what limits does it tell?',
				place: 'vendors/salesforce/api.ts, API_VERSION',
				async ask() {
					const answer = await ask({ url: url('/limits'), headers });
					return {
						answer: `${answer.status} ${answer.headers['sforce-limit-info'] ?? 'no Sforce-Limit-Info'}`,
						asAssumed: answer.status === 200,
					};
				},
			},
			{
				question: 'What does a stray backslash in a query get?',
				place: 'vendors/salesforce/soql.ts',
				async ask() {
					const answer = await ask({
						url: url(`/query?q=${encodeURIComponent("SELECT Id FROM Contact WHERE Email = 'a\\q'")}`),
						headers,
					});
					return { answer: describe(answer), asAssumed: answer.status === 400 };
				},
			},
			{
				question: 'How many queries does one /composite take?',
				place: 'vendors/salesforce/queries.ts',
				async ask() {
					const compositeRequest = Array.from({ length: 6 }, (_, index) => ({
						method: 'GET',
						url: `${DATA_PATH}/query?q=${encodeURIComponent("SELECT Id FROM Contact WHERE Email = 'nobody@example.invalid'")}`,
						referenceId: `q${index}`,
					}));
					const answer = await ask({ method: 'POST', url: url('/composite'), headers, json: { compositeRequest } });
					return { answer: `six: ${describe(answer)}` };
				},
			},
			upsertCheck('email', async () => {
				const fields = (await salesforceFields(api)).map(({ id, label, type }) => ({ id, label, type }));
				return {
					directory: salesforceDirectory(api, fields, { saveAnyway: false }),
					key: { field: 'Email', label: 'Email' },
					name: 'LastName',
					text: 'Title',
				};
			}),
			{
				question: 'Is null refused for a checkbox?',
				place: 'vendors/salesforce/values.ts, toSalesforce (sends false)',
				writes: 'email',
				async ask({ email }) {
					const soql = `SELECT Id FROM Contact WHERE Email = ${soqlText(email)} LIMIT 1`;
					const found = await ask({ url: url(`/query?q=${encodeURIComponent(soql)}`), headers });
					const id = records.parse(found.body).records[0]?.Id;
					if (id === undefined) return { answer: 'no contact to try it on' };
					const json = { DoNotCall: null };
					const answer = await ask({ method: 'PATCH', url: url(`/sobjects/Contact/${id}`), headers, json });
					return { answer: describe(answer), asAssumed: answer.status === 400 };
				},
			},
		],
	};
}
