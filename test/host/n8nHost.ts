import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureHost, type HostInstall } from './install';
import { installPackage } from './installPackage';
import { N8nClient } from './n8nClient';
import { discardPackage, packRepository } from './pack';
import { freePort } from './ports';
import { N8nProcess } from './process';
import { becomeOwner, type Connection } from './restClient';

export interface HostOptions {
	/** Packed packages (.tgz) to install before the start. Default: this repository's, built if need be. */
	packages?: string[];
	/** A folder with another n8n version (see install.ts). */
	hostFolder?: string;
	/** A user folder to go on with. Default: a fresh one below the system's temporary folder. */
	userFolder?: string;
	/** More environment for n8n; wins over what the host sets. */
	env?: Record<string, string>;
	/** `dispose()` leaves the user folder where it is. */
	keepFolder?: boolean;
	startTimeoutMs?: number;
	onProgress?: (line: string) => void;
}

interface Launch {
	install: HostInstall;
	userFolder: string;
	logFile: string;
	env: Record<string, string>;
	baseUrl: string;
	startTimeoutMs: number;
}

const defaultStartTimeoutMs = 180_000;
const portTries = 3;

/** A real n8n, started for this process and ended with it. */
export class N8nHost extends N8nClient {
	private constructor(
		private readonly launch: Launch,
		private readonly removeFolder: boolean,
		private process: N8nProcess,
		connection: Connection,
	) {
		super(connection);
	}

	/** Installs n8n if need be, makes a user folder, installs the packages in it, starts n8n and becomes its owner. */
	static async start(options: HostOptions = {}): Promise<N8nHost> {
		const { onProgress = () => {}, startTimeoutMs = defaultStartTimeoutMs } = options;
		const install = await ensureHost({ folder: options.hostFolder, onProgress });
		const packages = options.packages ?? [await packRepository({ onProgress })];
		const removeFolder = options.userFolder === undefined && options.keepFolder !== true;
		const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-host-')));
		try {
			for (const tarball of packages) {
				const { name, version } = await installPackage(userFolder, tarball);
				onProgress(`n8n: ${name} ${version} put into its user folder`);
			}
			onProgress(`n8n: starting ${install.version}`);
			const env = { ...(removeFolder ? { REMOVE_WITH_PARENT: userFolder } : {}), ...options.env };
			const { launch, main } = await launchOnFreePort({ install, userFolder, env, startTimeoutMs });
			const connection = await ownConnection(launch, main);
			onProgress(`n8n: ready at ${launch.baseUrl}`);
			return new N8nHost(launch, removeFolder, main, connection);
		} catch (error) {
			if (removeFolder) await remove(userFolder);
			throw error;
		} finally {
			if (options.packages === undefined) for (const tarball of packages) await discardPackage(tarball);
		}
	}

	get userFolder(): string {
		return this.launch.userFolder;
	}

	get version(): string {
		return this.launch.install.version;
	}

	/** The last lines that n8n has printed. */
	logTail(lines?: number): string {
		return this.process.logTail(lines);
	}

	/** Lets n8n finish and end; it is killed if that takes too long. */
	async stop(): Promise<void> {
		await this.process.stop();
	}

	/** A crash. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.process.kill(signal);
	}

	/** Starts n8n again with the same user folder and address, after `stop()` or `kill()`, and waits for the webhooks of active workflows. Cookie and key stay good. */
	async restart(): Promise<void> {
		await this.process.stop();
		this.process = startMain(this.launch);
		await waitUntilUp(this.process, this.launch);
		this.connection.pid = this.process.pid;
		for (const { json } of await this.activeWorkflows()) await this.waitForWebhooks(json);
	}

	/** Stops n8n and removes its user folder, unless that was given or is to be kept. */
	async dispose(): Promise<void> {
		await this.stop();
		if (this.removeFolder) await remove(this.userFolder);
	}
}

async function launchOnFreePort(options: {
	install: HostInstall;
	userFolder: string;
	env: Record<string, string>;
	startTimeoutMs: number;
}): Promise<{ launch: Launch; main: N8nProcess }> {
	const { install, userFolder, env, startTimeoutMs } = options;
	await mkdir(userFolder, { recursive: true });
	const key = await encryptionKey(userFolder);
	for (let tries = 1; ; tries += 1) {
		const port = await freePort();
		const baseUrl = `http://127.0.0.1:${port}`;
		const defaults = await environment({ port, baseUrl, userFolder, key });
		const logFile = join(userFolder, 'n8n.log');
		const launch: Launch = { install, userFolder, logFile, baseUrl, startTimeoutMs, env: { ...defaults, ...env } };
		const main = startMain(launch);
		try {
			await waitUntilUp(main, launch);
			return { launch, main };
		} catch (error) {
			await main.kill();
			const wasTaken = main.logLines.some((line) => /EADDRINUSE|already in use/i.test(line));
			if (!wasTaken || tries === portTries) throw error;
		}
	}
}

async function ownConnection({ baseUrl, logFile }: Launch, main: N8nProcess): Promise<Connection> {
	try {
		return await becomeOwner(baseUrl, { pid: main.pid, logFile });
	} catch (error) {
		await main.kill();
		throw error;
	}
}

const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });

function startMain({ install, env, logFile }: Launch): N8nProcess {
	return new N8nProcess({ install, args: ['start'], env, logFile });
}

/** `/healthz/readiness` says yes somewhat before `/rest` answers, so both are asked. */
async function waitUntilUp(main: N8nProcess, { baseUrl, startTimeoutMs }: Launch): Promise<void> {
	const isJson = (body: unknown): boolean => typeof body === 'object' && body !== null;
	await main.waitUntilReady(`${baseUrl}/healthz/readiness`, startTimeoutMs);
	await main.waitUntilReady(`${baseUrl}/rest/settings`, startTimeoutMs, isJson);
}

/** A user folder keeps its key: n8n refuses to start with another one. */
async function encryptionKey(userFolder: string): Promise<string> {
	const file = join(userFolder, 'encryption.key');
	const key = await readFile(file, 'utf8').catch(() => randomBytes(16).toString('hex'));
	await writeFile(file, key, { mode: 0o600 });
	return key;
}

/** What every n8n process gets, a worker too. */
export async function environment(about: {
	port: number;
	baseUrl: string;
	userFolder: string;
	key: string;
}): Promise<Record<string, string>> {
	return {
		N8N_USER_FOLDER: about.userFolder,
		N8N_ENCRYPTION_KEY: about.key,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(about.port),
		// OAuth2 redirects are built from it; without it they say "localhost", where the cookies of 127.0.0.1 are not sent.
		N8N_EDITOR_BASE_URL: about.baseUrl,
		WEBHOOK_URL: about.baseUrl,
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
		EXECUTIONS_DATA_PRUNE: 'false',
		GENERIC_TIMEZONE: 'UTC',
		TZ: 'UTC',
		// Nothing that calls n8n's own servers.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		NO_COLOR: '1',
	};
}
