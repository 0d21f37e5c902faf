import { writeFile } from 'node:fs/promises';

import { N8nHost } from '../host/n8nHost';
import { Stopwatch } from './measure';
import { readOptions, USAGE, type Options } from './options';
import { fullPlan, pick, quickPlan } from './plan';
import { loadRows, measureRows } from './rows';
import { asText } from './table';
import type { Row } from './types';

async function main(): Promise<void> {
	if (process.argv.includes('--help')) {
		console.log(USAGE);
		return;
	}
	const options = readOptions(process.argv.slice(2));
	const started = Date.now();
	const say = (line: string): void => {
		const elapsed = Math.round((Date.now() - started) / 1000);
		process.stderr.write(`${String(elapsed).padStart(5)} s  ${line}\n`);
	};
	const rows = await measureAll(options, say);
	if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, '\t')}\n`);
	console.log(`\nOne n8n, simulators that answer after ${options.latencyMs} ms, medians.\n`);
	console.log(asText(rows));
	say('done');
}

async function measureAll(options: Options, say: (line: string) => void): Promise<Row[]> {
	const onlyLoad = options.only.length === 1 && options.only[0] === 'load';
	const words = options.only.filter((word) => word !== 'load');
	const cases = onlyLoad ? [] : pick(options.quick ? quickPlan : fullPlan, words);
	const host = await N8nHost.start({ onProgress: say });
	try {
		const stopwatch = new Stopwatch(host, options.latencyMs);
		// The very first executions of an n8n are slower than all others.
		for (let run = 0; run < 3; run++) await stopwatch.idleSeconds(1);
		const rows = await measureRows({ host, stopwatch, options, say }, cases);
		const withLoad = options.only.length === 0 || options.only.includes('load');
		if (withLoad) say('load of the package');
		return withLoad ? [...rows, ...loadRows(options)] : rows;
	} finally {
		await host.dispose();
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
