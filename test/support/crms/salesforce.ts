import { SALESFORCE_CLIENT, SalesforceSimulator, type Session } from '../../simulators/salesforce';
import { email, orNull, type CrmFixture } from './types';

const COLLEAGUE = {
	name: 'A Colleague',
	username: 'colleague@example.com',
	email: 'colleague@example.com',
	password: 'unused',
};

export function salesforceFixture(): CrmFixture & { simulator: SalesforceSimulator } {
	const simulator = new SalesforceSimulator();
	let session: Session | undefined;
	return {
		simulator,
		name: 'Salesforce',
		node: 'salesforceCreateOrUpdateContact',
		credentialType: 'salesforceConnectionOAuth2Api',
		fields: { key: 'Email', name: 'LastName', text: 'Title', summary: 'Conversation_Summary__c', marker: 'Origin__c' },
		credentialData() {
			session ??= simulator.openSession();
			return {
				environment: 'myDomain',
				myDomain: simulator.origin,
				grantType: 'pkce',
				clientId: SALESFORCE_CLIENT.id,
				clientSecret: SALESFORCE_CLIENT.secret,
				oauthTokenData: {
					access_token: session.token,
					instance_url: simulator.instanceUrl,
					id: session.identityUrl,
					token_type: 'Bearer',
				},
			};
		},
		start: async () => void (await simulator.start()),
		stop: async () => await simulator.stop(),
		reset() {
			simulator.contacts.clear();
			simulator.resetTraffic();
		},
		clearTraffic: () => simulator.resetTraffic(),
		seed({ person, text, summary, madeBy, createdAt }) {
			return simulator.addContact({
				LastName: `Sample${person}`,
				Email: email(person),
				...(text === undefined ? {} : { Title: text }),
				...(summary === undefined ? {} : { Conversation_Summary__c: summary }),
				...(madeBy === 'marker' ? { Origin__c: 'n8n' } : {}),
				...(madeBy === 'connectedUser' ? {} : { CreatedById: colleague(simulator) }),
				...(createdAt === undefined ? {} : { CreatedDate: createdAt.toISOString().replace('Z', '+0000') }),
			});
		},
		stored: (person) =>
			simulator.contactsByEmail(email(person)).map((record) => ({
				id: String(record.Id),
				text: orNull(record.Title),
				summary: orNull(record.Conversation_Summary__c),
				marker: orNull(record.Origin__c),
			})),
		key: email,
		calls: () => simulator.log.length,
		writes: () => simulator.log.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/composite')).length,
		latency: (ms) => void (simulator.latencyMs = ms),
	};
}

function colleague(simulator: SalesforceSimulator): string {
	const known = simulator.org.users.find(({ username }) => username === COLLEAGUE.username);
	return (known ?? simulator.addUser(COLLEAGUE)).id;
}
