import type { IExecuteFunctions, INode } from 'n8n-workflow';

const known = new WeakMap<IExecuteFunctions, INode>();

/**
 * The node that runs. n8n's `getNode` copies the node with all that is typed into it each time that it is asked (n8n-core, deepCopy):
 * asked once for each of 10,000 recipients of a list in that very node, it stands still for a minute.
 */
export function currentNode(n8n: IExecuteFunctions): INode {
	const node = known.get(n8n) ?? n8n.getNode();
	known.set(n8n, node);
	return node;
}
