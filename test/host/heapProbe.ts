import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { waitFor } from './wait';

const measured = z.object({ heapUsed: z.number(), external: z.number() });

/** Measures what an n8n process holds: start it with `env`, then ask by its process id. */
export class HeapProbe {
	private constructor(private readonly file: string) {}

	static async create(): Promise<HeapProbe> {
		return new HeapProbe(join(await mkdtemp(join(tmpdir(), 'n8n-heap-')), 'heap.json'));
	}

	get env(): Record<string, string> {
		return { NODE_OPTIONS: `--require "${join(__dirname, 'collectOnSignal.cjs')}"`, HEAP_PROBE_FILE: this.file };
	}

	/** Bytes of objects and buffers that are still held after a full collection. */
	async heldBytes(pid: number): Promise<number> {
		await rm(this.file, { force: true });
		process.kill(pid, 'SIGUSR2');
		const text = await waitFor(async () => await readFile(this.file, 'utf8').catch(() => undefined), {
			what: 'the memory of n8n to be measured',
			timeoutMs: 60_000,
		});
		const { heapUsed, external } = measured.parse(JSON.parse(text));
		return heapUsed + external;
	}

	async dispose(): Promise<void> {
		await rm(dirname(this.file), { recursive: true, force: true });
	}
}
