import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** To be loaded into every program that must not outlive this process; see there. */
export const dieWithParent = join(__dirname, 'dieWithParent.cjs');

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Everything that the command prints is added to this file. */
	logFile?: string;
	timeoutMs: number;
}

/** Runs a program to its end and gives what it wrote to stdout. Throws with the beginning and the end of its output when it fails or takes too long. */
export async function runCommand(program: string, args: string[], options: CommandOptions): Promise<string> {
	const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' });
	const chunks: string[] = [];
	let stdout = '';
	const child = spawn(program, args, {
		cwd: options.cwd,
		env: options.env ?? npmEnvironment(),
		timeout: options.timeoutMs,
	});
	const keep = (chunk: Buffer): void => {
		chunks.push(chunk.toString());
		log?.write(chunk);
	};
	child.stdout.on('data', (chunk: Buffer) => {
		stdout += chunk.toString();
		keep(chunk);
	});
	child.stderr.on('data', keep);
	const ending = await new Promise<string>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve(signal ?? String(code)));
	});
	log?.end();
	if (ending === '0') return stdout;
	throw new Error(`"${[program, ...args].join(' ')}" ended with ${ending}:\n${abridged(chunks.join(''))}`);
}

/** npm tells the cause first and its own usage last, compilers the other way round. */
function abridged(output: string): string {
	const lines = output.trimEnd().split('\n');
	return (lines.length <= 40 ? lines : [...lines.slice(0, 15), '[...]', ...lines.slice(-25)]).join('\n');
}

/** The environment without what an outer `npm run` tells about its own package: an inner npm would take it for its own. */
export function npmEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const ofOuterRun =
		/^(npm_(package|lifecycle)_|npm_config_(local_prefix|prefix|ignore_scripts)$|npm_command$|INIT_CWD$)/i;
	const kept = Object.entries(process.env).filter(([name]) => !ofOuterRun.test(name));
	const options = [process.env.NODE_OPTIONS, `--require "${dieWithParent}"`].filter(Boolean).join(' ');
	return { ...Object.fromEntries(kept), NODE_OPTIONS: options, ...more };
}
