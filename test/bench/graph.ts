import { randomUUID } from 'node:crypto';

import { placed, type NodeSpec, type WorkflowJson } from '../host/workflowBuilder';

/** Some nodes and how they are joined; names are those on the canvas. */
export interface Graph {
	nodes: Record<string, NodeSpec>;
	edges: Edge[];
	/** The node that takes the items. */
	first: string;
	/** The outputs that end it. */
	ends: Array<{ node: string; output?: number }>;
}

interface Edge {
	from: string;
	/** 0 when left out. */
	output?: number;
	to: string;
}

/** The name by which expressions reach the incoming items. */
export const ITEMS = 'Items';
const DONE = 'Done';

export const single = (name: string, node: NodeSpec): Graph => ({
	nodes: { [name]: node },
	edges: [],
	first: name,
	ends: [{ node: name }],
});

/** Asks for each item whether it is there, then writes in one of two ways. */
export function lookUpThenWrite(nodes: {
	lookUp: NodeSpec;
	isKnown: NodeSpec;
	update: NodeSpec;
	create: NodeSpec;
}): Graph {
	return {
		nodes: { 'Look up': nodes.lookUp, 'Known?': nodes.isKnown, Update: nodes.update, Create: nodes.create },
		edges: [
			{ from: 'Look up', to: 'Known?' },
			{ from: 'Known?', output: 0, to: 'Update' },
			{ from: 'Known?', output: 1, to: 'Create' },
		],
		first: 'Look up',
		ends: [{ node: 'Update' }, { node: 'Create' }],
	};
}

/** One item after the other, by n8n's own Loop Over Items. */
export function oneByOne(graph: Graph): Graph {
	const loop: NodeSpec = {
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: 1, options: {} },
	};
	return {
		nodes: { Loop: loop, ...graph.nodes },
		edges: [
			{ from: 'Loop', output: 1, to: graph.first },
			...graph.edges,
			...graph.ends.map(({ node, output }) => ({ from: node, output, to: 'Loop' })),
		],
		first: 'Loop',
		ends: [{ node: 'Loop', output: 0 }],
	};
}

export function isTrue(expression: string): NodeSpec {
	return {
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: randomUUID(),
						leftValue: expression,
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		},
	};
}

/** Webhook -> one item for each entry of `body.items` -> the graph -> Done. The webhook answers when all is finished. */
export function toWorkflow(name: string, graph: Graph): WorkflowJson {
	const path = randomUUID();
	const nodes: Record<string, NodeSpec> = {
		Webhook: {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'noData', options: {} },
			settings: { webhookId: path },
		},
		[ITEMS]: {
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.items', include: 'noOtherFields', options: {} },
		},
		...graph.nodes,
		[DONE]: { type: 'n8n-nodes-base.noOp' },
	};
	const edges: Edge[] = [
		{ from: 'Webhook', to: ITEMS },
		{ from: ITEMS, to: graph.first },
		...graph.edges,
		...graph.ends.map(({ node, output }) => ({ from: node, output, to: DONE })),
	];
	return {
		name: `bench ${name}`,
		nodes: Object.entries(nodes).map(([node, spec], column) => placed(node, column, spec)),
		connections: connect(edges),
		settings: { executionOrder: 'v1' },
	};
}

function connect(edges: Edge[]): WorkflowJson['connections'] {
	const connections: WorkflowJson['connections'] = {};
	for (const { from, output = 0, to } of edges) {
		const main = (connections[from] ??= { main: [] }).main ?? [];
		for (let index = 0; index <= output; index++) main[index] ??= [];
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return connections;
}
