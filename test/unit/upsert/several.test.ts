import { createOrUpdate } from '../../../upsert/engine';
import type { UpsertPolicy } from '../../../upsert/types';
import { item, outcomes, policy } from './builders';
import { MemoryDirectory } from './memoryDirectory';

function threeAnns(dates: Array<string | undefined>): MemoryDirectory {
	const directory = new MemoryDirectory();
	for (const createdAt of dates) directory.add('ann@example.com', {}, { createdAt });
	return directory;
}

const run = (
	directory: MemoryDirectory,
	severalMatch: UpsertPolicy['severalMatch'],
	more: Partial<UpsertPolicy> = {},
) => createOrUpdate([item('ann@example.com', { Phone: '1' })], policy({ severalMatch, ...more }), directory);

test('a contact whose email is shared by three records is rejected and the ids are named', async () => {
	const directory = threeAnns([undefined, undefined, undefined]);

	expect(await run(directory, 'reject')).toMatchObject([
		{ ok: false, error: { message: '3 contacts have Email "ann@example.com": c1, c2 and c3', field: 'Email' } },
	]);
	expect(directory.callsOf('update')).toEqual([]);
});

test('of twelve ids ten are named', async () => {
	const directory = threeAnns(new Array<undefined>(12).fill(undefined));

	expect(await run(directory, 'reject')).toMatchObject([
		{ error: { message: expect.stringMatching(/^12 contacts have .*: c1, c2, .*, c10 and 2 more$/) } },
	]);
});

test('"skip" leaves all of them alone and says why', async () => {
	const directory = threeAnns([undefined, undefined]);

	expect(outcomes(await run(directory, 'skip'))).toMatchObject([
		{ action: 'skipped', reason: 'severalMatches', id: null, contact: {} },
	]);
	expect(directory.callsOf('update')).toEqual([]);
});

describe.each([
	{
		when: 'by date',
		dates: ['2024-03-01T00:00:00Z', '2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z'],
		oldest: 'c2',
		newest: 'c1',
	},
	{
		when: 'by instant, not by text',
		dates: ['2024-01-01T01:00:00.000+0000', '2024-01-01T02:30:00+02:00', '2024-01-01T00:00:00-05:00'],
		oldest: 'c2',
		newest: 'c3',
	},
	{
		when: 'by id where a date is missing',
		dates: ['2024-03-01T00:00:00Z', undefined, '2023-01-01T00:00:00Z'],
		oldest: 'c1',
		newest: 'c3',
	},
	{
		when: 'by id where the dates are the same',
		dates: new Array<string>(11).fill('2024-01-01T00:00:00Z'),
		oldest: 'c1',
		newest: 'c11',
	},
])('$when', ({ dates, oldest, newest }) => {
	test.each([
		['oldest', oldest],
		['newest', newest],
	] as const)('"%s" writes %s', async (choice, id) => {
		expect(outcomes(await run(threeAnns(dates), choice))).toMatchObject([{ action: 'updated', id }]);
	});
});

test('the one that was chosen is subject to the same rules as a single one', async () => {
	expect(outcomes(await run(threeAnns([undefined, undefined]), 'oldest', { allowUpdate: false }))).toMatchObject([
		{ action: 'skipped', reason: 'updatesOff', id: 'c1' },
	]);
});
