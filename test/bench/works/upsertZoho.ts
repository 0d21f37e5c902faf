import { allScopes, defaultClient, ZohoSimulator } from '../../simulators/zoho';
import { connected } from '../credentials';
import { single } from '../graph';
import { mapFields } from '../mapper';
import { checkPeople, knownPeople, people, writes } from '../people';
import type { Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.zohoCreateOrUpdateContact';

/** Values of one COQL `in`, and rows of one write (Kaizen #183; upsert records, v8). */
const BATCH = 100;

/** The Standard edition; Free has 5, Ultimate 25 (Kaizen #203). */
const CONCURRENCY = 10;

export const upsertZoho: Work = {
	work: 'upsert',
	vendor: 'zoho',
	node,
	async open(host) {
		const zoho = await new ZohoSimulator().start();
		const client = { clientId: defaultClient.id, clientSecret: defaultClient.secret };
		const oauthTokenData = { ...zoho.grant(allScopes) };
		const builtInCredential = await connected(host, 'zohoOAuth2Api', {
			authUrl: 'https://accounts.zoho.com/oauth/v2/auth',
			accessTokenUrl: 'https://accounts.zoho.com/oauth/v2/token',
			...client,
			oauthTokenData,
		});
		return {
			async ours() {
				const credential = await connected(host, 'zohoConnectionOAuth2Api', {
					dataCenter: 'custom',
					accountsUrl: zoho.accounts.origin,
					...client,
					oauthTokenData,
				});
				const credentials = { zohoConnectionOAuth2Api: credential };
				const fields = await mapFields(
					host,
					{ nodeType: node, credentials },
					{
						Email: '={{ $json.email }}',
						Last_Name: '={{ $json.lastName }}',
						First_Name: '={{ $json.firstName }}',
						Phone: '={{ $json.phone }}',
						Title: '={{ $json.plan }}',
						// The account's layout makes it mandatory, so the node does, too.
						Branch: '={{ $json.city }}',
					},
				);
				return {
					by: 'Zoho CRM Create or Update Contact',
					graph: single('Create or Update', { type: node, parameters: { fields, options: {} }, credentials }),
				};
			},
			builtIn: [
				{
					by: 'Zoho CRM node: Contact > Create or Update',
					graph: single('Upsert', {
						type: 'n8n-nodes-base.zohoCrm',
						typeVersion: 1,
						parameters: {
							resource: 'contact',
							operation: 'upsert',
							lastName: '={{ $json.lastName }}',
							additionalFields: {
								Email: '={{ $json.email }}',
								First_Name: '={{ $json.firstName }}',
								Phone: '={{ $json.phone }}',
								Title: '={{ $json.plan }}',
							},
						},
						credentials: { zohoOAuth2Api: builtInCredential },
					}),
				},
			],
			prepare(scenario, latencyMs) {
				zoho.resetContacts();
				for (const { email, firstName, lastName, phone, plan, city } of knownPeople(scenario)) {
					zoho.addContact({
						Email: email,
						First_Name: firstName,
						Last_Name: lastName,
						Phone: phone,
						Title: plan,
						Branch: city,
					});
				}
				zoho.api.latencyMs = latencyMs;
			},
			items: ({ contacts }) => people(contacts).map((person) => ({ ...person })),
			requests: () => [...zoho.accounts.log, ...zoho.api.log],
			check(scenario) {
				checkPeople(
					scenario,
					zoho.contacts.all().map(({ Email, Title }) => ({ key: Email, plan: Title })),
				);
			},
			limit(scenario) {
				const { creates, updates } = writes(scenario);
				return {
					steps: [Math.ceil(scenario.contacts / BATCH), Math.ceil((creates + updates) / BATCH)],
					concurrency: CONCURRENCY,
				};
			},
			close: () => zoho.stop(),
		};
	},
};
