import { randomUUID } from 'node:crypto';

import type { NodeSpec, WorkflowJson } from '../host/workflowBuilder';

export interface NamedNode extends NodeSpec {
	name: string;
}

/** A workflow of nodes in a row, each joined to the next, as wide apart as n8n's own "tidy up" puts them. */
export function chain(name: string, nodes: readonly NamedNode[]): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	nodes.forEach((node, index) => {
		const next = nodes[index + 1];
		if (next !== undefined) connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return {
		name,
		nodes: nodes.map(({ settings = {}, typeVersion = 1, parameters = {}, ...node }, index) => ({
			id: randomUUID(),
			position: [index * 224, 0],
			typeVersion,
			parameters,
			...node,
			...settings,
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
