import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { runCommand } from './command';

const manifestSchema = z
	.object({ name: z.string(), version: z.string(), dependencies: z.record(z.string()).optional() })
	.passthrough();
const nodesManifest = z.object({ dependencies: z.record(z.string()).catch({}) });

export interface InstalledPackage {
	name: string;
	version: string;
}

/**
 * Puts a packed package into a user folder in the same steps as n8n's own installer (n8n 2.41,
 * community-packages.service: unpack, drop dev, peer and optional dependencies, npm install without scripts, note it in
 * nodes/package.json). n8n loads it at its next start.
 */
export async function installPackage(userFolder: string, tarball: string): Promise<InstalledPackage> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const unpacked = await unpack(nodesFolder, tarball);
	const {
		devDependencies: _dev,
		peerDependencies: _peer,
		optionalDependencies: _optional,
		...manifest
	} = unpacked.manifest;
	await writeFile(join(unpacked.folder, 'package.json'), JSON.stringify(manifest, null, 2));
	if (Object.keys(manifest.dependencies ?? {}).length > 0) await installDependencies(unpacked.folder);
	await noteInstalled(nodesFolder, manifest);
	return { name: manifest.name, version: manifest.version };
}

async function unpack(nodesFolder: string, tarball: string) {
	const manifestText = await runCommand('tar', ['-xzOf', resolve(tarball), 'package/package.json'], {
		cwd: '.',
		timeoutMs: 60_000,
	});
	const manifest = manifestSchema.parse(JSON.parse(manifestText));
	const folder = join(nodesFolder, 'node_modules', manifest.name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await runCommand('tar', ['-xzf', resolve(tarball), '-C', folder, '--strip-components=1'], {
		cwd: '.',
		timeoutMs: 60_000,
	});
	return { folder, manifest };
}

async function installDependencies(folder: string): Promise<void> {
	const flags = [
		'--audit=false',
		'--fund=false',
		'--bin-links=false',
		'--install-strategy=shallow',
		'--ignore-scripts=true',
	];
	await runCommand('npm', ['install', ...flags, '--package-lock=false'], { cwd: folder, timeoutMs: 5 * 60_000 });
}

async function noteInstalled(nodesFolder: string, { name, version }: InstalledPackage): Promise<void> {
	const file = join(nodesFolder, 'package.json');
	const before = nodesManifest.parse(JSON.parse(await readFile(file, 'utf8').catch(() => '{}')));
	const content = { name: 'installed-nodes', private: true, dependencies: { ...before.dependencies, [name]: version } };
	await writeFile(file, JSON.stringify(content, null, 2));
}
