import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Everything. First what is fast, in the order in which it is cheapest to fail, while n8n is installed beside it; then what
 * needs a real n8n, in two lanes beside each other, because half of that time is waiting. Each stage counts its own tests;
 * a command without tests counts as one. Ends with one line: `N passed, N failed`.
 */
interface Stage {
	name: string;
	command: string[];
	/** A jest run: its tests are counted one by one. */
	jest?: boolean;
	/** Programs without which the stage is left out; a path may hold a `*`. */
	needs?: string[];
}

const jest = (name: string, project: string, needs?: string[]): Stage => ({
	name,
	// A simulator's connection that n8n keeps open must not keep the run from ending.
	command: ['jest', '--forceExit', '--selectProjects', project, ...(project === 'unit' ? [] : ['--runInBand'])],
	jest: true,
	needs,
});

const INSTALL: Stage = { name: 'a real n8n: install', command: ['tsx', 'test/host/install.ts'] };

const FAST: Stage[] = [
	{ name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
	{ name: 'build', command: ['gulp', 'build'] },
	{ name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
	jest('unit', 'unit'),
	jest('simulators', 'simulators'),
	jest('faults', 'faults'),
	jest('fuzzing', 'fuzz'),
];

/** Its own PostgreSQL and Redis; both end with the test. */
const QUEUE_NEEDS = ['redis-server', '/usr/lib/postgresql/*/bin/initdb', 'setpriv'];

/** n8n 1.x has a command of its own, `npm run test:generations`: installing that n8n takes as long as half of the rest. */
const LANES: Stage[][] = [
	[jest('the package in a real n8n', 'e2e'), jest('the editor in a browser', 'browser', ['chromium'])],
	[jest('offline sync, with kills', 'offline'), jest('queue mode', 'queue', QUEUE_NEEDS), jest('long runs', 'long')],
];

const report = z.object({
	numPassedTests: z.number(),
	numFailedTests: z.number(),
	numFailedTestSuites: z.number(),
	numRuntimeErrorTestSuites: z.number().catch(0),
});

interface Count {
	passed: number;
	failed: number;
}

const total: Count = { passed: 0, failed: 0 };
const lines: string[] = [];

async function main(): Promise<void> {
	const installed = runStage(INSTALL);
	if ((await inOrder(FAST)) && (await installed)) await Promise.all(LANES.map(inOrder));
	console.log(`\n${lines.join('\n')}\n`);
	console.log(`${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Stops at a command that fails, since nothing after it could work; goes on after failed tests. */
async function inOrder(stages: Stage[]): Promise<boolean> {
	for (const stage of stages) if (!(await runStage(stage)) && !stage.jest) return false;
	return true;
}

async function runStage(stage: Stage): Promise<boolean> {
	const missing = (stage.needs ?? []).filter((program) => !isInstalled(program));
	if (missing.length > 0) {
		lines.push(`${stage.name}: left out, because ${missing.join(' and ')} is not installed`);
		return true;
	}
	console.log(`\n== ${stage.name}`);
	const started = Date.now();
	const count = await run(stage);
	total.passed += count.passed;
	total.failed += count.failed;
	const seconds = Math.round((Date.now() - started) / 1000);
	lines.push(`${stage.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`);
	return count.failed === 0;
}

async function run(stage: Stage): Promise<Count> {
	if (!stage.jest) return (await start(stage.command)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	const folder = mkdtempSync(join(tmpdir(), 'test-report-'));
	try {
		const file = join(folder, 'report.json');
		const status = await start([...stage.command, '--json', `--outputFile=${file}`]);
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = report.parse(
			JSON.parse(readFileSync(file, 'utf8')),
		);
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		return { passed: numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed };
	} catch (error) {
		console.error(`No report of "${stage.name}": ${String(error)}`);
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Runs a command with its output shown; jest's JSON goes to its file, not to the screen. */
async function start([program = '', ...args]: string[]): Promise<number> {
	const child = spawn(program, args, {
		stdio: ['ignore', program === 'jest' ? 'ignore' : 'inherit', 'inherit'],
		env: {
			...process.env,
			PATH: `${join(__dirname, '../node_modules/.bin')}:${process.env.PATH ?? ''}`,
			N8N_HOST_BUILD: 'never',
		},
	});
	return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

function isInstalled(program: string): boolean {
	return spawnSync('sh', ['-c', program.includes('/') ? `ls ${program}` : `command -v ${program}`]).status === 0;
}

void main();
