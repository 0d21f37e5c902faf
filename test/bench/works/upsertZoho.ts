import type { CredentialRef } from '../../host/workflowBuilder';
import { allScopes, defaultClient, ZohoSimulator } from '../../simulators/zoho';
import { connected } from '../credentials';
import { single } from '../graph';
import { createOrUpdate } from '../mapper';
import { checkPeople, knownPeople, peopleItems, writes } from '../people';
import type { Contender, Limit, Scenario, Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.zohoCreateOrUpdateContact';

/** Values of one COQL `in`, and rows of one write (Kaizen #183; upsert records, v8). */
const BATCH = 100;

/** The Standard edition; Free has 5, Ultimate 25 (Kaizen #203). */
const CONCURRENCY = 10;

const OUR_FIELDS = {
	Email: '={{ $json.email }}',
	Last_Name: '={{ $json.lastName }}',
	First_Name: '={{ $json.firstName }}',
	Phone: '={{ $json.phone }}',
	Title: '={{ $json.plan }}',
	// The account's layout makes it mandatory, so the node does, too.
	Branch: '={{ $json.city }}',
};

export const upsertZoho: Work = {
	work: 'upsert',
	vendor: 'zoho',
	node,
	async open(host) {
		const zoho = await new ZohoSimulator().start();
		const signedIn = {
			clientId: defaultClient.id,
			clientSecret: defaultClient.secret,
			oauthTokenData: { ...zoho.grant(allScopes) },
		};
		const builtInCredential = await connected(host, 'zohoOAuth2Api', {
			authUrl: 'https://accounts.zoho.com/oauth/v2/auth',
			accessTokenUrl: 'https://accounts.zoho.com/oauth/v2/token',
			...signedIn,
		});
		return {
			async ours() {
				const type = 'zohoConnectionOAuth2Api';
				const connection = { dataCenter: 'custom', accountsUrl: zoho.accounts.origin, ...signedIn };
				const credentials = { [type]: await connected(host, type, connection) };
				const by = 'Zoho CRM Create or Update Contact';
				return await createOrUpdate(host, by, { nodeType: node, credentials }, OUR_FIELDS);
			},
			builtIn: [builtInUpsert(builtInCredential)],
			prepare(scenario, latencyMs) {
				zoho.resetContacts();
				addKnown(scenario, zoho);
				zoho.api.latencyMs = latencyMs;
			},
			items: peopleItems,
			requests: () => [...zoho.accounts.log, ...zoho.api.log],
			check(scenario) {
				const held = zoho.contacts.all();
				checkPeople(
					scenario,
					held.map(({ Email, Title }) => ({ key: Email, plan: Title })),
				);
			},
			limit,
			close: () => zoho.stop(),
		};
	},
};

function builtInUpsert(credential: CredentialRef): Contender {
	const upsert = {
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
		credentials: { zohoOAuth2Api: credential },
	};
	return { by: 'Zoho CRM node: Contact > Create or Update', graph: single('Upsert', upsert) };
}

function addKnown(scenario: Scenario, zoho: ZohoSimulator): void {
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
}

function limit(scenario: Scenario): Limit {
	const { creates, updates } = writes(scenario);
	return {
		steps: [Math.ceil(scenario.contacts / BATCH), Math.ceil((creates + updates) / BATCH)],
		concurrency: CONCURRENCY,
	};
}
