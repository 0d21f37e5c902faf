import type { Execution } from '../test/host/execution';
import type { WorkflowJson } from '../test/host/workflowBuilder';
import type { Connections } from './connections';
import { node, text } from './newLead';
import type { Vendors } from './vendors';

/** Mapper of each vendor for one and the same lead. */
const MAPPED: Record<keyof Vendors, Record<string, string>> = {
	wati: { whatsappNumber: '={{ $json.body.phone }}', name: '={{ $json.body.name }}', city: '={{ $json.body.city }}' },
	salesforce: {
		Email: '={{ $json.body.email }}',
		LastName: "={{ $json.body.name.split(' ').pop() }}",
		Phone: '={{ $json.body.phone }}',
		MailingCity: '={{ $json.body.city }}',
	},
	zoho: {
		Email: '={{ $json.body.email }}',
		Last_Name: "={{ $json.body.name.split(' ').pop() }}",
		Phone: '={{ $json.body.phone }}',
		Mailing_City: '={{ $json.body.city }}',
	},
	wawp: {
		phone: '={{ $json.body.phone }}',
		firstName: "={{ $json.body.name.split(' ')[0] }}",
		lastName: "={{ $json.body.name.split(' ').pop() }}",
	},
};

/** One lead -> Create or Update Contact in WATI, Salesforce, Zoho CRM and Wawp. */
export function fourSystemsWorkflow(vendors: Vendors, connections: Connections): WorkflowJson {
	const names = Object.keys(MAPPED) as Array<keyof Vendors>;
	return {
		name: 'Demo: one lead in four systems',
		nodes: [
			node(
				'Lead',
				0,
				'n8n-nodes-base.webhook',
				{ httpMethod: 'POST', path: 'lead-to-all', responseMode: 'onReceived', options: {} },
				{ typeVersion: 2, webhookId: 'lead-to-all' },
				300,
			),
			...names.map((name, row) =>
				node(
					vendors[name].name,
					1,
					`n8n-nodes-whatsapp-crm.${vendors[name].node}`,
					{
						fields: {
							mappingMode: 'defineBelow',
							value: MAPPED[name],
							matchingColumns: [],
							schema: Object.keys(MAPPED[name]).map((id) => text(id, id)),
						},
						allowCreate: true,
						allowUpdate: true,
						options: {},
					},
					{ credentials: { [vendors[name].credentialType]: connections[name] } },
					row * 200,
				),
			),
		],
		connections: {
			Lead: { main: [names.map((name) => ({ node: vendors[name].name, type: 'main', index: 0 }))] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** What became of the lead in each system: the action, and the fields that changed. */
export function outcomes(vendors: Vendors, execution: Execution): Record<string, string> {
	return Object.fromEntries(
		Object.values(vendors).map(({ name }) => {
			const json = execution.nodes[name]?.[0]?.items[0]?.[0]?.json ?? {};
			const changed = Object.keys((json.changedFields as object | undefined) ?? {});
			const fields = json.action === 'updated' ? ` (${changed.join(', ')})` : '';
			return [name, `${String(json.action ?? json.error ?? 'no output')}${fields}`];
		}),
	);
}
