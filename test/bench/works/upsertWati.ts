import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { watiConnections } from '../credentials';
import { isTrue, ITEMS, lookUpThenWrite, oneByOne, type Graph } from '../graph';
import { httpNode } from '../httpNodes';
import { createOrUpdate } from '../mapper';
import { checkPeople, knownPeople, peopleItems, writes } from '../people';
import type { Limit, Scenario, Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.watiCreateOrUpdateContact';

/** WATI gives an update 100 contacts, and a page of its list 100; a new contact is a call of its own (v3 reference, /contacts). */
const BATCH = 100;

/** WATI states no number of parallel calls; this is what the package allows itself. */
const CONCURRENCY = 20;

const OUR_FIELDS = {
	whatsappNumber: '={{ $json.phone }}',
	name: '={{ $json.firstName }} {{ $json.lastName }}',
	city: '={{ $json.city }}',
	plan: '={{ $json.plan }}',
};

const item = `$('${ITEMS}').item.json`;
const attributes = `[{ name: 'city', value: ${item}.city }, { name: 'plan', value: ${item}.plan }]`;

export const upsertWati: Work = {
	work: 'upsert',
	vendor: 'wati',
	node,
	async open(host) {
		const wati = await new WatiSimulator().start();
		const { credentials, auth } = await watiConnections(host, wati, 'WATI');
		const byHand = handMade(`${wati.origin}/api/ext/v3/contacts`, auth);
		return {
			async ours() {
				// WATI knows the attributes that some contact has.
				wati.account.addContact({ phone: '12122000000', attributes: { city: 'Lisbon', plan: 'silver' } });
				const by = 'WATI Create or Update Contact';
				return await createOrUpdate(host, by, { nodeType: node, credentials }, OUR_FIELDS);
			},
			builtIn: [
				{ by: 'Loop Over Items: HTTP Request (get), IF, HTTP Request (update or create)', graph: oneByOne(byHand) },
				{ by: 'the same without the loop: all items at once, without any limit', graph: byHand },
			],
			prepare(scenario, latencyMs) {
				wati.reset();
				addKnown(scenario, wati);
				wati.latencyMs = latencyMs;
			},
			items: peopleItems,
			requests: () => wati.log,
			check(scenario) {
				const held = [...wati.account.contacts.values()];
				checkPeople(
					scenario,
					held.map(({ phone, attributes: kept }) => ({ key: phone, plan: kept.get('plan') })),
				);
			},
			limit,
			close: () => wati.stop(),
		};
	},
};

/** `contacts` is WATI's address for them. */
function handMade(contacts: string, auth: CredentialRef): Graph {
	return lookUpThenWrite({
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
}

function addKnown(scenario: Scenario, wati: WatiSimulator): void {
	for (const { phone, firstName, lastName, city, plan } of knownPeople(scenario)) {
		wati.account.addContact({
			phone: phone.slice(1),
			name: `${firstName} ${lastName}`,
			attributes: { city, plan },
		});
	}
}

function limit(scenario: Scenario): Limit {
	const { creates, updates } = writes(scenario);
	const known = scenario.contacts - creates;
	const lookUps = Math.min(scenario.contacts, 1 + Math.ceil(known / BATCH));
	return { steps: [lookUps, creates + Math.ceil(updates / BATCH)], concurrency: CONCURRENCY };
}
