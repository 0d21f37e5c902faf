import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { runCommand } from './command';

const repository = resolve(__dirname, '..', '..');
/** What the build reads. A change in any of it makes `dist` stale. */
const sources = [
	'credentials',
	'nodes',
	'upsert',
	'vendors',
	'http',
	'icons',
	'workflows',
	'gulpfile.js',
	'package.json',
	'tsconfig.json',
	'tsconfig.build.json',
];
const stampFile = join(repository, '.cache', 'built-from');
const packResult = z.array(z.object({ filename: z.string() })).nonempty();

export interface PackOptions {
	/** `whenStale` (default) builds if a source changed since the last build made here; N8N_HOST_BUILD sets another default. */
	build?: 'whenStale' | 'always' | 'never';
	onProgress?: (line: string) => void;
}

/** Builds this repository's package if need be and packs it. Gives the path of the .tgz, in a temporary folder of its own. */
export async function packRepository(options: PackOptions = {}): Promise<string> {
	await buildRepository(options);
	return packFolder(repository);
}

/** `npm pack` of any package folder. Gives the path of the .tgz. */
export async function packFolder(folder: string): Promise<string> {
	const destination = await mkdtemp(join(tmpdir(), 'n8n-package-'));
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
	const answer: unknown = JSON.parse(await runCommand('npm', args, { cwd: folder, timeoutMs: 120_000 }));
	return join(destination, packResult.parse(answer)[0].filename);
}

/** Removes a tarball made here, with its temporary folder. */
export async function discardPackage(tarball: string): Promise<void> {
	await rm(dirname(tarball), { recursive: true, force: true });
}

async function buildRepository({ build = defaultBuild(), onProgress = () => {} }: PackOptions): Promise<void> {
	if (build === 'never') return;
	const state = await sourceState();
	const isFresh = existsSync(join(repository, 'dist')) && (await readFile(stampFile, 'utf8').catch(() => '')) === state;
	if (build === 'whenStale' && isFresh) return;
	onProgress('package: building');
	await runCommand('npm', ['run', 'build'], { cwd: repository, timeoutMs: 5 * 60_000 });
	await mkdir(join(repository, '.cache'), { recursive: true });
	await writeFile(stampFile, state);
}

function defaultBuild(): 'whenStale' | 'always' | 'never' {
	return z.enum(['whenStale', 'always', 'never']).catch('whenStale').parse(process.env.N8N_HOST_BUILD);
}

/** A fingerprint of names, sizes and times of all source files. */
async function sourceState(): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of await filesOf(join(repository, source))) {
			const { size, mtimeMs } = await stat(file);
			hash.update(`${file} ${size} ${mtimeMs}\n`);
		}
	}
	return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
	const found = await stat(path).catch(() => undefined);
	if (found === undefined) return [];
	if (found.isFile()) return [path];
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}
