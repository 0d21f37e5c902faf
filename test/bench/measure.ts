import { performance } from 'node:perf_hooks';

import type { N8nClient, StoredWorkflow } from '../host/n8nClient';
import { single, toWorkflow, type Graph } from './graph';
import type { Contender, Measure, OpenWork, Scenario } from './types';

/** A call of a built-in workflow may take minutes. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * A node that maps three fields and does nothing with them: what n8n itself needs for such a workflow. Three are the fewest
 * that one of the works maps; a node without any would not even start n8n's evaluation of expressions.
 */
const NOTHING: Graph = single('Nothing', {
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'manual',
		includeOtherFields: false,
		options: {},
		assignments: {
			assignments: ['email', 'firstName', 'lastName'].map((name) => ({
				id: name,
				name,
				type: 'string',
				value: `={{ $json.${name} }}`,
			})),
		},
	},
});

/** Runs workflows in one n8n and times them. */
export class Stopwatch {
	private readonly workflows = new Map<Graph, Promise<StoredWorkflow>>();

	constructor(
		private readonly host: N8nClient,
		private readonly latencyMs: number,
	) {}

	/** One timed run, checked. Throws when the workflow failed or did not do its work. */
	async run(work: OpenWork, contender: Contender, scenario: Scenario): Promise<Measure> {
		work.prepare(scenario, this.latencyMs);
		const measured = await this.time(contender.by, contender.graph, work.items(scenario));
		work.check(scenario);
		return { ...measured, calls: work.requests().length };
	}

	/** n8n's own seconds for items whose fields are mapped and that nothing else happens to. */
	async idleSeconds(items: number): Promise<number> {
		const measured = await this.time(
			'nothing',
			NOTHING,
			Array.from({ length: items }, () => ({ email: 'anna@example.com', firstName: 'Anna', lastName: 'Schmidt' })),
		);
		return measured.seconds;
	}

	private async time(name: string, graph: Graph, items: unknown[]): Promise<Omit<Measure, 'calls'>> {
		const workflow = await this.workflowOf(name, graph);
		const path = String(workflow.json.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook')?.parameters.path);
		await this.host.resetPeakMemory();
		const before = await this.host.memory();
		const start = performance.now();
		const answer = await this.host.callWebhook(path, { items }, { timeoutMs: TIMEOUT_MS });
		const seconds = (performance.now() - start) / 1000;
		const after = await this.host.memory();
		if (answer.status !== 200) throw new Error(`"${name}" failed: ${await this.failure(workflow)}`);
		return { seconds, peakMb: Math.max(0, after.peakBytes - before.rssBytes) / 2 ** 20 };
	}

	private async failure(workflow: StoredWorkflow): Promise<string> {
		const [last] = await this.host.executions({ workflowId: workflow.id, limit: 1 });
		const execution = last && (await this.host.execution(last.id));
		return `${execution?.error?.message ?? 'no execution'} ${execution?.error?.description ?? ''}`;
	}

	private workflowOf(name: string, graph: Graph): Promise<StoredWorkflow> {
		const known = this.workflows.get(graph) ?? this.create(name, graph);
		this.workflows.set(graph, known);
		return known;
	}

	private async create(name: string, graph: Graph): Promise<StoredWorkflow> {
		const workflow = await this.host.createWorkflow(toWorkflow(name.slice(0, 80), graph));
		await this.host.activate(workflow);
		return workflow;
	}
}

export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Medians of each number by itself; calls are the same in every run, or the highest is told. */
export function medianOf(runs: readonly Measure[]): Measure {
	return {
		seconds: median(runs.map(({ seconds }) => seconds)),
		calls: Math.max(...runs.map(({ calls }) => calls)),
		peakMb: median(runs.map(({ peakMb }) => peakMb)),
	};
}
