import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { z } from 'zod';

const repository = join(__dirname, '../..');
const RUNS = 7;

const { n8n } = z
	.object({ n8n: z.object({ credentials: z.array(z.string()), nodes: z.array(z.string()) }) })
	.parse(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')));

/** Runs in a process of its own, so that nothing of the package is loaded yet: n8n itself has n8n-workflow and zod loaded. */
const measure = `
	require('n8n-workflow');
	require('zod');
	const files = JSON.parse(process.argv[1]);
	const start = performance.now();
	for (const file of files) require(file);
	console.log(performance.now() - start);
`;

/** Milliseconds to load `files` from dist, the median of some fresh processes. */
function loadTime(files: string[]): number {
	const paths = JSON.stringify(files.map((file) => join(repository, file)));
	const times = Array.from({ length: RUNS }, () => {
		const run = spawnSync(process.execPath, ['-e', measure, paths], { cwd: repository, encoding: 'utf8' });
		if (run.status !== 0) throw new Error(`${files.join(', ')} does not load (npm run build first?)\n${run.stderr}`);
		return Number(run.stdout);
	});
	return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN;
}

const everything = [...n8n.credentials, ...n8n.nodes];
const milliseconds = (files: string[]) => Number(loadTime(files).toFixed(1));
const rows = [
	...everything.map((file) => ({ loaded: basename(file, '.js'), milliseconds: milliseconds([file]) })),
	{ loaded: 'the phone library alone', milliseconds: milliseconds(['dist/vendors/shared/phoneLibrary.js']) },
	{ loaded: 'the whole package', milliseconds: milliseconds(everything) },
];

console.log(
	`Load time with n8n-workflow warm, median of ${RUNS} fresh processes; the budget for the whole package is 20 ms.`,
);
console.table(rows);
