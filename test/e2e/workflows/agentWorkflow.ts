import { randomUUID } from 'node:crypto';

import type { CredentialRef, WorkflowJson, WorkflowNode } from '../../host/workflowBuilder';

/** A tool node: its name on the canvas, its type without the package, its parameters. */
export interface ToolSpec {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

/** Webhook -> AI Agent with the given tools; the agent is told what the webhook was told under `text`. */
export function agentWorkflow(tools: ToolSpec[], credentials: Record<string, CredentialRef>): WorkflowJson {
	const path = randomUUID();
	const place = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: Record<string, unknown>,
	): WorkflowNode => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		credentials,
	});
	const nodes = [
		{
			...place('Webhook', 'n8n-nodes-base.webhook', 2.1, { httpMethod: 'POST', path, responseMode: 'lastNode' }),
			webhookId: path,
		},
		place('AI Agent', '@n8n/n8n-nodes-langchain.agent', 3, {
			promptType: 'define',
			text: '={{ $json.body.text }}',
			options: {},
		}),
		place('Chat Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, {
			model: { __rl: true, mode: 'id', value: 'scripted' },
			responsesApiEnabled: false,
			options: {},
		}),
		...tools.map(({ name, type, parameters }) => place(name, `n8n-nodes-whatsapp-crm.${type}Tool`, 1, parameters)),
	];
	const toAgent = (type: string) => ({ [type]: [[{ node: 'AI Agent', type, index: 0 }]] });
	return {
		name: `test agent ${path}`,
		nodes,
		connections: {
			Webhook: toAgent('main'),
			'Chat Model': toAgent('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, toAgent('ai_tool')])),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** What the model knows a field by: n8n makes it of the field's label. */
export const keyOf = (label: string): string => label.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64);

/** What n8n's button "Let the model define this parameter" writes into a field. */
export const byModel = (label: string, type: 'string' | 'number' | 'boolean'): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${keyOf(label)}', \`\`, '${type}') }}`;
