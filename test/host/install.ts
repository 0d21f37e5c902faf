import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { npmEnvironment, runCommand } from './command';
import { withLock } from './installLock';

/** An n8n that is ready to be started, and the Node binary that it wants. */
export interface HostInstall {
	folder: string;
	/** The Node that n8n needs; the toolchain's own may be older. */
	node: string;
	/** n8n's start script. */
	n8n: string;
	version: string;
}

export interface InstallOptions {
	/** A folder with a package.json and a package-lock.json that name `n8n` and `node`. Default: `n8n/` beside this file, or N8N_HOST_FOLDER. */
	folder?: string;
	onProgress?: (line: string) => void;
}

type Step = { folder: string; logFile: string; onProgress: (line: string) => void };

const lockFile = z.object({ packages: z.record(z.object({ version: z.string().optional() })) });
const installTimeoutMs = 20 * 60_000;
/** Both lie inside node_modules, so they go when it goes, and are written only when what they stand for is complete. */
const stamps = { packages: '.host-packages', finished: '.host-finished' };

function defaultHostFolder(): string {
	return process.env.N8N_HOST_FOLDER ?? join(__dirname, 'n8n');
}

/**
 * Makes sure that the n8n of `folder` is installed: at once if its lock file has not changed since the last time, else in two to
 * three minutes. A killed install is taken up again by the next call; two processes never install at the same time.
 */
export async function ensureHost({
	folder: given = defaultHostFolder(),
	onProgress = () => {},
}: InstallOptions = {}): Promise<HostInstall> {
	// Compilers are started in other folders.
	const folder = resolve(given);
	const key = await installKey(folder);
	if (await isStamped(folder, stamps.finished, key)) return describeInstall(folder);
	const cache = join(folder, '.cache');
	await withLock(
		join(cache, 'install.lock'),
		() => onProgress('n8n: another process is installing it, waiting for that'),
		async () => {
			if (await isStamped(folder, stamps.finished, key)) return;
			const step: Step = { folder, logFile: join(cache, 'install.log'), onProgress };
			await rm(join(folder, 'node_modules', stamps.finished), { force: true });
			if (!(await isStamped(folder, stamps.packages, key))) {
				await installPackages(step);
				await stamp(folder, stamps.packages, key);
			}
			await placeNodeBinary(step);
			await compileSqlite(step);
			await stamp(folder, stamps.finished, key);
			onProgress('n8n: installed');
		},
	);
	return describeInstall(folder);
}

async function installKey(folder: string): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
	for (const file of ['package.json', 'package-lock.json']) hash.update(await readFile(join(folder, file)));
	return hash.digest('hex');
}

async function isStamped(folder: string, name: string, key: string): Promise<boolean> {
	return (await readFile(join(folder, 'node_modules', name), 'utf8').catch(() => '')) === key;
}

async function stamp(folder: string, name: string, key: string): Promise<void> {
	const file = join(folder, 'node_modules', name);
	await writeFile(`${file}.new`, key);
	await rename(`${file}.new`, file);
}

async function describeInstall(folder: string): Promise<HostInstall> {
	const n8n = join(folder, 'node_modules', 'n8n');
	const manifest: unknown = JSON.parse(await readFile(join(n8n, 'package.json'), 'utf8'));
	const { version } = z.object({ version: z.string() }).parse(manifest);
	return { folder, node: nodeBinary(folder), n8n: join(n8n, 'bin', 'n8n'), version };
}

const nodeBinary = (folder: string): string => join(folder, 'node_modules', 'node', 'bin', 'node');

/**
 * Without install scripts: one of n8n's own dependencies downloads source in its script and fails where that host is out of reach.
 * `npm install` and not `npm ci`, which insists that the lock file also names optional packages of foreign platforms that a
 * registry mirror may lack; `--no-save` keeps the lock file as it is.
 */
