import { createOrUpdate } from '../../../upsert/engine';
import { batch, item, outcomes, policy, words } from './builders';
import { MemoryDirectory } from './memoryDirectory';

test('the second item with a key updates the contact that the first one made', async () => {
	const directory = new MemoryDirectory();
	const items = batch(item('ann@example.com', { Phone: '1', City: 'Oslo' }), item('Ann@Example.com', { Phone: '2' }));

	const [first, second] = outcomes(await createOrUpdate(items, policy(), directory));

	expect(first).toMatchObject({ action: 'created', contact: { Phone: '1', City: 'Oslo' } });
	expect(second).toMatchObject({
		action: 'updated',
		id: first?.id,
		matchedBy: { field: 'Email', value: 'Ann@Example.com' },
		createdByThisIntegration: true,
		changedFields: { Phone: { from: '1', to: '2' } },
	});
	expect(directory.having('ann@example.com')).toHaveLength(1);
});

test('items that repeat the same values cause one write and one look-up', async () => {
	const directory = new MemoryDirectory();
	const same = item('ann@example.com', { Phone: '1' });

	expect(words(await createOrUpdate(batch(same, same, same), policy(), directory))).toEqual([
		'created',
		'unchanged',
		'unchanged',
	]);
	expect(directory.calls.map(({ on }) => on)).toEqual(['find', 'create']);
});

test('first items of all keys are written together, then second ones', async () => {
	const directory = new MemoryDirectory();
	directory.add('b@x');
	const items = batch(
		item('a@x', { N: 1 }),
		item('a@x', { N: 2 }),
		item('b@x', { N: 1 }),
		item('c@x', { N: 1 }),
		item('b@x', { N: 2 }),
	);

	expect(words(await createOrUpdate(items, policy(), directory))).toEqual([
		'created',
		'updated',
		'updated',
		'created',
		'updated',
	]);
	expect(directory.callsOf('find')).toEqual([['a@x', 'b@x', 'c@x']]);
	expect(directory.callsOf('create')).toEqual([['a@x', 'c@x']]);
	expect(directory.callsOf('update')).toEqual([['b@x'], ['a@x', 'b@x']]);
});

test('a contact that this batch made counts as ours for the next item with its key, even where nothing marks it', async () => {
	const directory = new MemoryDirectory();
	const items = batch(item('ann@example.com', { Phone: '1' }), item('ann@example.com', { Phone: '2' }));

	expect(words(await createOrUpdate(items, policy({ allowUpdate: false }), directory))).toEqual(['created', 'updated']);
});

test('where the first item is refused, the second looks the key up again and stands on its own', async () => {
	const directory = new MemoryDirectory();
	directory.fail({ on: 'create', how: 'refuse' });
	const items = batch(item('ann@example.com', { Phone: 'x' }), item('ann@example.com', { Phone: '2' }));

	expect(words(await createOrUpdate(items, policy(), directory))).toEqual(['error', 'created']);
	expect(directory.callsOf('find')).toHaveLength(2);
});

test('where the update of the first item is refused, the second compares with what the vendor holds', async () => {
	const directory = new MemoryDirectory();
	directory.add('ann@example.com', { Phone: '1' });
	directory.fail({ on: 'update', how: 'refuse' });
	const items = batch(item('ann@example.com', { Phone: '2' }), item('ann@example.com', { Phone: '1' }));

	expect(words(await createOrUpdate(items, policy(), directory))).toEqual(['error', 'unchanged']);
});

test('the second item is written to the one of several contacts that the first one chose', async () => {
	const directory = new MemoryDirectory();
	directory.add('ann@example.com');
	const newest = directory.add('ann@example.com');
	const items = batch(item('ann@example.com', { Phone: '1' }), item('ann@example.com', { Phone: '1', City: 'Oslo' }));

	const [, second] = outcomes(await createOrUpdate(items, policy({ severalMatch: 'newest' }), directory));

	expect(second).toMatchObject({ id: newest.id, changedFields: { City: { from: null, to: 'Oslo' } } });
});
