import { defaultClient, ZohoSimulator, type SignedIn } from '../../simulators/zoho';
import { email, orNull, type CrmFixture } from './types';

export function zohoFixture(): CrmFixture & { simulator: ZohoSimulator } {
	const simulator = new ZohoSimulator();
	let signedIn: SignedIn | undefined;
	return {
		simulator,
		name: 'Zoho CRM',
		node: 'zohoCreateOrUpdateContact',
		credentialType: 'zohoConnectionOAuth2Api',
		fields: { key: 'Email', name: 'Last_Name', text: 'Title', summary: 'Conversation_Summary', marker: 'Origin' },
		credentialData() {
			signedIn ??= simulator.grant();
			return {
				dataCenter: 'custom',
				accountsUrl: simulator.accounts.origin,
				clientId: defaultClient.id,
				clientSecret: defaultClient.secret,
				oauthTokenData: { ...signedIn },
			};
		},
		start: async () => void (await simulator.start()),
		stop: async () => await simulator.stop(),
		reset: () => simulator.resetContacts(),
		clearTraffic: () => simulator.api.resetTraffic(),
		seed({ person, text, summary, madeBy, createdAt }) {
			return simulator.addContact(
				{
					Last_Name: `Sample${person}`,
					Email: email(person),
					...(text === undefined ? {} : { Title: text }),
					...(summary === undefined ? {} : { Conversation_Summary: summary }),
					...(madeBy === 'marker' ? { Origin: 'n8n' } : {}),
				},
				{
					createdBy: madeBy === 'connectedUser' ? 'integration' : 'colleague',
					...(createdAt === undefined ? {} : { createdAt }),
				},
			);
		},
		stored: (person) =>
			simulator.contacts.having('Email', email(person)).map((row) => {
				const value = (field: string): string | null => orNull(row[field]);
				return { id: row.id, text: value('Title'), summary: value('Conversation_Summary'), marker: value('Origin') };
			}),
		key: email,
		calls: () => simulator.api.log.length,
		writes: () => simulator.api.log.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/coql')).length,
		latency: (ms) => void (simulator.api.latencyMs = ms),
	};
}
