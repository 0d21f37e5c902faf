import type { CredentialRef, WorkflowJson, WorkflowNode } from '../test/host/workflowBuilder';

export interface Lead {
	name: string;
	phone: string;
	email: string;
	city: string;
}

/** Template that the demo account has. */
export const WELCOME = 'welcome_lead';

/** New lead -> Create Contact -> Send Template -> Assign to Teams, with a branch for leads that can't be reached. */
export function newLeadWorkflow(wati: CredentialRef): WorkflowJson {
	const nodes: WorkflowNode[] = [
		node(
			'New lead',
			0,
			'n8n-nodes-base.webhook',
			{ httpMethod: 'POST', path: 'new-lead', responseMode: 'onReceived', options: {} },
			{ typeVersion: 2, webhookId: 'new-lead' },
		),
		node(
			'Create Contact',
			1,
			'n8n-nodes-whatsapp-crm.watiCreateOrUpdateContact',
			{
				fields: {
					mappingMode: 'defineBelow',
					value: {
						whatsappNumber: '={{ $json.body.phone }}',
						name: '={{ $json.body.name }}',
						city: '={{ $json.body.city }}',
					},
					matchingColumns: [],
					schema: [text('whatsappNumber', 'WhatsApp Number', true), text('name', 'Name'), text('city', 'city')],
				},
				allowCreate: true,
				allowUpdate: true,
				options: {},
			},
			{ credentials: { watiConnectionApi: wati }, onError: 'continueErrorOutput' },
		),
		node(
			'Send Template',
			2,
			'n8n-nodes-whatsapp-crm.wati',
			{
				resource: 'template',
				operation: 'send',
				template: { __rl: true, mode: 'name', value: WELCOME },
				sendTo: 'one',
				target: { __rl: true, mode: 'phone', value: '={{ $json.matchedBy.value }}' },
				templateParameters: {
					mappingMode: 'defineBelow',
					value: { name: "={{ $('New lead').item.json.body.name }}" },
					matchingColumns: [],
					schema: [text('name', 'name', true)],
				},
				broadcastName: 'Demo: welcome',
				options: {},
			},
			{ credentials: { watiConnectionApi: wati } },
		),
		node(
			'Assign to Teams',
			3,
			'n8n-nodes-whatsapp-crm.wati',
			{
				resource: 'contact',
				operation: 'assignToTeams',
				target: { __rl: true, mode: 'phone', value: "={{ $('Create Contact').item.json.matchedBy.value }}" },
				teams: ['Support'],
				options: {},
			},
			{ credentials: { watiConnectionApi: wati } },
		),
		node('Lead to correct', 2, 'n8n-nodes-base.noOp', {}, {}, 200),
	];
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	return {
		name: 'Demo: welcome a new lead',
		nodes,
		connections: {
			'New lead': { main: [to('Create Contact')] },
			'Create Contact': { main: [to('Send Template'), to('Lead to correct')] },
			'Send Template': { main: [to('Assign to Teams')] },
		},
		settings: { executionOrder: 'v1' },
	};
}

export function node(
	name: string,
	column: number,
	type: string,
	parameters: Record<string, unknown>,
	more: Partial<WorkflowNode> = {},
	y = 0,
): WorkflowNode {
	return {
		id: name.toLowerCase().replaceAll(' ', '-'),
		name,
		type,
		typeVersion: 1,
		position: [column * 240, y],
		parameters,
		...more,
	};
}

/** A text field as the resource mapper stores it. */
export function text(id: string, displayName: string, required = false) {
	return {
		id,
		displayName,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: false,
		type: 'string',
	};
}
