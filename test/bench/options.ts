import { parseArgs } from 'node:util';

export interface Options {
	/** Under two minutes. */
	quick: boolean;
	/** Words that name rows; all rows when empty (see plan.ts). */
	only: string[];
	/** Where to write the rows as JSON. */
	json?: string;
	latencyMs: number;
	/** Runs of our node for each row. */
	runs: number;
	/** Runs of the built-in nodes for each row. */
	builtInRuns: number;
}

export const USAGE = `npm run bench -- [--quick] [--only WORD,WORD] [--json FILE] [--latency MS] [--runs N] [--built-in-runs N]
  --quick            fewer rows, one run each: under two minutes
  --only             rows by work, vendor, number of contacts or state: --only salesforce,1000
  --json             also write the rows into this file
  --latency          milliseconds by which the simulators hold each answer back; 100 unless given
  --runs             runs of our nodes for each row, of which the median counts; 3 unless given
  --built-in-runs    the same for n8n's own nodes; 1 unless given, since they take minutes`;

/** @throws Error for an option that is not there, or a number that is none. */
export function readOptions(args: string[]): Options {
	const { values } = parseArgs({
		args,
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string', multiple: true, default: [] },
			json: { type: 'string' },
			latency: { type: 'string', default: '100' },
			runs: { type: 'string' },
			'built-in-runs': { type: 'string', default: '1' },
		},
	});
	const quick = values.quick ?? false;
	return {
		quick,
		only: (values.only ?? []).flatMap((words) => words.split(',')).filter(Boolean),
		json: values.json,
		latencyMs: whole('--latency', values.latency ?? '', 0),
		runs: whole('--runs', values.runs ?? (quick ? '1' : '3'), 1),
		builtInRuns: whole('--built-in-runs', values['built-in-runs'] ?? '', 1),
	};
}

function whole(name: string, text: string, least: number): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= least) return value;
	throw new Error(`${name} wants a whole number from ${least} on, not "${text}".`);
}
