import { createOrUpdate } from '../../../upsert/engine';
import { stopMessage, tally } from '../../../upsert/tally';
import type { UpsertPolicy } from '../../../upsert/types';
import { batch, item, policy } from './builders';
import { MemoryDirectory } from './memoryDirectory';

async function fiveItems(changes: Partial<UpsertPolicy> = {}) {
	const directory = new MemoryDirectory();
	directory.add('same@x', { Phone: '1' });
	directory.add('twice@x');
	directory.add('twice@x');
	const items = batch(
		...['new1@x', 'same@x', 'twice@x', 'new2@x', 'twice@x'].map((email) => item(email, { Phone: '1' })),
	);
	return await createOrUpdate(items, policy(changes), directory);
}

test('counts what was written, what was not and what was left untouched', async () => {
	expect(tally(await fiveItems())).toMatchObject({
		total: 5,
		written: 2,
		notWritten: 2,
		untouched: 1,
		first: { itemIndex: 2 },
	});
});

test('one message for the batch: the counts, the first cause, and that running it again is safe', async () => {
	expect(stopMessage(tally(await fiveItems()))).toEqual({
		message: '2 of 5 items were not written',
		description:
			'2 were written, 1 was left untouched. First cause, in item 2: 2 contacts have Email "twice@x": c2 and c3. ' +
			'Merge them, or choose under "If Several Contacts Match" which one is written. ' +
			'Put it right and run all items again: what is written already is found, and not created twice.',
		field: 'Email',
	});
});

test('of a dry run it says what would be', async () => {
	expect(stopMessage(tally(await fiveItems({ dryRun: true })))).toMatchObject({
		message: '2 of 5 items would not be written',
		description: expect.stringMatching(
			/^2 would be written, 1 would be left untouched\. First cause, in item 2: .*written\.$/,
		),
	});
});

test('a single item speaks for itself', () => {
	const error = { message: 'Last Name is missing' };
	expect(stopMessage(tally([{ ok: false, itemIndex: 0, error }]))).toBe(error);
});

test('there is nothing to say where every item went well', async () => {
	const results = await fiveItems({ severalMatch: 'skip' });
	expect(tally(results)).toMatchObject({ written: 2, notWritten: 0, untouched: 3 });
	expect(stopMessage(tally(results))).toBeUndefined();
});
