import fc from 'fast-check';

import { nothingBelieved } from '../../../upsert/dryRun';
import { createOrUpdate } from '../../../upsert/engine';
import type { ContactInput, FieldInfo, FieldValue, ItemResult, UpsertPolicy } from '../../../upsert/types';
import { batch, item, policy, words } from './builders';
import { MemoryDirectory, type Fault } from './memoryDirectory';

const FIELDS: FieldInfo[] = [
	{ id: 'Text', label: 'Text', type: 'text' },
	{ id: 'Number', label: 'Number', type: 'number' },
	{ id: 'Box', label: 'Box', type: 'boolean' },
	{ id: 'Tags', label: 'Tags', type: 'list' },
];

const emails = fc.constantFrom('a@x', 'A@x', 'b@x', 'c@x', 'd@x', 'e@x');
const values: fc.Arbitrary<Record<string, FieldValue>> = fc.record(
	{
		Text: fc.constantFrom('', ' ', 'one', 'One', ' one '),
		Number: fc.constantFrom<FieldValue>(null, 0, 1, '1', '1.0'),
		Box: fc.constantFrom<FieldValue>(null, true, false),
		Tags: fc.constantFrom<FieldValue>([], ['p', 'q'], ['q', 'p']),
		Source: fc.constantFrom('n8n', 'import'),
		['__proto__']: fc.constantFrom('x', 'y'),
	},
	{ requiredKeys: [] },
);
const summaries = fc.option(
	fc.record({ field: fc.constantFrom('Notes', 'Text'), value: fc.constantFrom('', 'We talked', 'We wrote') }),
	{ nil: undefined },
);

const inputs: fc.Arbitrary<ContactInput[]> = fc
	.array(
		fc.tuple(emails, values, summaries).map(([email, some, summary]) => item(email, some, { summary })),
		{ maxLength: 12 },
	)
	.map((items) => batch(...items));

const policies: fc.Arbitrary<UpsertPolicy> = fc.record({
	allowCreate: fc.boolean(),
	allowUpdate: fc.boolean(),
	alwaysSaveSummary: fc.boolean(),
	severalMatch: fc.constantFrom('reject', 'oldest', 'newest', 'skip'),
	emptyValues: fc.constantFrom('ignore', 'clear'),
	origin: fc.constantFrom<UpsertPolicy['origin']>(
		{ kind: 'none' },
		{ kind: 'connectedUser', userId: 'user-1' },
		{ kind: 'marker', field: 'Source', value: 'n8n' },
	),
	dryRun: fc.constant(false),
});

/** Contacts that are there before; two of them may share an email. */
const stored = fc.array(fc.tuple(emails, values, fc.constantFrom('user-1', 'user-2')), { maxLength: 5 });

const faults: fc.Arbitrary<Fault[]> = fc.array(
	fc.record({
		on: fc.constantFrom('find', 'create', 'update'),
		key: fc.option(fc.constantFrom('a@x', 'b@x', 'c@x'), { nil: undefined }),
		times: fc.integer({ min: 1, max: 3 }),
		how: fc.constantFrom('refuse', 'loseBefore', 'loseAfter', 'throw', 'leaveOut'),
	}),
	{ maxLength: 6 },
);

function directoryWith(contacts: ReadonlyArray<[string, Record<string, FieldValue>, string]>): MemoryDirectory {
	const directory = new MemoryDirectory(FIELDS);
	for (const [email, fields, createdBy] of contacts) directory.add(email, fields, { createdBy });
	return directory;
}

/** Results without what a dry run can't know: the ids of the contacts that it would make. */
function comparable(results: ItemResult[], made: ReadonlySet<string>): unknown {
	return results.map((result) => {
		if (!result.ok) return result;
		const id = made.has(result.outcome.id ?? '') ? null : result.outcome.id;
		return { ...result.outcome, dryRun: 'either', id, contact: { ...result.outcome.contact, id } };
	});
}

test('every item has exactly one result, in its place, whatever goes wrong', async () => {
	await fc.assert(
		fc.asyncProperty(inputs, policies, stored, faults, async (items, choices, contacts, wrong) => {
			const directory = directoryWith(contacts);
			wrong.forEach((fault) => directory.fail(fault));
			const results = await createOrUpdate(items, choices, directory);

			expect(results.map(({ itemIndex }) => itemIndex)).toEqual(items.map(({ itemIndex }) => itemIndex));
			results.forEach((result, at) => {
				if (result.ok) expect(result.outcome.matchedBy.value).toBe(items[at]?.key.value);
			});
		}),
	);
});

