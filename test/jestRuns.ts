import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';

const ROOT = join(__dirname, '..');

const reportOfJest = z.object({
	testResults: z.array(
		z.object({
			name: z.string(),
			status: z.string(),
			assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
		}),
	),
});

interface FileCount {
	passed: number;
	/** The names of the tests that failed. */
	failed: string[];
}

export interface Count extends FileCount {
	/** Files that were run more than once, by their paths in the repository. */
	repeated: string[];
}

/** In the place of a file: what fails outside of all files, such as n8n's start. */
const RUN = 'the run itself';

/**
 * Runs jest and counts its tests. Files with failed tests are run up to `again` times more, alone and from their beginning: a
 * single test asked again would find what its first run has left behind.
 */
export async function countTests(command: string[], again: number): Promise<Count> {
	const files = await runOnce(command);
	const failing = (): string[] => [...files].filter(([, { failed }]) => failed.length > 0).map(([file]) => file);
	const repeated = new Set<string>();
	for (let left = again; left > 0 && failing().length > 0; left--) {
		const chosen = failing();
		for (const file of chosen) repeated.add(file);
		files.delete(RUN);
		const more = await runOnce(chosen.includes(RUN) ? command : [...command, '--runTestsByPath', ...chosen]);
		for (const [file, count] of more) files.set(file, count);
	}
	const counts = [...files.values()];
	return {
		passed: counts.reduce((total, { passed }) => total + passed, 0),
		failed: counts.flatMap(({ failed }) => failed),
		repeated: [...repeated],
	};
}

/** File, by its path in the repository -> its tests. */
async function runOnce(command: string[]): Promise<Map<string, FileCount>> {
	const folder = mkdtempSync(join(tmpdir(), 'test-report-'));
	try {
		const output = join(folder, 'report.json');
		const status = await start([...command, '--json', `--outputFile=${output}`]);
		const files = existsSync(output) ? filesOf(readFileSync(output, 'utf8')) : new Map<string, FileCount>();
		const hasFailed = [...files.values()].some(({ failed }) => failed.length > 0);
		if (files.size === 0 || (status !== 0 && !hasFailed)) files.set(RUN, { passed: 0, failed: [RUN] });
		return files;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function filesOf(report: string): Map<string, FileCount> {
	const { testResults } = reportOfJest.parse(JSON.parse(report));
	return new Map(
		testResults.map(({ name, status, assertionResults }) => {
			const file = relative(ROOT, name);
			const having = (wanted: string) => assertionResults.filter((one) => one.status === wanted);
			const failed = having('failed').map(({ fullName }) => `${file}: ${fullName}`);
			const isBroken = status !== 'passed' && failed.length === 0;
			return [file, { passed: having('passed').length, failed: isBroken ? [file] : failed }];
		}),
	);
}

/** Runs a command of the project with its output shown, but for jest's JSON, which goes to its file. Resolves to its exit code. */
export async function start([program = '', ...args]: string[]): Promise<number> {
	const child = spawn(program, args, {
		cwd: ROOT,
		stdio: ['ignore', program === 'jest' ? 'ignore' : 'inherit', 'inherit'],
		env: {
			...process.env,
			PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
			N8N_HOST_BUILD: 'never',
		},
	});
	return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}
