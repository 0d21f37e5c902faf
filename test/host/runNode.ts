import { onlyRun, type Execution, type Failure, type Item } from './execution';
import type { N8nClient, RunOptions, StoredWorkflow } from './n8nClient';
import { names, nodeTestWorkflow, type NodeTestSpec } from './workflowBuilder';

export interface NodeResult {
	/** What the node gave out, branch by branch; `[]` where it failed as a whole. */
	branches: Item[][];
	/** The first branch. */
	items: Item[];
	/** What came out of the error output; `[]` unless `onError` is `continueErrorOutput`. */
	failed: Item[];
	/** The error that stopped the node, as the builder sees it. */
	error: Failure | undefined;
	hints: string[];
	execution: Execution;
}

export interface RunNodeOptions extends NodeTestSpec, RunOptions {
	/** The `json` of each item that reaches the node. Default: one empty item. */
	items?: Array<Record<string, unknown>>;
}

/** Workflows that are stored and active already: the same node with the same settings is set up once for each n8n and test process. */
const prepared = new WeakMap<N8nClient, Map<string, Promise<StoredWorkflow>>>();

/** Runs one node over the given items in a real n8n and tells what came out, item by item, with pairing. */
export async function runNode(host: N8nClient, options: RunNodeOptions): Promise<NodeResult> {
	const { node, before, timezone, items = [{}], ...run } = options;
	const workflow = await prepare(host, { node, before, timezone });
	const execution = await host.run(workflow, { items }, run);
	const { items: branches, error, hints } = onlyRun(execution, names.underTest);
	const [first = [], second = []] = branches;
	return {
		branches,
		items: first,
		failed: node.onError === 'continueErrorOutput' ? second : [],
		error,
		hints: hints.map(({ message }) => message),
		execution,
	};
}

function prepare(host: N8nClient, spec: NodeTestSpec): Promise<StoredWorkflow> {
	const ofHost = prepared.get(host) ?? new Map<string, Promise<StoredWorkflow>>();
	prepared.set(host, ofHost);
	const key = JSON.stringify(spec);
	const workflow = ofHost.get(key) ?? createActive(host, spec);
	ofHost.set(key, workflow);
	return workflow;
}

async function createActive(host: N8nClient, spec: NodeTestSpec): Promise<StoredWorkflow> {
	const workflow = await host.createWorkflow(nodeTestWorkflow(spec));
	await host.activate(workflow);
	return workflow;
}
