import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { N8nClient } from './n8nClient';
import { N8nHost } from './n8nHost';
import { discardPackage, packRepository } from './pack';
import { connectionSchema } from './restClient';
import { packTinyPackage } from './tinyPackage';

/** Names the file with the connection. Set beforehand, it makes the tests use an n8n that runs already (serve.ts). */
const connectionVariable = 'N8N_SHARED_HOST';

let host: N8nHost | undefined;

/** Jest's globalSetup of the e2e project: one n8n for all test files. */
export default async function startSharedHost(): Promise<void> {
	if (process.env[connectionVariable] !== undefined) return;
	const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
	host = await startWithAllPackages(onProgress);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-shared-'));
	process.env[connectionVariable] = await writeConnection(host, join(folder, 'connection.json'));
}

/** Jest's globalTeardown, by way of sharedTeardown.ts. */
export async function stopSharedHost(): Promise<void> {
	if (host === undefined) return;
	await host.dispose();
	const file = process.env[connectionVariable];
	if (file !== undefined) await rm(dirname(file), { recursive: true, force: true });
}

/** For a test file: the n8n that the whole run shares. Leave what you did not make alone; others use it too. */
export async function sharedHost(): Promise<N8nClient> {
	const file = process.env[connectionVariable];
	if (file === undefined) throw new Error('No shared n8n: run this through jest with `--selectProjects e2e`.');
	return new N8nClient(connectionSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
}

/** With this repository's package, and the tiny one that the tests of the host itself need. */
export async function startWithAllPackages(onProgress: (line: string) => void): Promise<N8nHost> {
	const packages = [await packRepository({ onProgress }), await packTinyPackage()];
	try {
		return await N8nHost.start({ packages, onProgress });
	} finally {
		for (const tarball of packages) await discardPackage(tarball);
	}
}

/** The file holds the key of a throw-away n8n on loopback; still, only its owner may read it. */
export async function writeConnection(client: N8nClient, file: string): Promise<string> {
	await writeFile(file, JSON.stringify(client.connection), { mode: 0o600 });
	return file;
}
