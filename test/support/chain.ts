import { placed, type NodeSpec, type WorkflowJson } from '../host/workflowBuilder';

export interface NamedNode extends NodeSpec {
	name: string;
}

/** A workflow of nodes in a row, each joined to the next. */
export function chain(name: string, nodes: readonly NamedNode[]): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	nodes.forEach((node, index) => {
		const next = nodes[index + 1];
		if (next !== undefined) connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return {
		name,
		nodes: nodes.map((node, column) => placed(node.name, column, node)),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