test('a key that nobody or one contact had never has two afterwards, whatever goes wrong', async () => {
	await fc.assert(
		fc.asyncProperty(inputs, policies, stored, faults, async (items, choices, contacts, wrong) => {
			const directory = directoryWith(contacts);
			const before = new Map(items.map(({ key }) => [key.compare, directory.having(key.compare).length]));
			wrong.forEach((fault) => directory.fail(fault));
			await createOrUpdate(items, choices, directory);

			for (const [key, count] of before) expect(directory.having(key).length).toBeLessThanOrEqual(Math.max(1, count));
		}),
	);
});

test('there is one write for each item that is reported as written, and none for the others', async () => {
	await fc.assert(
		fc.asyncProperty(inputs, policies, stored, async (items, choices, contacts) => {
			const directory = directoryWith(contacts);
			const before = directory.content();
			const results = await createOrUpdate(items, choices, directory);

			const created = words(results).filter((word) => word === 'created').length;
			expect(directory.callsOf('create').flat()).toHaveLength(created);
			const writes = words(results).filter((word) => ['created', 'updated', 'summaryUpdated'].includes(word));
			if (writes.length === 0) expect(directory.content()).toEqual(before);
			expect(directory.callsOf('update').flat()).toHaveLength(writes.length - created);
		}),
	);
});

test('a dry run writes nothing and tells what a real run then does', async () => {
	await fc.assert(
		fc.asyncProperty(inputs, policies, stored, async (items, choices, contacts) => {
			const directory = directoryWith(contacts);
			const before = directory.content();
			const rehearsed = await createOrUpdate(items, { ...choices, dryRun: true }, directory);
			expect(directory.content()).toEqual(before);
			expect(directory.calls.every(({ on }) => on === 'find')).toBe(true);

			const real = await createOrUpdate(items, choices, directory);
			const made = real.map((result) =>
				result.ok && result.outcome.action === 'created' ? (result.outcome.id ?? '') : '',
			);
			expect(comparable(rehearsed, new Set())).toEqual(comparable(real, new Set(made)));
		}),
	);
});

test('the same of a dry run in several batches: a later one meets what an earlier one would have written', async () => {
	const parts = fc.array(fc.tuple(inputs, policies), { minLength: 2, maxLength: 3 });
	await fc.assert(
		fc.asyncProperty(parts, stored, async (batches, contacts) => {
			const directory = directoryWith(contacts);
			const before = directory.content();
			const believed = nothingBelieved();
			const run = async (dryRun: boolean): Promise<ItemResult[]> => {
				const results: ItemResult[] = [];
				for (const [items, choices] of batches)
					results.push(...(await createOrUpdate(items, { ...choices, dryRun }, directory, believed)));
				return results;
			};
			const rehearsed = await run(true);
			expect(directory.content()).toEqual(before);

			const real = await run(false);
			const made = real.map((result) =>
				result.ok && result.outcome.action === 'created' ? (result.outcome.id ?? '') : '',
			);
			expect(comparable(rehearsed, new Set())).toEqual(comparable(real, new Set(made)));
		}),
	);
});

test('a second run of the same items writes nothing', async () => {
	await fc.assert(
		fc.asyncProperty(inputs, policies, stored, async (items, choices, contacts) => {
			const oneForEachKey = [...new Map(items.map((input) => [input.key.compare, input])).values()];
			const directory = directoryWith(contacts);
			const first = words(await createOrUpdate(oneForEachKey, choices, directory));
			directory.calls.length = 0;
			const second = words(await createOrUpdate(oneForEachKey, choices, directory));

			expect(directory.calls.every(({ on }) => on === 'find')).toBe(true);
			if (choices.allowUpdate) {
				expect(second).toEqual(first.map((word) => (word === 'created' || word === 'updated' ? 'unchanged' : word)));
			}
		}),
	);
});

test('a run that was cut short by refusals is completed by the next one, without a duplicate', async () => {
	await fc.assert(
		fc.asyncProperty(inputs, faults, async (items, wrong) => {
			const directory = directoryWith([]);
			wrong.forEach((fault) => directory.fail(fault));
			await createOrUpdate(items, policy(), directory);
			directory.healed();
			await createOrUpdate(items, policy(), directory);

			for (const { key } of items) expect(directory.having(key.compare)).toHaveLength(1);
		}),
	);
});

describe('ten thousand items', () => {
	const many = (email: (n: number) => string) =>
		batch(...Array.from({ length: 10_000 }, (_, n) => item(email(n), { Text: `value ${n}`, Number: n })));

	test.each([
		['with as many keys', many((n) => `${n}@x`)],
		['with a thousand keys', many((n) => `${n % 1000}@x`)],
		['with one key', many(() => 'a@x')],
	])('%s all come out', async (_, items) => {
		const directory = new MemoryDirectory(FIELDS);
		const results = await createOrUpdate(items, policy(), directory);

		expect(results).toHaveLength(10_000);
		expect(results.every(({ ok }) => ok)).toBe(true);
	});
});
