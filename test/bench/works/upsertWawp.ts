import { WawpSimulator } from '../../simulators/wawp';
import { oneByOne, single } from '../graph';
import { httpNode } from '../httpNodes';
import { mapFields } from '../mapper';
import { checkPeople, FORMER_PLAN, knownPeople, people, type Person } from '../people';
import type { Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.wawpCreateOrUpdateContact';

/** Wawp documents no number of parallel calls; this is what the package allows itself. */
const CONCURRENCY = 5;

const chatId = ({ phone }: Pick<Person, 'phone'>) => `${phone.slice(1)}@c.us`;

/** Wawp keeps two names and nothing else: the value that differs stands in the last name. */
const lastName = ({ lastName: name, plan }: Person) => `${name} ${plan}`;

export const upsertWawp: Work = {
	work: 'upsert',
	vendor: 'wawp',
	node,
	async open(host) {
		const wawp = await new WawpSimulator().start();
		const credential = await host.createCredential('wawpConnectionApi', 'Bench Wawp', {
			apiEndpoint: wawp.origin,
			instanceId: wawp.instanceId,
			accessToken: wawp.accessToken,
		});
		const auth = await host.createCredential('httpHeaderAuth', 'Bench Wawp header', {
			name: 'access-token',
			value: wawp.accessToken,
		});
		const put = single(
			'Put',
			httpNode({
				method: 'PUT',
				url: `=${wawp.origin}/v2/contacts/{{ $json.chatId }}?instance_id=${wawp.instanceId}`,
				auth,
				json: '{ firstName: $json.firstName, lastName: $json.lastName }',
			}),
		);
		return {
			async ours() {
				const credentials = { wawpConnectionApi: credential };
				const fields = await mapFields(
					host,
					{ nodeType: node, credentials },
					{
						chatId: '={{ $json.chatId }}',
						firstName: '={{ $json.firstName }}',
						lastName: '={{ $json.lastName }}',
					},
				);
				return {
					by: 'Wawp Create or Update Contact',
					graph: single('Create or Update', { type: node, parameters: { fields, options: {} }, credentials }),
				};
			},
			builtIn: [
				{ by: 'Loop Over Items: HTTP Request (PUT)', graph: oneByOne(put) },
				{ by: 'the same without the loop: all items at once, without any limit', graph: put },
			],
			prepare(scenario, latencyMs) {
				wawp.contacts.clear();
				wawp.api.resetTraffic();
				for (const person of knownPeople(scenario)) {
					wawp.addContact({ id: chatId(person), firstName: person.firstName, lastName: lastName(person) });
				}
				wawp.api.latencyMs = latencyMs;
			},
			items: ({ contacts }) =>
				people(contacts).map((person) => ({
					chatId: chatId(person),
					firstName: person.firstName,
					lastName: lastName(person),
				})),
			requests: () => wawp.api.log,
			check(scenario) {
				checkPeople(
					scenario,
					wawp.contacts.all().map(({ id, lastName: name }) => ({
						key: id,
						plan: name.endsWith(FORMER_PLAN) ? FORMER_PLAN : 'gold',
					})),
				);
			},
			limit: ({ contacts, state }) => ({
				// To see that nothing changed is a read; to write without looking would be one call, too.
				steps: [state === 'unchanged' ? contacts : 0, state === 'unchanged' ? 0 : contacts],
				concurrency: CONCURRENCY,
			}),
			close: () => wawp.stop(),
		};
	},
};
