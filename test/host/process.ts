import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { Socket } from 'node:net';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import axios from 'axios';
import { dieWithParent } from './command';
import type { HostInstall } from './install';
import { waitFor } from './wait';

export interface ProcessOptions {
	install: HostInstall;
	/** n8n's command line: `['start']`, `['worker', '--concurrency=10']`. */
	args: string[];
	env: Record<string, string>;
	/** Lines are appended, so that a restarted n8n goes on in the same file. */
	logFile: string;
}

const linesInMemory = 5_000;
const gracePeriodMs = 15_000;
/** Everything else of the surrounding environment stays out: a developer's N8N_* or DB_* must not change a test. */
const inheritedNames = ['HOME', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot', 'USER'];

const running = new Set<N8nProcess>();
process.on('exit', () => running.forEach((one) => one.killNow('SIGKILL')));

/** One n8n process (main or worker) in a process group of its own. It dies with this process, however this process ends. */
export class N8nProcess {
	/** The last 5,000 lines that it printed; all of them are in the log file. */
	readonly logLines: string[] = [];
	/** How it ended ("code 0", "signal SIGKILL"), once it has. */
	ending: string | undefined;

	private readonly child: ChildProcess;
	private readonly ended: Promise<void>;
	private readonly log: WriteStream;

	constructor({ install, args, env, logFile }: ProcessOptions) {
		const inherited = inheritedNames.flatMap((name) => {
			const value = process.env[name];
			return value === undefined ? [] : [[name, value]];
		});
		const path = `${dirname(install.node)}${delimiter}${process.env.PATH ?? ''}`;
		this.log = createWriteStream(logFile, { flags: 'a' });
		this.child = spawn(install.node, ['--require', dieWithParent, install.n8n, ...args], {
			cwd: dirname(logFile),
			env: { ...Object.fromEntries(inherited), PATH: path, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true,
		});
		running.add(this);
		this.ended = new Promise((resolve) => {
			const end = (how: string): void => {
				this.ending ??= how;
				running.delete(this);
				this.log.end();
				resolve();
			};
			this.child.on('error', (error) => end(error.message));
			this.child.on('exit', (code, signal) => end(signal === null ? `code ${code}` : `signal ${signal}`));
		});
		this.keepLines(this.child.stdout);
		this.keepLines(this.child.stderr);
		this.doNotHoldParent();
	}

	get pid(): number {
		if (this.child.pid === undefined) throw new Error(`n8n did not start: ${this.ending ?? 'no process'}`);
		return this.child.pid;
	}

	logTail(lines = 40): string {
		return `The end of n8n's log:\n${this.logLines.slice(-lines).join('\n')}`;
	}

	/** Waits till `url` answers 200 with something that `isReady` accepts. Throws with the log's end when the process ends before or time is up. */
	async waitUntilReady(
		url: string,
		timeoutMs: number,
		isReady: (body: unknown) => boolean = () => true,
	): Promise<void> {
		const probe = async (): Promise<true | undefined> => {
			if (this.ending !== undefined) throw new Error(`n8n ended while starting (${this.ending}).\n${this.logTail()}`);
			const answer = await axios
				.get<unknown>(url, { proxy: false, timeout: 5_000, validateStatus: () => true })
				.catch(() => undefined);
			return answer?.status === 200 && isReady(answer.data) ? true : undefined;
		};
		await waitFor(probe, { what: `n8n at ${url}`, timeoutMs, pauseMs: 150, details: () => this.logTail() });
	}

	/** Asks it to stop; after 15 seconds it is killed. */
	async stop(): Promise<void> {
		if (this.ending !== undefined) return;
		this.child.ref();
		this.child.kill('SIGTERM');
		const timer = setTimeout(() => this.killNow('SIGKILL'), gracePeriodMs);
		await this.ended;
		clearTimeout(timer);
		this.killNow('SIGKILL');
	}

	/** A crash: the process and its task runners get the signal at once. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		if (this.ending === undefined) this.child.ref();
		this.killNow(signal);
		await this.ended;
	}

	/** Signals the whole group; also of use after the main process has gone, for what it may have left behind. */
	killNow(signal: NodeJS.Signals): void {
		if (this.child.pid === undefined) return;
		try {
			process.kill(-this.child.pid, signal);
		} catch {
			// The group is gone already.
		}
	}

	private keepLines(stream: Readable | null): void {
		if (stream === null) return;
		createInterface({ input: stream }).on('line', (line) => {
			this.logLines.push(line);
			if (this.logLines.length > linesInMemory) this.logLines.shift();
			if (!this.log.writableEnded) this.log.write(`${line}\n`);
		});
	}

	/** A test file that forgets to stop its host must not hang. */
	private doNotHoldParent(): void {
		this.child.unref();
		for (const stream of this.child.stdio) if (stream instanceof Socket) stream.unref();
	}
}
