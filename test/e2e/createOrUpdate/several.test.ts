import type { Item } from '../../host/execution';
import { allCrms, mapped } from '../../support/crms';
import { CrmInN8n } from './crmInN8n';

/** The last row of the truth table: three contacts have the key of an item. The newest of them is ours. */
interface Row {
	choice?: 'reject' | 'skip' | 'oldest' | 'newest';
	C: boolean;
	U: boolean;
	summary?: string;
	then: string;
	/** Which of the three the outcome is about. */
	id?: 'oldest' | 'newest';
	/** The texts of the three afterwards, oldest first. */
	texts?: [string, string, string];
}

const TABLE: Row[] = [
	{ C: true, U: true, then: 'rejected' },
	{ choice: 'reject', C: true, U: true, then: 'rejected' },
	{ choice: 'reject', C: false, U: false, then: 'rejected' },
	{ choice: 'skip', C: true, U: true, then: 'skipped severalMatches' },
	{ choice: 'skip', C: false, U: false, summary: 'Hi', then: 'skipped severalMatches' },
	{ choice: 'oldest', C: true, U: true, then: 'updated', id: 'oldest', texts: ['new', 'old', 'old'] },
	{ choice: 'newest', C: true, U: true, then: 'updated', id: 'newest', texts: ['old', 'old', 'new'] },
	{ choice: 'oldest', C: true, U: false, then: 'skipped updatesOff', id: 'oldest' },
	{ choice: 'oldest', C: true, U: false, summary: 'Hi', then: 'summaryUpdated', id: 'oldest' },
	{ choice: 'newest', C: true, U: false, then: 'updated', id: 'newest', texts: ['old', 'old', 'new'] },
	{ choice: 'newest', C: false, U: false, summary: 'Hi', then: 'summaryUpdated', id: 'newest' },
];

const SHARED = 7;
/** So many that WATI's list is read: asked for a single number, WATI gives one contact and does not tell of others. */
const OTHERS = [11, 12, 13, 14, 15, 16];

const said = ({ json }: Item): string =>
	json.error ? 'rejected' : [json.action, json.reason].filter(Boolean).join(' ');

describe.each(allCrms().filter(({ name }) => name !== 'Wawp'))('$name', (crm) => {
	const node = new CrmInN8n(crm);

	test.each(TABLE)('three have the key; choice $choice, C $C, U $U, summary $summary: $then', async (row) => {
		const made = new Date(Date.UTC(2025, 0, 2));
		const middle = crm.seed({ person: SHARED, text: 'old', createdAt: made, madeBy: 'somebodyElse' });
		// Neither the order in which they came nor that of the ids is that of their age.
		const [newest, oldest] = [3, 1].map((day) =>
			crm.seed({
				person: SHARED,
				text: 'old',
				createdAt: new Date(Date.UTC(2025, 0, day)),
				madeBy: day === 3 ? 'marker' : 'somebodyElse',
			}),
		);
		const ids = { oldest, middle, newest };
		const { items } = await node.run({
			items: [SHARED, ...OTHERS].map((person) => mapped(crm, person, 'new')),
			parameters: {
				allowCreate: row.C,
				allowUpdate: row.U,
				...(row.summary ? { summaryField: crm.fields.summary, summary: row.summary } : {}),
			},
			options: {
				...(row.choice ? { severalMatch: row.choice } : {}),
				originMarker: { marker: { field: crm.fields.marker, value: 'n8n' } },
				...(crm.name === 'WATI' ? { alwaysSaveSummary: true } : {}),
			},
			onError: 'continueRegularOutput',
		});
		const [outcome, ...others] = items;
		if (!outcome) throw new Error('Nothing came out');

		expect(said(outcome)).toBe(row.then);
		if (row.then === 'rejected') {
			for (const id of Object.values(ids)) expect(outcome.json.error).toContain(id);
		} else {
			expect(outcome.json.id).toBe(row.id ? ids[row.id] : null);
		}
		const stored = crm.stored(SHARED);
		const byAge = [oldest, middle, newest].map((id) => stored.find((one) => one.id === id));
		expect(byAge.map((one) => one?.text)).toEqual(row.texts ?? ['old', 'old', 'old']);
		expect(byAge.map((one) => one?.summary)).toEqual(
			(['oldest', undefined, 'newest'] as const).map((which) =>
				row.then === 'summaryUpdated' && row.id === which ? row.summary : null,
			),
		);
		expect(others.map(said)).toEqual(OTHERS.map(() => (row.C ? 'created' : 'skipped creationOff')));
	});
});
