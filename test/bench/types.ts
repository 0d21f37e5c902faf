import { z } from 'zod';

import type { N8nClient } from '../host/n8nClient';
import type { RecordedRequest } from '../simulators/kit/requests';
import type { Graph } from './graph';

/** What the vendor holds before the run: nothing of the items, every second one, all with another value, all as they are. */
export const stateSchema = z.enum(['new', 'half', 'changed', 'unchanged']);
export type State = z.infer<typeof stateSchema>;

export interface Scenario {
	contacts: number;
	state: State;
}

const measureSchema = z.object({
	/** From the call of the webhook to its answer, which comes when the execution is finished. */
	seconds: z.number(),
	/** Requests that the simulator saw. */
	calls: z.number(),
	/** Highest resident memory of n8n during the run, less that before it. */
	peakMb: z.number(),
});
export type Measure = z.infer<typeof measureSchema>;

/** A row as `--json` writes it. */
export const rowSchema = z.object({
	work: z.enum(['upsert', 'broadcast', 'media', 'load']),
	vendor: z.string(),
	contacts: z.number(),
	state: stateSchema,
	ours: measureSchema,
	builtIn: measureSchema.nullable(),
	/** How many times faster ours was. */
	ratio: z.number().nullable(),
	/** Calls that can't be avoided x latency / allowed concurrency. */
	limitSeconds: z.number(),
	/** Milliseconds by which the simulator held each answer back. */
	latencyMs: z.number(),
	/** What stands under `builtIn`, in words. */
	builtInBy: z.string().nullable(),
	/** Other ways with what n8n brings, where there is more than one. */
	alsoBuiltIn: z.array(measureSchema.extend({ by: z.string() })),
});
export type Row = z.infer<typeof rowSchema>;

/** One way to do the work, as nodes between the incoming items and the end of the workflow. */
export interface Contender {
	/** In words, for the table and the README. */
	by: string;
	graph: Graph;
}

/** What the vendor's interface makes unavoidable. */
export interface Limit {
	/** Calls of each step; a step begins when the one before it has ended. */
	steps: number[];
	/** Calls that may be in progress at one time. */
	concurrency: number;
}

/** A work with its simulator running and its connections stored. */
export interface OpenWork {
	/** Asks the node for its live fields, so the node has to be there. */
	ours(): Promise<Contender>;
	/** The one that the ratio is about comes first. `only` names the states that it is for. */
	builtIn: Array<Contender & { only?: State[] }>;
	/** Puts the vendor into the state before the run, and forgets its traffic. */
	prepare(scenario: Scenario, latencyMs: number): void;
	items(scenario: Scenario): Array<Record<string, unknown>>;
	/** What the simulator was asked since `prepare`. */
	requests(): readonly RecordedRequest[];
	/** Throws when the run has not done its work. */
	check(scenario: Scenario): void;
	limit(scenario: Scenario): Limit;
	close(): Promise<void>;
}

/** A work and a vendor: what both sides do, and how to see that they did it. */
export interface Work {
	work: Exclude<Row['work'], 'load'>;
	vendor: string;
	/** Our node's type. */
	node: string;
	open(host: N8nClient): Promise<OpenWork>;
}
