import { readFile, writeFile } from 'node:fs/promises';

export interface Memory {
	rssBytes: number;
	/** The highest since the start, or since `resetPeakMemory`. */
	peakBytes: number;
}

/** The resident memory of a process, from Linux's /proc. Throws on systems without it. */
export async function readMemory(pid: number): Promise<Memory> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return { rssBytes: kilobytes(status, 'VmRSS') * 1024, peakBytes: kilobytes(status, 'VmHWM') * 1024 };
}

export async function resetPeakMemory(pid: number): Promise<void> {
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}

function kilobytes(status: string, name: string): number {
	const found = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status);
	if (found === null) throw new Error(`/proc tells no ${name}.`);
	return Number(found[1]);
}
