import type { CredentialRef } from '../../host/workflowBuilder';
import { WawpSimulator } from '../../simulators/wawp';
import { oneByOne, single, type Graph } from '../graph';
import { httpNode } from '../httpNodes';
import { createOrUpdate } from '../mapper';
import { checkPeople, FORMER_PLAN, knownPeople, people, type Person } from '../people';
import type { Limit, Scenario, Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.wawpCreateOrUpdateContact';

/** Wawp documents no number of parallel calls; this is what the package allows itself. */
const CONCURRENCY = 5;

const OUR_FIELDS = {
	chatId: '={{ $json.chatId }}',
	firstName: '={{ $json.firstName }}',
	lastName: '={{ $json.lastName }}',
};

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
		const byHand = put(wawp, auth);
		return {
			async ours() {
				const credentials = { wawpConnectionApi: credential };
				const by = 'Wawp Create or Update Contact';
				return await createOrUpdate(host, by, { nodeType: node, credentials }, OUR_FIELDS);
			},
			builtIn: [
				{ by: 'Loop Over Items: HTTP Request (PUT)', graph: oneByOne(byHand) },
				{ by: 'the same without the loop: all items at once, without any limit', graph: byHand },
			],
			prepare(scenario, latencyMs) {
				wawp.contacts.clear();
				wawp.api.resetTraffic();
				for (const person of knownPeople(scenario)) {
					wawp.addContact({ id: chatId(person), firstName: person.firstName, lastName: lastName(person) });
				}
				wawp.api.latencyMs = latencyMs;
			},
			items,
			requests: () => wawp.api.log,
			check: (scenario) => checkNames(scenario, wawp),
			limit,
			close: () => wawp.stop(),
		};
	},
};

const put = (wawp: WawpSimulator, auth: CredentialRef): Graph =>
	single(
		'Put',
		httpNode({
			method: 'PUT',
			url: `=${wawp.origin}/v2/contacts/{{ $json.chatId }}?instance_id=${wawp.instanceId}`,
			auth,
			json: '{ firstName: $json.firstName, lastName: $json.lastName }',
		}),
	);

const items = ({ contacts }: Scenario): Array<Record<string, unknown>> =>
	people(contacts).map((person) => ({
		chatId: chatId(person),
		firstName: person.firstName,
		lastName: lastName(person),
	}));

function checkNames(scenario: Scenario, wawp: WawpSimulator): void {
	checkPeople(
		scenario,
		wawp.contacts.all().map(({ id, lastName: name }) => ({
			key: id,
			plan: name.endsWith(FORMER_PLAN) ? FORMER_PLAN : 'gold',
		})),
	);
}

/** To see that nothing changed is a read; to write without looking would be one call, too. */
const limit = ({ contacts, state }: Scenario): Limit => ({
	steps: [state === 'unchanged' ? contacts : 0, state === 'unchanged' ? 0 : contacts],
	concurrency: CONCURRENCY,
});
