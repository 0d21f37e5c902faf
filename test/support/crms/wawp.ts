import { WawpSimulator } from '../../simulators/wawp';
import { orNull, phone, type CrmFixture } from './types';

/** Wawp has two names and nothing else: the last name stands for the text. */
export function wawpFixture(): CrmFixture & { simulator: WawpSimulator } {
	const simulator = new WawpSimulator();
	const chatId = (person: number): string => `${phone(person)}@c.us`;
	return {
		simulator,
		name: 'Wawp',
		node: 'wawpCreateOrUpdateContact',
		credentialType: 'wawpConnectionApi',
		fields: { key: 'phone', name: 'firstName', text: 'lastName' },
		credentialData: () => ({
			instanceId: simulator.instanceId,
			accessToken: simulator.accessToken,
			apiEndpoint: simulator.origin,
		}),
		start: async () => void (await simulator.start()),
		stop: async () => await simulator.stop(),
		reset: () => simulator.reset(),
		clearTraffic: () => simulator.api.resetTraffic(),
		seed({ person, text }) {
			simulator.addContact({ id: chatId(person), firstName: `Sample${person}`, lastName: text ?? '' });
			return chatId(person);
		},
		stored(person) {
			const contact = simulator.contacts.get(chatId(person));
			return contact ? [{ id: contact.id, text: orNull(contact.lastName), summary: null, marker: null }] : [];
		},
		key: (person) => `+${phone(person)}`,
		calls: () => simulator.api.log.length,
		writes: () => simulator.api.log.filter(({ method }) => method === 'PUT').length,
		latency: (ms) => void (simulator.api.latencyMs = ms),
	};
}
