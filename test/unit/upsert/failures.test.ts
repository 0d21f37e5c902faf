import { createOrUpdate } from '../../../upsert/engine';
import { batch, item, outcomes, policy, words } from './builders';
import { MemoryDirectory, REFUSAL } from './memoryDirectory';

const ann = item('ann@example.com', { Phone: '1' });
const bob = item('bob@example.com', { Phone: '1' });

describe('a look-up that goes wrong', () => {
	test.each(['refuse', 'throw', 'leaveOut'] as const)('never leads to a create (%s)', async (how) => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'find', how });

		expect(words(await createOrUpdate([ann], policy(), directory))).toEqual(['error']);
		expect(directory.callsOf('create')).toEqual([]);
	});

	test('concerns its own item, with the reason, and the others are written', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'find', key: 'ann@example.com', how: 'refuse' });

		const results = await createOrUpdate(batch(ann, bob), policy(), directory);

		expect(results[0]).toEqual({ ok: false, itemIndex: 0, error: REFUSAL });
		expect(words(results)).toEqual(['error', 'created']);
	});

	test('is tried again for the next item with the key', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'find', how: 'refuse' });

		expect(words(await createOrUpdate(batch(ann, ann), policy(), directory))).toEqual(['error', 'created']);
	});
});

describe('a write that goes wrong', () => {
	test.each(['create', 'update'] as const)('concerns its own item (%s)', async (on) => {
		const directory = new MemoryDirectory();
		if (on === 'update') for (const { key } of [ann, bob]) directory.add(key.value);
		directory.fail({ on, key: 'ann@example.com', how: 'refuse' });

		const results = await createOrUpdate(batch(ann, bob), policy(), directory);

		expect(results[0]).toEqual({ ok: false, itemIndex: 0, error: REFUSAL });
		expect(words(results)).toEqual(['error', on === 'create' ? 'created' : 'updated']);
	});

	test('as an exception, it does not make the batch forget what is written', async () => {
		const directory = new MemoryDirectory();
		directory.add('bob@example.com');
		directory.fail({ on: 'update', how: 'throw' });

		const results = await createOrUpdate(batch(ann, bob), policy(), directory);

		expect(words(results)).toEqual(['created', 'error']);
		expect(results[1]).toMatchObject({ error: { message: 'The directory broke', cause: expect.any(Error) } });
	});
});

describe('a create whose answer is lost', () => {
	test('has happened: it is reported as created, and not made twice', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'create', key: 'ann@example.com', how: 'loseAfter' });

		const [first, second] = outcomes(await createOrUpdate(batch(ann, bob), policy(), directory));

		expect(first).toMatchObject({
			action: 'created',
			id: 'c1',
			createdByThisIntegration: true,
			changedFields: { Phone: { from: null, to: '1' } },
			warnings: [],
		});
		expect(second).toMatchObject({ action: 'created', matchedBy: { value: 'bob@example.com' } });
		expect(directory.having('ann@example.com')).toHaveLength(1);
		expect(directory.callsOf('create')).toHaveLength(1);
	});

	test('has not happened: it is created once more', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'create', key: 'ann@example.com', how: 'loseBefore' });

		expect(words(await createOrUpdate(batch(ann, bob), policy(), directory))).toEqual(['created', 'created']);
		expect(directory.callsOf('create')).toEqual([['ann@example.com', 'bob@example.com'], ['ann@example.com']]);
	});

	test('is refused when it is repeated: the refusal is what the builder reads', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'create', how: 'loseBefore' });
		directory.fail({ on: 'create', how: 'refuse' });

		expect(await createOrUpdate([ann], policy(), directory)).toMatchObject([{ ok: false, error: REFUSAL }]);
	});

	test('is lost twice: the item says how to find out, and no third is sent', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'create', how: 'loseBefore', times: 9 });

		expect(await createOrUpdate([ann], policy(), directory)).toMatchObject([
			{
				ok: false,
				error: {
					message: expect.stringContaining('Email "ann@example.com"'),
					description: expect.stringMatching(/Look for the contact .*safe.*socket hang up/),
				},
			},
		]);
		expect(directory.callsOf('create')).toHaveLength(2);
	});

	test('can not be looked up: the item says how to find out, and the next item with the key looks again', async () => {
		const directory = new MemoryDirectory();
		directory.fail({ on: 'create', how: 'loseAfter' });
		jest.spyOn(directory, 'find').mockImplementationOnce(async () => [{ ok: true, contacts: [] }]);
		directory.fail({ on: 'find', how: 'refuse' });

		const results = await createOrUpdate(batch(ann, ann), policy(), directory);

		expect(results[0]).toMatchObject({ ok: false, error: { cause: REFUSAL, code: 'REFUSED' } });
		expect(words(results)).toEqual(['error', 'unchanged']);
		expect(directory.having('ann@example.com')).toHaveLength(1);
	});

	test('has left several contacts behind: their ids are named', async () => {
		const directory = new MemoryDirectory();
		jest.spyOn(directory, 'create').mockImplementationOnce(async () => {
			directory.add('ann@example.com');
			directory.add('ann@example.com');
			return [{ ok: false, problem: REFUSAL, outcomeUnknown: true }];
		});

		expect(await createOrUpdate([ann], policy({ severalMatch: 'oldest' }), directory)).toMatchObject([
			{ error: { message: '2 contacts have Email "ann@example.com": c1 and c2' } },
		]);
	});

	test.each(['throw', 'leaveOut'] as const)(
		'because the call broke off in the middle (%s): nothing is lost or doubled',
		async (how) => {
			const directory = new MemoryDirectory();
			directory.fail({ on: 'create', key: 'bob@example.com', how });

			expect(words(await createOrUpdate(batch(ann, bob), policy(), directory))).toEqual(['created', 'created']);
			for (const { key } of [ann, bob]) expect(directory.having(key.compare)).toHaveLength(1);
		},
	);
});
