import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { z } from 'zod';

const repository = join(__dirname, '../..');
const RUNS = 7;

export const WHOLE = 'the whole package';

/** Of the whole package, and of each of its files. */
export const LOAD_BUDGET_MS = { whole: 20, each: 5 };

const manifestSchema = z.object({ n8n: z.object({ credentials: z.array(z.string()), nodes: z.array(z.string()) }) });

/** Runs in a process of its own, so that nothing of the package is loaded yet: n8n itself has n8n-workflow and zod loaded. */
const measure = `
	require('n8n-workflow');
	require('zod');
	const files = JSON.parse(process.argv[1]);
	const before = process.memoryUsage().rss;
	const start = performance.now();
	for (const file of files) require(file);
	console.log(JSON.stringify([performance.now() - start, process.memoryUsage().rss - before]));
`;

export interface LoadTime {
	loaded: string;
	milliseconds: number;
	megabytes: number;
}

/** Time to load the whole package, and each of its credentials and nodes alone, from dist with n8n-workflow warm: medians of `runs` fresh processes. */
export function loadTimes(runs = RUNS): LoadTime[] {
	const { n8n } = manifestSchema.parse(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')));
	const everything = [...n8n.credentials, ...n8n.nodes];
	return [
		...everything.map((file) => loadTime(basename(file, '.js'), [file], runs)),
		loadTime('the phone library alone', [phoneChunk()], runs),
		loadTime(WHOLE, everything, runs),
	];
}

/** The chunk with the phone library: the build names it by its content, and nodes load it when they first read a number. */
function phoneChunk(): string {
	const name = readdirSync(join(repository, 'dist/chunks')).find((file) => file.startsWith('phoneLibrary'));
	if (!name) throw new Error('There is no chunk with the phone library (npm run build first?)');
	return `dist/chunks/${name}`;
}

function loadTime(loaded: string, files: string[], runs: number): LoadTime {
	const paths = JSON.stringify(files.map((file) => join(repository, file)));
	const measured = Array.from({ length: runs }, () => {
		const run = spawnSync(process.execPath, ['-e', measure, paths], { cwd: repository, encoding: 'utf8' });
		if (run.status !== 0) throw new Error(`${files.join(', ')} does not load (npm run build first?)\n${run.stderr}`);
		return z.tuple([z.number(), z.number()]).parse(JSON.parse(run.stdout));
	});
	const middle = (numbers: number[]): number =>
		Number((numbers.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN).toFixed(1));
	return {
		loaded,
		milliseconds: middle(measured.map(([milliseconds]) => milliseconds)),
		megabytes: middle(measured.map(([, bytes]) => bytes / 2 ** 20)),
	};
}

if (require.main === module) {
	console.log(
		`Load time with n8n-workflow warm, median of ${RUNS} fresh processes; the budget for the whole package is ${LOAD_BUDGET_MS.whole} ms.`,
	);
	console.table(loadTimes());
}
