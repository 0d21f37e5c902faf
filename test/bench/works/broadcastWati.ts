import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { watiConnections } from '../credentials';
import { single } from '../graph';
import { httpNode } from '../httpNodes';
import { peopleItems } from '../people';
import type { Contender, Scenario, Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.wati';
const TEMPLATE = 'bench_offer';

/** Recipients of one call (v3 reference, /messageTemplates/send). */
const RECIPIENTS = 10_000;

const NAME_FIELD = {
	id: 'name',
	displayName: 'name',
	type: 'string',
	display: true,
	required: false,
	defaultMatch: false,
};

const SEND_TO_ALL = {
	resource: 'template',
	operation: 'send',
	template: { __rl: true, mode: 'name', value: TEMPLATE },
	sendTo: 'all',
	target: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
	templateParameters: {
		mappingMode: 'defineBelow',
		value: { name: '={{ $json.firstName }}' },
		matchingColumns: [],
		schema: [NAME_FIELD],
	},
	broadcastName: 'Bench',
	options: {},
};

/** The same template to every item's number. */
export const broadcastWati: Work = {
	work: 'broadcast',
	vendor: 'wati',
	node,
	async open(host) {
		const wati = await new WatiSimulator().start();
		const { credentials, auth } = await watiConnections(host, wati, 'WATI templates');
		return {
			ours: async () => ({
				by: 'WATI: Template > Send, to all items',
				graph: single('Send', { type: node, parameters: SEND_TO_ALL, credentials }),
			}),
			builtIn: [sendEach(wati.origin, auth)],
			prepare(_scenario, latencyMs) {
				wati.reset();
				wati.account.addTemplate({ name: TEMPLATE });
				wati.latencyMs = latencyMs;
			},
			items: peopleItems,
			requests: () => wati.log,
			check: (scenario) => checkSent(scenario, wati),
			limit: ({ contacts }) => ({ steps: [Math.ceil(contacts / RECIPIENTS)], concurrency: 1 }),
			close: () => wati.stop(),
		};
	},
};

function sendEach(origin: string, auth: CredentialRef): Contender {
	const recipient = "{ phone_number: $json.phone.slice(1), custom_params: [{ name: 'name', value: $json.firstName }] }";
	const send = httpNode({
		method: 'POST',
		url: `${origin}/api/ext/v3/messageTemplates/send`,
		auth,
		json: `{ template_name: '${TEMPLATE}', broadcast_name: 'Bench', recipients: [${recipient}] }`,
	});
	return { by: 'HTTP Request: one call an item, all items at once', graph: single('Send', send) };
}

function checkSent({ contacts }: Scenario, wati: WatiSimulator): void {
	const sent = [...wati.account.broadcasts.values()].flatMap(({ recipients }) => recipients);
	if (new Set(sent.map(({ phone }) => phone)).size !== contacts || sent.length !== contacts) {
		throw new Error(`${contacts} templates should have been sent; there were ${sent.length}.`);
	}
}