async function installPackages({ folder, logFile, onProgress }: Step): Promise<void> {
	const missing = missingBuildTools();
	if (missing.length > 0)
		onProgress(`n8n: ${missing.join(', ')} not found; needed if no ready-made sqlite3 can be downloaded`);
	const packages = Object.keys(
		lockFile.parse(JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))).packages,
	);
	onProgress(`n8n: installing ${packages.length} packages into ${folder}, once, 2 to 3 minutes`);
	await mkdir(dirname(logFile), { recursive: true });
	await writeFile(logFile, '');
	const since = Date.now();
	const report = setInterval(() => {
		const there = packages.filter((path) => existsSync(join(folder, path, 'package.json'))).length;
		onProgress(`n8n: ${there} of ${packages.length} packages, ${Math.round((Date.now() - since) / 1000)} s`);
	}, 10_000);
	try {
		await rm(join(folder, 'node_modules'), { recursive: true, force: true, maxRetries: 5 });
		const flags = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
		await runCommand('npm', ['install', ...flags], { cwd: folder, logFile, timeoutMs: installTimeoutMs });
	} finally {
		clearInterval(report);
	}
}

/** The package `node` fetches the binary of this platform in its own script. */
async function placeNodeBinary({ folder, logFile, onProgress }: Step): Promise<void> {
	onProgress('n8n: fetching its Node binary');
	await runCommand(process.execPath, ['installArchSpecificPackage.js'], {
		cwd: join(folder, 'node_modules', 'node'),
		env: npmEnvironment({ npm_config_audit: 'false', npm_config_fund: 'false' }),
		logFile,
		timeoutMs: installTimeoutMs,
	});
}

/** sqlite3's script downloads a ready-made library, or compiles one with the headers that came with the Node binary. */
async function compileSqlite({ folder, logFile, onProgress }: Step): Promise<void> {
	onProgress('n8n: preparing sqlite3');
	const path = `${dirname(nodeBinary(folder))}${delimiter}${process.env.PATH ?? ''}`;
	const headers = nodeHeaders(folder);
	try {
		await runCommand('npm', ['run', 'install'], {
			cwd: join(folder, 'node_modules', 'sqlite3'),
			env: npmEnvironment({ PATH: path, ...(headers === undefined ? {} : { npm_config_nodedir: headers }) }),
			logFile,
			timeoutMs: installTimeoutMs,
		});
		await runCommand(nodeBinary(folder), ['-e', "require('sqlite3')"], { cwd: folder, logFile, timeoutMs: 60_000 });
	} catch (error) {
		const missing = missingBuildTools();
		if (missing.length === 0) throw error;
		throw new Error(
			`n8n's sqlite3 has to be compiled here, and ${missing.join(', ')} not found. Install python3, make and g++ ` +
				`(Debian, Ubuntu: apt-get install python3 make g++; macOS: xcode-select --install), then run this again: it goes on from here.`,
			{ cause: error },
		);
	}
}

function nodeHeaders(folder: string): string | undefined {
	const inner = join(folder, 'node_modules', 'node', 'node_modules');
	if (!existsSync(inner)) return undefined;
	return readdirSync(inner)
		.map((name) => join(inner, name))
		.find((candidate) => existsSync(join(candidate, 'include', 'node', 'node_api.h')));
}

/** Which of the three tools for compiling a native module are not on the PATH. */
export function missingBuildTools(searchPath = process.env.PATH ?? ''): string[] {
	const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
	const isThere = (tool: string): boolean => folders.some((folder) => isExecutable(join(folder, tool)));
	const wanted = [
		['python3', 'python'],
		['make', 'gmake'],
		['g++', 'c++', 'clang++'],
	];
	return wanted.filter((names) => !names.some(isThere)).flatMap((names) => names.slice(0, 1));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

if (require.main === module) {
	ensureHost({ onProgress: (line) => process.stdout.write(`${line}\n`) }).then(
		({ version, folder }) => process.stdout.write(`n8n ${version} is ready in ${folder}\n`),
		(error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			process.exitCode = 1;
		},
	);
}
