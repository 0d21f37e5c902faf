import { createOrUpdate } from '../../../upsert/engine';
import type { Origin, StoredContact } from '../../../upsert/types';
import { item, outcomes, policy } from './builders';
import { CONNECTED_USER, MemoryDirectory } from './memoryDirectory';
import { TRUTH_CASES } from './truthTable';

/** How each kind of origin shows in a contact that is ours, and in one that is not. */
const ORIGINS: Array<{
	origin: Origin;
	ours: Record<string, string>;
	by: Partial<StoredContact>;
	notOurs: Partial<StoredContact>;
}> = [
	{
		origin: { kind: 'marker', field: 'Source', value: 'n8n' },
		ours: { Source: 'n8n' },
		by: {},
		notOurs: { createdBy: CONNECTED_USER },
	},
	{
		origin: { kind: 'connectedUser', userId: CONNECTED_USER },
		ours: {},
		by: { createdBy: CONNECTED_USER },
		notOurs: { createdBy: 'somebody else' },
	},
];

describe.each(ORIGINS)('with the origin told by $origin.kind', ({ origin, ours, by, notOurs }) => {
	const outcomeOf = async (row: (typeof TRUTH_CASES)[number], alwaysSaveSummary: boolean) => {
		const directory = new MemoryDirectory();
		if (row.found === 'one, ours') directory.add('ann@example.com', { Phone: '1', ...ours }, by);
		if (row.found === 'one, not ours') directory.add('ann@example.com', { Phone: '1' }, notOurs);

		const input = item('ann@example.com', { Phone: '2' }, { summary: { field: 'Notes', value: row.summary } });
		const choices = { allowCreate: row.c === 'on', allowUpdate: row.u === 'on', alwaysSaveSummary, origin };
		const [outcome] = outcomes(await createOrUpdate([input], policy(choices), directory));
		return { outcome, stored: directory.having('ann@example.com')[0]?.fields };
	};

	/** The cell of the table that an outcome belongs in. */
	const described = ({ outcome, stored }: Awaited<ReturnType<typeof outcomeOf>>) => {
		if (outcome?.reason) return outcome.reason;
		const changed = outcome?.changedFields ?? {};
		const marked =
			origin.kind === 'marker' ? stored?.get('Source') === 'n8n' && 'Source' in changed : outcome?.action === 'created';
		const parts = [
			stored?.get('Phone') === '2' && 'Phone' in changed && 'fields',
			stored?.get('Notes') === 'We talked' && 'Notes' in changed && 'summary',
			marked && outcome?.createdByThisIntegration === true && 'origin',
		];
		return `${outcome?.action}: ${parts.filter((part) => part !== false).join(', ')}`;
	};

	test.each(TRUTH_CASES)('$found, C $c, U $u, summary "$summary": $expected', async (row) => {
		expect(described(await outcomeOf(row, true))).toBe(row.expected);
	});

	test.each(TRUTH_CASES.filter(({ expected }) => expected === 'summaryUpdated: summary'))(
		'$found, C $c, U $u, where the summary is no exception: updatesOff',
		async (row) => {
			expect(described(await outcomeOf(row, false))).toBe('updatesOff');
		},
	);

	test('a contact that was created is ours in the next run', async () => {
		const directory = new MemoryDirectory();
		const run = (phone: string) =>
			createOrUpdate([item('ann@example.com', { Phone: phone })], policy({ origin, allowUpdate: false }), directory);

		expect(outcomes(await run('1'))).toMatchObject([{ action: 'created', createdByThisIntegration: true }]);
		expect(outcomes(await run('2'))).toMatchObject([{ action: 'updated', createdByThisIntegration: true }]);
	});
});
