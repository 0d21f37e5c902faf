import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nClient } from '../host/n8nClient';
import { loadTimes, LOAD_BUDGET_MS, WHOLE } from './loadTime';
import { median, medianOf, type Stopwatch } from './measure';
import type { Options } from './options';
import type { Case } from './plan';
import type { Contender, Limit, Measure, OpenWork, Row } from './types';
import { works } from './works';

/** A run that takes longer than this is not repeated. */
const LONG_SECONDS = 20;

/** One contact takes so little that n8n's own time and chance count: more runs, and that time taken off. */
const RUNS_OF_ONE = 15;
/** n8n answers before it has stored a run: a short run would be slowed down by the one before it. */
const REST_MS = 300;

export interface Bench {
	host: N8nClient;
	stopwatch: Stopwatch;
	options: Options;
	say: (line: string) => void;
}

/** Measures the rows of the plan, work by work. Rows of a node that the package doesn't have are left out, and said so. */
export async function measureRows(bench: Bench, cases: readonly Case[]): Promise<Row[]> {
	const registered = new Set((await bench.host.nodeTypes('n8n-nodes-whatsapp-crm.')).map(({ name }) => name));
	const rows: Row[] = [];
	for (const work of works) {
		const mine = cases.filter((one) => one.work === work.work && one.vendor === work.vendor);
		if (mine.length === 0) continue;
		if (!registered.has(work.node)) {
			bench.say(`${work.work} ${work.vendor}: left out, the package has no ${work.node}`);
			continue;
		}
		const open = await work.open(bench.host);
		try {
			const ours = await open.ours();
			for (const one of mine) rows.push(await measureRow(bench, open, ours, one));
		} finally {
			await open.close();
		}
	}
	return rows;
}

async function measureRow(bench: Bench, open: OpenWork, ours: Contender, one: Case): Promise<Row> {
	const { options, say } = bench;
	const title = `${one.work} ${one.vendor}, ${one.contacts}, ${one.state}`;
	say(`${title}: ${ours.by}`);
	const mine = await several(bench, open, ours, one, options.runs);
	const others: Array<Measure & { by: string }> = [];
	for (const { only, ...contender } of one.builtIn ? open.builtIn : []) {
		if (only && !only.includes(one.state)) continue;
		// With a single item there is nothing to loop over: the other ways are the same.
		if (one.contacts === 1 && others.length > 0) continue;
		say(`${title}: ${contender.by}`);
		others.push({ ...(await several(bench, open, contender, one, options.builtInRuns)), by: contender.by });
	}
	const [first, ...alsoBuiltIn] = others;
	return {
		work: one.work,
		vendor: one.vendor,
		contacts: one.contacts,
		state: one.state,
		ours: rounded(mine),
		builtIn: first ? rounded(first) : null,
		ratio: first ? round(first.seconds / mine.seconds) : null,
		limitSeconds: round(limitSeconds(open.limit(one), options.latencyMs)),
		latencyMs: options.latencyMs,
		builtInBy: first?.by ?? null,
		alsoBuiltIn: alsoBuiltIn.map(({ by, ...measure }) => ({ by, ...rounded(measure) })),
	};
}

/** The median of some runs; of a single contact the time above what n8n needs for a node that only maps fields. */
async function several(bench: Bench, open: OpenWork, by: Contender, one: Case, runs: number): Promise<Measure> {
	const { stopwatch, options } = bench;
	const isSingle = one.contacts === 1 && one.work === 'upsert';
	const wanted = isSingle && !options.quick ? Math.max(runs, RUNS_OF_ONE) : runs;
	// The first run of a workflow also loads its nodes and opens connections.
	if (one.contacts <= 100 || wanted > 1) await stopwatch.run(open, by, { contacts: 1, state: one.state });
	const measured: Measure[] = [];
	const idle: number[] = [];
	while (measured.length < wanted && (measured.at(-1)?.seconds ?? 0) < LONG_SECONDS) {
		if (isSingle) {
			await sleep(REST_MS);
			idle.push(await stopwatch.idleSeconds(1));
			await sleep(REST_MS);
		}
		measured.push(await stopwatch.run(open, by, one));
	}
	const result = medianOf(measured);
	return isSingle ? { ...result, seconds: result.seconds - median(idle) } : result;
}

/** Each step takes as many rounds as its calls need with so many at a time. */
export function limitSeconds({ steps, concurrency }: Limit, latencyMs: number): number {
	const rounds = steps.reduce((sum, calls) => sum + Math.ceil(calls / concurrency), 0);
	return (rounds * latencyMs) / 1000;
}

/** Loading the package, and each of its files alone. Here the limit is the budget. */
export function loadRows({ latencyMs, quick }: Options): Row[] {
	return loadTimes(quick ? 1 : undefined).map(({ loaded, milliseconds, megabytes }) => ({
		work: 'load',
		vendor: loaded,
		contacts: 0,
		state: 'unchanged',
		ours: { seconds: milliseconds / 1000, calls: 0, peakMb: megabytes },
		builtIn: null,
		ratio: null,
		limitSeconds: (loaded === WHOLE ? LOAD_BUDGET_MS.whole : LOAD_BUDGET_MS.each) / 1000,
		latencyMs,
		builtInBy: null,
		alsoBuiltIn: [],
	}));
}

const round = (value: number): number => Number(value.toFixed(4));
const rounded = ({ seconds, calls, peakMb }: Measure): Measure => ({
	seconds: round(seconds),
	calls,
	peakMb: Number(peakMb.toFixed(1)),
});
