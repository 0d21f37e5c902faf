import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { missingBuildTools } from '../../host/install';
import { withLock } from '../../host/installLock';

describe('the install guard of the test host', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-lock-'));
	});

	afterEach(() => rm(folder, { recursive: true, force: true }));

	test('lets a second install wait for the first', async () => {
		const file = join(folder, 'install.lock');
		const order: string[] = [];
		const first = withLock(
			file,
			() => order.push('first waits'),
			async () => {
				order.push('first starts');
				await sleep(500);
				order.push('first ends');
			},
		);
		await sleep(50);
		const second = withLock(
			file,
			() => order.push('second waits'),
			async () => void order.push('second starts'),
		);
		await Promise.all([first, second]);
		expect(order).toEqual(['second waits', 'first starts', 'first ends', 'second starts']);
	});

	test('takes over from an install that was killed', async () => {
		const file = join(folder, 'install.lock');
		await writeFile(file, 'of a process that is no more');
		const aMinuteAgo = new Date(Date.now() - 60_000);
		await utimes(file, aMinuteAgo, aMinuteAgo);
		const onWait = jest.fn();
		expect(await withLock(file, onWait, async () => 'done')).toBe('done');
		expect(onWait).not.toHaveBeenCalled();
	});

	test('names the tools that are missing for sqlite3', () => {
		expect(missingBuildTools(folder)).toEqual(['python3', 'make', 'g++']);
	});

	test('is content with a compiler of another name', async () => {
		for (const tool of ['python3', 'make', 'c++']) await writeFile(join(folder, tool), '', { mode: 0o755 });
		expect(missingBuildTools(folder)).toEqual([]);
	});
});
