import { Batches } from '../../../nodes/shared/createOrUpdate/batches';

/** Items such as `on:a`: the kind, which is what the builder chose for the item, and the key of its contact. */
function batched(...items: string[]): string[][] {
	const batches = new Batches<string>();
	for (const item of items) {
		const [kind = '', key = ''] = item.split(':');
		batches.add(item, kind, key);
	}
	return batches.all;
}

test.each<[string, string[], string[][]]>([
	['items of one kind are one batch', ['on:a', 'on:b', 'on:a'], [['on:a', 'on:b', 'on:a']]],
	[
		'kinds that alternate are two batches as long as each contact has one kind',
		['on:a', 'off:b', 'on:c', 'off:d', 'on:a'],
		[
			['on:a', 'on:c', 'on:a'],
			['off:b', 'off:d'],
		],
	],
	[
		'what comes later for a contact comes later in the batches, too',
		['on:a', 'off:a', 'on:a', 'on:b'],
		[['on:a'], ['off:a'], ['on:a', 'on:b']],
	],
	[
		'a batch that is there already is joined where that keeps the order',
		['on:a', 'off:b', 'off:a', 'off:a'],
		[['on:a'], ['off:b', 'off:a', 'off:a']],
	],
])('%s', (_, items, expected) => expect(batched(...items)).toEqual(expected));

test('no items are no batch', () => expect(batched()).toEqual([]));
