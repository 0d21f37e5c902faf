import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { isTrue, ITEMS, lookUpThenWrite, oneByOne, single } from '../graph';
import { httpNode } from '../httpNodes';
import { mapFields } from '../mapper';
import { checkPeople, knownPeople, people, writes } from '../people';
import type { Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.watiCreateOrUpdateContact';

/** WATI gives an update 100 contacts, and a page of its list 100; a new contact is a call of its own (v3 reference, /contacts). */
const BATCH = 100;

/** WATI states no number of parallel calls; this is what the package allows itself. */
const CONCURRENCY = 20;

const item = `$('${ITEMS}').item.json`;
const attributes = `[{ name: 'city', value: ${item}.city }, { name: 'plan', value: ${item}.plan }]`;

export const upsertWati: Work = {
	work: 'upsert',
	vendor: 'wati',
	node,
	async open(host) {
		const wati = await new WatiSimulator().start();
		const credential = await host.createCredential('watiConnectionApi', 'Bench WATI', {
			apiEndpoint: wati.origin,
			accessToken: wati.token,
		});
		const auth = await host.createCredential('httpHeaderAuth', 'Bench WATI header', {
			name: 'Authorization',
			value: `Bearer ${wati.token}`,
		});
		const credentials = { watiConnectionApi: credential };
		const contacts = `${wati.origin}/api/ext/v3/contacts`;
		const byHand = lookUpThenWrite({
			lookUp: httpNode({ method: 'GET', url: `=${contacts}/{{ $json.phone.slice(1) }}`, auth, anyStatus: true }),
			isKnown: isTrue('={{ $json.statusCode === 200 }}'),
			update: httpNode({
				method: 'PUT',
				url: contacts,
				auth,
				json: `{ contacts: [{ target: ${item}.phone.slice(1), customParams: ${attributes} }] }`,
			}),
			create: httpNode({
				method: 'POST',
				url: contacts,
				auth,
				json: `{ whatsapp_number: ${item}.phone.slice(1), name: ${item}.firstName + ' ' + ${item}.lastName, custom_params: ${attributes} }`,
			}),
		});
		return {
			async ours() {
				// WATI knows the attributes that some contact has.
				wati.account.addContact({ phone: '12122000000', attributes: { city: 'Lisbon', plan: 'silver' } });
				const fields = await mapFields(
					host,
					{ nodeType: node, credentials },
					{
						whatsappNumber: '={{ $json.phone }}',
						name: '={{ $json.firstName }} {{ $json.lastName }}',
						city: '={{ $json.city }}',
						plan: '={{ $json.plan }}',
					},
				);
				return {
					by: 'WATI Create or Update Contact',
					graph: single('Create or Update', { type: node, parameters: { fields, options: {} }, credentials }),
				};
			},
			builtIn: [
				{ by: 'Loop Over Items: HTTP Request (get), IF, HTTP Request (update or create)', graph: oneByOne(byHand) },
				{ by: 'the same without the loop: all items at once, without any limit', graph: byHand },
			],
			prepare(scenario, latencyMs) {
				wati.reset();
				for (const { phone, firstName, lastName, city, plan } of knownPeople(scenario)) {
					wati.account.addContact({
						phone: phone.slice(1),
						name: `${firstName} ${lastName}`,
						attributes: { city, plan },
					});
				}
				wati.latencyMs = latencyMs;
			},
			items: ({ contacts: count }) => people(count).map((person) => ({ ...person })),
			requests: () => wati.log,
			check(scenario) {
				const held = [...wati.account.contacts.values()];
				checkPeople(
					scenario,
					held.map(({ phone, attributes: kept }) => ({ key: phone, plan: kept.get('plan') })),
				);
			},
			limit(scenario) {
				const { creates, updates } = writes(scenario);
				const known = scenario.contacts - creates;
				const lookUps = Math.min(scenario.contacts, 1 + Math.ceil(known / BATCH));
				return { steps: [lookUps, creates + Math.ceil(updates / BATCH)], concurrency: CONCURRENCY };
			},
			close: () => wati.stop(),
		};
	},
};
