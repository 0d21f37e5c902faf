import { spawnSync } from 'node:child_process';

import { type Count, countTests, start } from './jestRuns';

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
	[
		jest('the package in a real n8n', 'e2e'),
		jest('the editor in a browser', 'browser', ['chromium']),
		jest('long runs', 'long'),
	],
	[jest('offline sync, with kills', 'offline'), jest('queue mode', 'queue', QUEUE_NEEDS)],
];

/** The machines of CI are small and busy: a test may be slow there, never wrong. What was run again is told at the end. */
const AGAIN = process.env.CI ? 2 : 0;

const total = { passed: 0, failed: 0 };
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
	const { passed, failed, repeated } = await run(stage);
	total.passed += passed;
	total.failed += failed.length;
	const seconds = Math.round((Date.now() - started) / 1000);
	const again = repeated.length > 0 ? `; run again: ${repeated.join(', ')}` : '';
	lines.push(`${stage.name}: ${passed} passed, ${failed.length} failed (${seconds} s)${again}`);
	lines.push(...failed.map((name) => `  failed: ${name}`));
	return failed.length === 0;
}

async function run({ name, command, jest: isJest }: Stage): Promise<Count> {
	if (isJest) return countTests(command, AGAIN);
	const hasPassed = (await start(command)) === 0;
	return { passed: hasPassed ? 1 : 0, failed: hasPassed ? [] : [name], repeated: [] };
}

function isInstalled(program: string): boolean {
	return spawnSync('sh', ['-c', program.includes('/') ? `ls ${program}` : `command -v ${program}`]).status === 0;
}

void main();
