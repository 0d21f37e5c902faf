import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startWithAllPackages, writeConnection } from './shared';

/** Keeps one n8n running while tests are written, so that a run of them need not start its own. Ends on Ctrl-C. */
async function serve(): Promise<void> {
	const say = (line: string): void => void process.stdout.write(`${line}\n`);
	const host = await startWithAllPackages(say);
	const cache = join(__dirname, '.cache');
	await mkdir(cache, { recursive: true });
	const file = await writeConnection(host, join(cache, 'connection.json'));
	const { email, password } = host.connection.owner;
	say(
		`Editor: ${host.baseUrl} (${email}, ${password})\nTests: N8N_SHARED_HOST=${file} npx jest --selectProjects e2e\nCtrl-C ends it.`,
	);
	const keepAlive = setInterval(() => {}, 60_000);
	await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
	clearInterval(keepAlive);
	await rm(file, { force: true });
	await host.dispose();
}

serve().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
