import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const beatMs = 2_000;
/** A holder that has not touched its file for this long was killed. */
const abandonedAfterMs = 20_000;
const giveUpAfterMs = 25 * 60_000;

/**
 * Runs `work` while no other process does so for the same lock file. The holder keeps the file's time fresh,
 * so a killed holder frees it after 20 seconds without anybody's help. Throws after 25 minutes of waiting.
 */
export async function withLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
	const token = randomUUID();
	await mkdir(dirname(file), { recursive: true });
	await acquire(file, token, onWait);
	const beat = setInterval(() => void touch(file), beatMs);
	try {
		return await work();
	} finally {
		clearInterval(beat);
		await rm(file, { force: true });
	}
}

async function acquire(file: string, token: string, onWait: () => void): Promise<void> {
	const deadline = Date.now() + giveUpAfterMs;
	let told = false;
	while (!(await tryAcquire(file, token))) {
		if (Date.now() > deadline) throw new Error(`Another process holds ${file}. If none is running, delete that file.`);
		if (!told) onWait();
		told = true;
		await sleep(1_000);
	}
}

async function tryAcquire(file: string, token: string): Promise<boolean> {
	if (await isAbandoned(file)) await rename(file, `${file}.${token}`).catch(() => undefined);
	await rm(`${file}.${token}`, { force: true });
	try {
		await writeFile(file, token, { flag: 'wx' });
	} catch {
		return false;
	}
	// Two processes may find the same abandoned file, and the slower one then moves away the faster one's new file: see who is left.
	await sleep(200);
	return (await readFile(file, 'utf8').catch(() => '')) === token;
}

async function isAbandoned(file: string): Promise<boolean> {
	const found = await stat(file).catch(() => undefined);
	return found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs;
}

async function touch(file: string): Promise<void> {
	const now = new Date();
	await utimes(file, now, now).catch(() => undefined);
}
