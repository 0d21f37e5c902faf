import { describe } from './names';
import { notes, seconds } from './table';
import type { Measure, Row } from './types';

const COMMAND = 'npm run bench -- --json speed.json && npx tsx test/bench/chart.ts speed.json';

/** docs/speed.md: what was measured, where and how to measure it again. */
export function asMarkdown(rows: readonly Row[], machine: string): string {
	const timed = rows.filter(({ work }) => work !== 'load');
	const loads = rows.filter(({ work }) => work === 'load');
	const latency = timed[0]?.latencyMs ?? 100;
	return [
		'# Speed',
		'',
		`One n8n with the packed package, and simulators of the vendors that answer each call after ${latency} ms, on one machine with ${machine}.`,
		'Both sides do the same work in the same n8n, and what they leave behind at the vendor is compared with what should be there. Medians; a dash stands where nothing was measured.',
		'',
		`    ${COMMAND}`,
		'',
		'![Seconds for 1,000 items](images/speed.svg)',
		'',
		...table(
			['', 'this package', 'calls', 'peak memory', 'what n8n brings', 'calls', 'peak memory', 'times faster', 'limit'],
			timed.map((row) => [
				describe(row),
				time(row.ours),
				calls(row.ours),
				memory(row.ours),
				time(row.builtIn),
				calls(row.builtIn),
				memory(row.builtIn),
				row.ratio === null ? '-' : row.ratio.toFixed(row.ratio < 10 ? 1 : 0),
				`${seconds(row.limitSeconds)} s`,
			]),
		),
		'',
		"The limit is what the vendor's interface makes unavoidable: the fewest calls, as many at a time as it allows, each taking the latency, and no work in between. For one contact n8n's own time for an Edit Fields node with three mapped fields, which does nothing else, is taken off. Peak memory is that of n8n's process above what it had before the run.",
		'',
		...notes(timed).map((note) => `- ${note}`),
		'',
		...(loads.length > 0
			? ['## Loading', '', 'With `n8n-workflow` loaded already, as in n8n.', '', ...loadTable(loads), '']
			: []),
	].join('\n');
}

const loadTable = (rows: readonly Row[]): string[] =>
	table(
		['', 'milliseconds', 'budget'],
		rows.map(({ vendor, ours, limitSeconds }) => [
			vendor,
			(ours.seconds * 1000).toFixed(1),
			(limitSeconds * 1000).toFixed(0),
		]),
	);

const time = (measure: Measure | null): string =>
	measure ? `${measure.seconds < 1 ? measure.seconds.toFixed(2) : seconds(measure.seconds)} s` : '-';
const calls = (measure: Measure | null): string => (measure ? measure.calls.toLocaleString('en-US') : '-');
const memory = (measure: Measure | null): string => (measure ? `${measure.peakMb.toFixed(0)} MB` : '-');

/** A Markdown table; all columns but the first hold numbers. */
function table(titles: string[], lines: string[][]): string[] {
	const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
	return [line(titles), line(titles.map((_, column) => (column === 0 ? '---' : '--:'))), ...lines.map(line)];
}
