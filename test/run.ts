import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Everything, in the order in which it is cheapest to fail. Each stage counts its own tests;
 * a command without tests counts as one. Ends with one line: `N passed, N failed`.
 */
interface Stage {
	name: string;
	command: string[];
	/** A jest run: its tests are counted one by one. */
	jest?: boolean;
	/** Programs without which the stage is left out. */
	needs?: string[];
	env?: Record<string, string>;
	/** Begun at once, beside the stages before it: it waits for the network more than it computes. */
	early?: boolean;
}

const jest = (project: string, ...more: string[]): string[] => ['jest', '--selectProjects', project, ...more];

const STAGES: Stage[] = [
	{ name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
	{ name: 'build', command: ['gulp', 'build'] },
	{ name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
	{ name: 'unit', command: jest('unit'), jest: true },
	{ name: 'simulators', command: jest('simulators'), jest: true },
	{ name: 'a real n8n: install', command: ['tsx', 'test/host/install.ts'], early: true },
	{
		name: 'the package in a real n8n',
		command: jest('e2e', '--runInBand'),
		jest: true,
		env: { N8N_HOST_BUILD: 'never' },
	},
	{
		name: 'the editor in a real browser',
		command: jest('browser', '--runInBand'),
		jest: true,
		needs: ['chromium'],
		env: { N8N_HOST_BUILD: 'never' },
	},
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

async function main(): Promise<void> {
	const only = process.argv.slice(2);
	const stages = only.length === 0 ? STAGES : STAGES.filter(({ name }) => only.includes(name));
	const total: Count = { passed: 0, failed: 0 };
	const lines: string[] = [];
	const early = new Map(stages.filter((stage) => stage.early).map((stage) => [stage, run(stage)]));
	for (const stage of stages) {
		const missing = (stage.needs ?? []).filter((program) => !isInstalled(program));
		if (missing.length > 0) {
			lines.push(`${stage.name}: left out, because ${missing.join(' and ')} is not installed`);
			continue;
		}
		console.log(`\n== ${stage.name}`);
		const started = Date.now();
		const count = await (early.get(stage) ?? run(stage));
		total.passed += count.passed;
		total.failed += count.failed;
		lines.push(
			`${stage.name}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - started) / 1000)} s)`,
		);
		if (count.failed > 0 && !stage.jest) break;
	}
	console.log(`\n${lines.join('\n')}\n`);
	console.log(`${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed > 0 ? 1 : 0;
}

async function run(stage: Stage): Promise<Count> {
	if (!stage.jest)
		return (await start(stage.command, stage.env)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	const folder = mkdtempSync(join(tmpdir(), 'test-report-'));
	try {
		const file = join(folder, 'report.json');
		const status = await start([...stage.command, '--json', `--outputFile=${file}`], stage.env);
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
async function start([program = '', ...args]: string[], env: Record<string, string> = {}): Promise<number> {
	const child = spawn(program, args, {
		stdio: ['ignore', program === 'jest' ? 'ignore' : 'inherit', 'inherit'],
		env: { ...process.env, PATH: `${join(__dirname, '../node_modules/.bin')}:${process.env.PATH ?? ''}`, ...env },
	});
	return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

function isInstalled(program: string): boolean {
	return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

void main();
