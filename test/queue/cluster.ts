import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureHost } from '../host/install';
import { installPackage } from '../host/installPackage';
import { environment, N8nHost } from '../host/n8nHost';
import { discardPackage, packRepository } from '../host/pack';
import { freePort } from '../host/ports';
import { N8nProcess } from '../host/process';
import { startPostgres, startRedis, type Service } from './services';

const startTimeoutMs = 240_000;

/**
 * n8n in queue mode: one main process, workers, PostgreSQL and Redis, all on 127.0.0.1. Each process has a user folder of its own,
 * as on machines of their own, and the packed package in it.
 */
export class QueueCluster {
	private constructor(
		readonly main: N8nHost,
		readonly workers: readonly Worker[],
		private readonly services: readonly Service[],
	) {}

	static async start(workerCount: number, onProgress: (line: string) => void = () => {}): Promise<QueueCluster> {
		const tarball = await packRepository({ onProgress });
		const services: Service[] = [];
		const workers: Worker[] = [];
		let main: N8nHost | undefined;
		try {
			const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
			services.push(postgres, redis);
			const env = queueEnvironment(postgres, redis);
			// The main process goes first, alone, because it makes the tables.
			main = await N8nHost.start({ packages: [tarball], env, startTimeoutMs, onProgress });
			for (let number = 1; number <= workerCount; number++) workers.push(await Worker.prepare(env, tarball));
			await Promise.all(workers.map((worker) => worker.start()));
			onProgress(`n8n: ${workerCount} workers ready`);
			return new QueueCluster(main, workers, services);
		} catch (error) {
			await stopAll(main, workers, services);
			throw error;
		} finally {
			await discardPackage(tarball);
		}
	}

	async stop(): Promise<void> {
		await stopAll(this.main, this.workers, this.services);
	}
}

async function stopAll(
	main: N8nHost | undefined,
	workers: readonly Worker[],
	services: readonly Service[],
): Promise<void> {
	await Promise.all(workers.map((worker) => worker.dispose()));
	await main?.dispose();
	await Promise.all(services.map((service) => service.stop()));
}

/** What all processes have to have in common. */
function queueEnvironment(postgres: Service, redis: Service): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'postgres',
		DB_POSTGRESDB_PASSWORD: 'unused',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
	};
}

/** One `n8n worker`, which can be killed and started again. */
export class Worker {
	private process?: N8nProcess;

	private constructor(
		private readonly env: Record<string, string>,
		private readonly folder: string,
		private readonly healthPort: number,
	) {}

	static async prepare(shared: Record<string, string>, tarball: string): Promise<Worker> {
		const folder = await mkdtemp(join(tmpdir(), 'n8n-worker-'));
		await installPackage(folder, tarball);
		const port = await freePort();
		const key = shared.N8N_ENCRYPTION_KEY ?? '';
		const own = await environment({ port: await freePort(), baseUrl: 'http://127.0.0.1', userFolder: folder, key });
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		return new Worker({ ...own, ...shared, ...health, REMOVE_WITH_PARENT: folder }, folder, port);
	}

	async start(): Promise<void> {
		const install = await ensureHost();
		const logFile = join(this.folder, 'n8n.log');
		this.process = new N8nProcess({ install, args: ['worker', '--concurrency=10'], env: this.env, logFile });
		await this.process.waitUntilReady(`http://127.0.0.1:${this.healthPort}/healthz/readiness`, startTimeoutMs);
	}

	/** A crash. */
	async kill(): Promise<void> {
		await this.process?.kill('SIGKILL');
	}

	async dispose(): Promise<void> {
		await this.process?.stop();
		await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	logTail(lines?: number): string {
		return this.process?.logTail(lines) ?? '';
	}
}
