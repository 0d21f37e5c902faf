import type { CredentialRef, NodeSpec } from '../../host/workflowBuilder';
import { SALESFORCE_CLIENT, SalesforceSimulator } from '../../simulators/salesforce';
import { connected } from '../credentials';
import { isTrue, ITEMS, lookUpThenWrite, oneByOne, single, type Graph } from '../graph';
import { createOrUpdate } from '../mapper';
import { checkPeople, knownPeople, peopleItems, writes } from '../people';
import type { Limit, Scenario, Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.salesforceCreateOrUpdateContact';

/** Rows of one collections call (sObject Collections). */
const ROWS = 200;

/**
 * A query stands in a request line of at most 16,384 bytes, where an address of 30 characters takes 39 with its quotes and
 * comma; a composite call carries five queries (Composite resource, limits).
 */
const ADDRESSES = 5 * Math.floor(16_000 / 39);

/** Calls of 20 seconds and more that may be in progress (limits of the platform API); shorter ones are not limited. */
const CONCURRENCY = 25;

const OUR_FIELDS = {
	Email: '={{ $json.email }}',
	LastName: '={{ $json.lastName }}',
	FirstName: '={{ $json.firstName }}',
	Phone: '={{ $json.phone }}',
	Title: '={{ $json.plan }}',
};

const item = `$('${ITEMS}').item.json`;

export const upsertSalesforce: Work = {
	work: 'upsert',
	vendor: 'salesforce',
	node,
	async open(host) {
		const salesforce = await new SalesforceSimulator({ org: { dailyApiRequests: 10_000_000 } }).start();
		const signedIn = signIn(salesforce);
		const builtInNode = builtInNodes(
			await connected(host, 'salesforceOAuth2Api', { environment: 'production', ...signedIn }),
		);
		return {
			async ours() {
				const type = 'salesforceConnectionOAuth2Api';
				const connection = { environment: 'production', grantType: 'pkce', ...signedIn };
				const credentials = { [type]: await connected(host, type, connection) };
				const by = 'Salesforce Create or Update Contact';
				return await createOrUpdate(host, by, { nodeType: node, credentials }, OUR_FIELDS);
			},
			builtIn: [
				{
					by: 'Salesforce node: Contact > Create or Update, by external ID',
					graph: byExternalId(builtInNode),
				},
				{
					by: 'Loop Over Items: Salesforce node (Search > Query by email), IF, Salesforce node (Contact > Update or Create)',
					graph: oneByOne(byEmail(builtInNode)),
					only: ['new'],
				},
			],
			prepare(scenario, latencyMs) {
				salesforce.resetTraffic();
				salesforce.contacts.clear();
				addKnown(scenario, salesforce);
				salesforce.latencyMs = latencyMs;
			},
			items: peopleItems,
			requests: () => salesforce.log,
			check(scenario) {
				const held = [...salesforce.contacts.values()];
				checkPeople(
					scenario,
					held.map(({ Email, Title }) => ({ key: Email, plan: Title })),
				);
			},
			limit,
			close: () => salesforce.stop(),
		};
	},
};

/** What either connection holds after its consent. */
function signIn(salesforce: SalesforceSimulator) {
	const { token, identityUrl } = salesforce.openSession();
	return {
		clientId: SALESFORCE_CLIENT.id,
		clientSecret: SALESFORCE_CLIENT.secret,
		oauthTokenData: {
			access_token: token,
			token_type: 'Bearer',
			instance_url: salesforce.instanceUrl,
			id: identityUrl,
		},
	};
}

type BuiltInNode = (parameters: Record<string, unknown>, settings?: Record<string, unknown>) => NodeSpec;

const builtInNodes =
	(credential: CredentialRef): BuiltInNode =>
	(parameters, settings) => ({
		type: 'n8n-nodes-base.salesforce',
		typeVersion: 1,
		parameters: { authentication: 'oAuth2', ...parameters },
		credentials: { salesforceOAuth2Api: credential },
		settings,
	});

function byExternalId(builtInNode: BuiltInNode): Graph {
	const upsert = builtInNode({
		resource: 'contact',
		operation: 'upsert',
		externalId: 'External_Id__c',
		externalIdValue: '={{ $json.email }}',
		lastname: '={{ $json.lastName }}',
		additionalFields: {
			email: '={{ $json.email }}',
			firstName: '={{ $json.firstName }}',
			phone: '={{ $json.phone }}',
			title: '={{ $json.plan }}',
		},
	});
	return single('Upsert', upsert);
}

/** What a builder does who has no external ID: the node's own operations match by the record's ID only. */
function byEmail(builtInNode: BuiltInNode): Graph {
	const values = {
		firstName: `={{ ${item}.firstName }}`,
		phone: `={{ ${item}.phone }}`,
		title: `={{ ${item}.plan }}`,
	};
	return lookUpThenWrite({
		lookUp: builtInNode(
			{
				resource: 'search',
				operation: 'query',
				query: "=SELECT Id FROM Contact WHERE Email = '{{ $json.email }}'",
			},
			{ alwaysOutputData: true },
		),
		isKnown: isTrue('={{ $json.Id !== undefined }}'),
		update: builtInNode({
			resource: 'contact',
			operation: 'update',
			contactId: '={{ $json.Id }}',
			updateFields: { ...values, lastName: `={{ ${item}.lastName }}` },
		}),
		create: builtInNode({
			resource: 'contact',
			operation: 'create',
			lastname: `={{ ${item}.lastName }}`,
			additionalFields: { ...values, email: `={{ ${item}.email }}` },
		}),
	});
}

function addKnown(scenario: Scenario, salesforce: SalesforceSimulator): void {
	for (const { email, firstName, lastName, phone, plan } of knownPeople(scenario)) {
		salesforce.addContact({
			Email: email,
			FirstName: firstName,
			LastName: lastName,
			Phone: phone,
			Title: plan,
			External_Id__c: email,
		});
	}
}

function limit(scenario: Scenario): Limit {
	const { creates, updates } = writes(scenario);
	return {
		steps: [Math.ceil(scenario.contacts / ADDRESSES), Math.ceil(creates / ROWS) + Math.ceil(updates / ROWS)],
		concurrency: CONCURRENCY,
	};
}
