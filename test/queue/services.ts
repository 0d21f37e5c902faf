import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommand } from '../host/command';
import { freePort } from '../host/ports';
import { waitFor } from '../host/wait';

/** A database or a queue of the test's own, on 127.0.0.1 and in a folder of its own; both are gone after `stop()`. */
export interface Service {
	port: number;
	stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

export async function startRedis(): Promise<Service> {
	const folder = await mkdtemp(join(tmpdir(), 'queue-redis-'));
	const port = await freePort();
	const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
	const line = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
	return await start({ name: 'Redis', program: ['redis-server', ...line], folder, port, stopSignal: 'SIGTERM' });
}

/** PostgreSQL with an empty database `n8n` that its user `postgres` may enter without a password. */
export async function startPostgres(): Promise<Service> {
	const folder = await mkdtemp(join(tmpdir(), 'queue-postgres-'));
	const bin = await postgresPrograms();
	const owner = await unprivileged();
	if (owner) await chown(folder, owner.uid, owner.gid);
	const asOwner = owner ? [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'] : [];
	const data = join(folder, 'data');
	const quick = { cwd: folder, timeoutMs: startTimeoutMs };
	await runCommand('setpriv', [...asOwner, join(bin, 'initdb'), '-D', data, '-A', 'trust', '-U', 'postgres'], quick);
	const port = await freePort();
	const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'];
	const program = [join(bin, 'postgres'), '-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
	const service = await start({ name: 'PostgreSQL', program, options: asOwner, folder, port, stopSignal: 'SIGINT' });
	await runCommand(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', 'n8n'], quick);
	return service;
}

/** The folder of the newest version, where Debian puts it. */
async function postgresPrograms(): Promise<string> {
	const root = '/usr/lib/postgresql';
	const newest = (await readdir(root)).map(Number).sort((a, b) => b - a)[0];
	return join(root, String(newest), 'bin');
}

/** PostgreSQL refuses to run as root: then it runs as the owner of its package's folder. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const { uid, gid } = await stat('/var/lib/postgresql');
	return { uid, gid };
}

interface Start {
	name: string;
	program: string[];
	/** Of setpriv. */
	options?: string[];
	folder: string;
	port: number;
	stopSignal: NodeJS.Signals;
}

/** Starts the program so that it ends with this process, however this process ends. */
async function start({ name, program, options = [], folder, port, stopSignal }: Start): Promise<Service> {
	const child = spawn('setpriv', [...options, '--pdeathsig', 'KILL', ...program], { cwd: folder, stdio: 'pipe' });
	const output: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	const stop = async (): Promise<void> => {
		await end(child, stopSignal);
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const isUp = async (): Promise<true | undefined> => {
			if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.\n${output.join('')}`);
			return (await isOpen(port)) ? true : undefined;
		};
		await waitFor(isUp, { what: name, timeoutMs: startTimeoutMs, details: () => output.join('') });
		return { port, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill(signal);
	const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
	await ended;
	clearTimeout(timer);
}

async function isOpen(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: '127.0.0.1', port });
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
