import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { drawChart } from './draw';
import { asMarkdown } from './markdown';
import { rowSchema } from './types';

const docs = join(__dirname, '../../docs');
const USAGE = 'npx tsx test/bench/chart.ts FILE [--machine "two cores, 24 GB of memory"]';

/** Makes docs/images/speed.svg and docs/speed.md of what `npm run bench -- --json FILE` wrote. */
async function main(): Promise<void> {
	const { values, positionals } = parseArgs({ options: { machine: { type: 'string' } }, allowPositionals: true });
	const [file] = positionals;
	if (file === undefined) throw new Error(USAGE);
	const rows = rowSchema.array().parse(JSON.parse(await readFile(file, 'utf8')));
	await mkdir(join(docs, 'images'), { recursive: true });
	await writeFile(join(docs, 'images', 'speed.svg'), drawChart(rows));
	await writeFile(join(docs, 'speed.md'), asMarkdown(rows, values.machine ?? thisMachine()));
}

function thisMachine(): string {
	const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
	const count = cpus().length;
	return `${words[count] ?? count} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory`;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
