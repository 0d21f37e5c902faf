import { setTimeout as wait } from 'node:timers/promises';

import { inChunks, mapConcurrently } from '../../../http/concurrency';

test('results keep the order of the items, and never more than the limit are in progress', async () => {
	let inProgress = 0;
	let peak = 0;
	const results = await mapConcurrently([30, 5, 20, 1, 10], 2, async (ms, index) => {
		peak = Math.max(peak, ++inProgress);
		await wait(ms);
		inProgress--;
		return `${index}:${ms}`;
	});
	expect(results).toEqual(['0:30', '1:5', '2:20', '3:1', '4:10']);
	expect(peak).toBe(2);
});

test('the first one that fails ends it, and none is begun after it', async () => {
	const begun: number[] = [];
	const work = mapConcurrently([1, 2, 3, 4, 5, 6], 2, async (item) => {
		begun.push(item);
		await wait(1);
		if (item === 2) throw new Error('two');
		return item;
	});
	await expect(work).rejects.toThrow('two');
	await wait(10);
	expect(begun).toEqual([1, 2, 3]);
});

test('no items are no work', async () => {
	expect(await mapConcurrently([], 4, async () => 1)).toEqual([]);
});

test('a result of undefined is a result', async () => {
	expect(await mapConcurrently([1, 2], 1, async () => undefined)).toEqual([undefined, undefined]);
});

test.each([
	[[1, 2, 3, 4, 5], 2, [[1, 2], [3, 4], [5]]],
	[[1, 2], 100, [[1, 2]]],
	[[], 3, []],
])('%j in runs of %i', (items, size, chunks) => {
	expect(inChunks(items, size)).toEqual(chunks);
});
