import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { orNull, phone, type CrmFixture } from './types';

export function watiFixture(): CrmFixture & { simulator: WatiSimulator } {
	const simulator = new WatiSimulator();
	return {
		simulator,
		name: 'WATI',
		node: 'watiCreateOrUpdateContact',
		credentialType: 'watiConnectionApi',
		fields: { key: 'whatsappNumber', name: 'name', text: 'city', summary: 'summary', marker: 'created_by' },
		credentialData: () => ({ apiEndpoint: `${simulator.origin}/12345`, accessToken: simulator.token }),
		start: async () => void (await simulator.start()),
		stop: async () => await simulator.stop(),
		reset: () => simulator.reset(),
		clearTraffic: () => simulator.resetTraffic(),
		seed({ person, text, summary, madeBy, createdAt }) {
			const attributes = {
				...(text === undefined ? {} : { city: text }),
				...(summary === undefined ? {} : { summary }),
				...(madeBy === 'marker' ? { created_by: 'n8n' } : {}),
			};
			return simulator.account.addContact({
				phone: phone(person),
				name: `Sample${person}`,
				attributes,
				...(createdAt === undefined ? {} : { created: createdAt }),
			}).id;
		},
		stored: (person) =>
			simulator.account.contactsByPhone(phone(person)).map(({ id, attributes }) => ({
				id,
				text: orNull(attributes.get('city')),
				summary: orNull(attributes.get('summary')),
				marker: orNull(attributes.get('created_by')),
			})),
		key: (person) => `+${phone(person)}`,
		calls: () => simulator.log.length,
		writes: () => simulator.log.filter(({ method }) => method !== 'GET').length,
		latency: (ms) => void (simulator.latencyMs = ms),
	};
}
