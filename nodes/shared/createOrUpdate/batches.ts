/**
 * Items in batches of one kind each, such as the same choices of the builder. Run one after the other, the batches keep
 * items with the same key in the order of the input: what comes later meets what came before.
 */
export class Batches<Item> {
	readonly all: Item[][] = [];
	private readonly lastOfKind = new Map<string, number>();
	private readonly lastOfKey = new Map<string, number>();

	add(item: Item, kind: string, key: string): void {
		const last = this.lastOfKind.get(kind);
		const place = last !== undefined && last >= (this.lastOfKey.get(key) ?? 0) ? last : this.all.length;
		const batch = this.all[place];
		if (batch) batch.push(item);
		else this.all.push([item]);
		this.lastOfKind.set(kind, place);
		this.lastOfKey.set(key, place);
	}
}
