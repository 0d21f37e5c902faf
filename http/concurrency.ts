/**
 * Maps the items with at most `limit` of them in progress; results come in the items' order.
 * The first rejection rejects the whole; no further item is begun after it.
 */
export async function mapConcurrently<Item, Result>(
	items: readonly Item[],
	limit: number,
	work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	const rest = items.entries();
	let stopped = false;
	const worker = async (): Promise<void> => {
		for (const [index, item] of rest) {
			if (stopped) return;
			try {
				results[index] = await work(item, index);
			} finally {
				stopped ||= !(index in results);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	return results;
}

/** The items in runs of at most `size`. */
export function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
	const chunks: Item[][] = [];
	for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
	return chunks;
}
