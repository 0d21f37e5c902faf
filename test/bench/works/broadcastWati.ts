import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { single } from '../graph';
import { httpNode } from '../httpNodes';
import { people } from '../people';
import type { Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.wati';
const TEMPLATE = 'bench_offer';

/** Recipients of one call (v3 reference, /messageTemplates/send). */
const RECIPIENTS = 10_000;

/** The same template to every item's number. */
export const broadcastWati: Work = {
	work: 'broadcast',
	vendor: 'wati',
	node,
	async open(host) {
		const wati = await new WatiSimulator().start();
		const credential = await host.createCredential('watiConnectionApi', 'Bench WATI templates', {
			apiEndpoint: wati.origin,
			accessToken: wati.token,
		});
		const auth = await host.createCredential('httpHeaderAuth', 'Bench WATI templates header', {
			name: 'Authorization',
			value: `Bearer ${wati.token}`,
		});
		const recipient =
			"{ phone_number: $json.phone.slice(1), custom_params: [{ name: 'name', value: $json.firstName }] }";
		return {
			ours: async () => ({
				by: 'WATI: Template > Send, to all items',
				graph: single('Send', {
					type: node,
					parameters: {
						resource: 'template',
						operation: 'send',
						template: { __rl: true, mode: 'name', value: TEMPLATE },
						sendTo: 'all',
						target: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
						templateParameters: {
							mappingMode: 'defineBelow',
							value: { name: '={{ $json.firstName }}' },
							matchingColumns: [],
							schema: [
								{
									id: 'name',
									displayName: 'name',
									type: 'string',
									display: true,
									required: false,
									defaultMatch: false,
								},
							],
						},
						broadcastName: 'Bench',
						options: {},
					},
					credentials: { watiConnectionApi: credential },
				}),
			}),
			builtIn: [
				{
					by: 'HTTP Request: one call an item, all items at once',
					graph: single(
						'Send',
						httpNode({
							method: 'POST',
							url: `${wati.origin}/api/ext/v3/messageTemplates/send`,
							auth,
							json: `{ template_name: '${TEMPLATE}', broadcast_name: 'Bench', recipients: [${recipient}] }`,
						}),
					),
				},
			],
			prepare(_scenario, latencyMs) {
				wati.reset();
				wati.account.addTemplate({ name: TEMPLATE });
				wati.latencyMs = latencyMs;
			},
			items: ({ contacts }) => people(contacts).map((person) => ({ ...person })),
			requests: () => wati.log,
			check({ contacts }) {
				const sent = [...wati.account.broadcasts.values()].flatMap(({ recipients }) => recipients);
				if (new Set(sent.map(({ phone }) => phone)).size !== contacts || sent.length !== contacts) {
					throw new Error(`${contacts} templates should have been sent; there were ${sent.length}.`);
				}
			},
			limit: ({ contacts }) => ({ steps: [Math.ceil(contacts / RECIPIENTS)], concurrency: 1 }),
			close: () => wati.stop(),
		};
	},
};
