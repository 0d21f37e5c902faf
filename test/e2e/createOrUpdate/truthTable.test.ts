import { sharedHost } from '../../host/shared';
import type { Item } from '../../host/execution';
import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { allCrms, mapped, type CrmFixture, type SampleContact } from '../../support/crms';

/**
 * The truth table of the README (design.md, 5.1). C = Allow Creating and Updating New Contacts, U = Allow Updating Existing
 * Fields. The row of several contacts is in several.test.ts.
 */
interface Row {
	found: 'none' | 'ours' | 'not ours';
	C: boolean;
	U: boolean;
	then: string;
	/** Where it depends on the summary. */
	withSummary?: string;
}

const TABLE: Row[] = [
	{ found: 'none', C: true, U: true, then: 'created' },
	{ found: 'none', C: true, U: false, then: 'created' },
	{ found: 'none', C: false, U: true, then: 'skipped creationOff' },
	{ found: 'none', C: false, U: false, then: 'skipped creationOff' },
	{ found: 'ours', C: true, U: true, then: 'updated' },
	{ found: 'ours', C: true, U: false, then: 'updated' },
	{ found: 'ours', C: false, U: true, then: 'updated' },
	{ found: 'ours', C: false, U: false, then: 'skipped updatesOff', withSummary: 'summaryUpdated' },
	{ found: 'not ours', C: true, U: true, then: 'updated' },
	{ found: 'not ours', C: true, U: false, then: 'skipped updatesOff', withSummary: 'summaryUpdated' },
	{ found: 'not ours', C: false, U: true, then: 'updated' },
	{ found: 'not ours', C: false, U: false, then: 'skipped updatesOff', withSummary: 'summaryUpdated' },
];

type MadeBy = SampleContact['madeBy'];

/** A way to know whose contact it is, and what the builder has to choose for it. */
interface Way {
	way: string;
	/** Who made the contacts that are ours, and who made those that are not; without `ours` the vendor has no such sign. */
	ours?: MadeBy;
	notOurs: MadeBy[];
	options?: Record<string, unknown>;
	/** Whether created contacts carry the marker. */
	marks?: boolean;
	/** Off: the summary is a field like any other (WATI, unless the builder says otherwise). */
	summaryException?: boolean;
}

const marker = (field: string) => ({ originMarker: { marker: { field, value: 'n8n' } } });
const byMarker = (field: string): Way => ({
	way: 'the origin marker',
	ours: 'marker',
	// The connected user made it, and it has no marker.
	notOurs: ['somebodyElse', 'connectedUser'],
	options: marker(field),
	marks: true,
});
const byConnectedUser: Way = {
	way: 'the connected user',
	ours: 'connectedUser',
	// It has the marker, and nobody said that a marker counts.
	notOurs: ['somebodyElse', 'marker'],
};
const watiMarker: Way = { way: 'the marker by default', ours: 'marker', notOurs: ['somebodyElse'], marks: true };

const WAYS: Record<CrmFixture['name'], Way[]> = {
	WATI: [
		{ ...watiMarker, way: 'the origin marker', options: { ...marker('created_by'), alwaysSaveSummary: true } },
		{ ...watiMarker, options: { alwaysSaveSummary: true } },
		{ ...watiMarker, way: 'the marker by default, summary like any field', summaryException: false },
	],
	Salesforce: [byMarker('Origin__c'), byConnectedUser],
	'Zoho CRM': [byMarker('Origin'), byConnectedUser],
	Wawp: [{ way: 'nothing', notOurs: ['somebodyElse'] }],
};

interface Case extends Row {
	person: number;
	summary: string;
	madeBy?: MadeBy;
}

/** Each row with and without a summary, for each who may have made the contact, and for a person of its own: one run of the node has them all. */
function casesOf(crm: CrmFixture, { ours, notOurs }: Way): Case[] {
	const makers = { none: [undefined], ours: ours ? [ours] : [], 'not ours': notOurs };
	const summaries = crm.fields.summary ? ['', 'Wants a quote'] : [''];
	return TABLE.flatMap((row) =>
		makers[row.found].flatMap((madeBy) => summaries.map((summary) => ({ ...row, madeBy, summary }))),
	).map((one, person) => ({ ...one, person }));
}

const said = (item: Item | undefined): string => [item?.json.action, item?.json.reason].filter(Boolean).join(' ');

describe.each(allCrms())('$name', (crm) => {
	let host: N8nClient;
	let credential: CredentialRef;

	beforeAll(async () => {
		host = await sharedHost();
		await crm.start();
		credential = await host.createCredential(crm.credentialType, crm.name, crm.credentialData());
	});
	beforeEach(() => crm.reset());
	afterAll(async () => await crm.stop());

	type Choice = Pick<Case, 'person' | 'C' | 'U' | 'summary'>;

	async function run(cases: Choice[], options: object = {}): Promise<Item[]> {
		const ids = Object.keys(mapped(crm, 0, ''));
		const result = await runNode(host, {
			node: {
				type: `n8n-nodes-whatsapp-crm.${crm.node}`,
				credentials: { [crm.credentialType]: credential },
				parameters: {
					fields: {
						mappingMode: 'defineBelow',
						value: Object.fromEntries(ids.map((id) => [id, `={{ $json.values['${id}'] }}`])),
						matchingColumns: [],
						schema: ids.map((id) => ({ id, displayName: id, required: false, display: true, type: 'string' })),
					},
					allowCreate: '={{ $json.C }}',
					allowUpdate: '={{ $json.U }}',
					...(crm.fields.summary ? { summaryField: crm.fields.summary, summary: '={{ $json.summary }}' } : {}),
					options,
				},
			},
			items: cases.map(({ person, C, U, summary }) => ({ values: mapped(crm, person, 'new text'), C, U, summary })),
		});
		if (result.error) throw new Error(JSON.stringify(result.error));
		return result.items;
	}

	describe.each(WAYS[crm.name])('whose contact it is, by $way', (way) => {
		const cases = casesOf(crm, way);

		/** The fields that an outcome says were changed, when all that is mapped differs. */
		function changes(action: string, summary: string): string[] {
			const { key, name, text, summary: summaryField = '', marker: markerField = '' } = crm.fields;
			const withSummary = summary === '' ? [] : [summaryField];
			if (action === 'created') return [key, name, text, ...withSummary, ...(way.marks ? [markerField] : [])];
			if (action === 'updated') return [text, ...withSummary];
			return action === 'summaryUpdated' ? withSummary : [];
		}

		test('each row does what the truth table says', async () => {
			for (const { found, person, madeBy } of cases) {
				if (found !== 'none') crm.seed({ person, text: 'old text', madeBy });
			}
			const before = cases.map(({ person }) => crm.stored(person)[0]);
			const items = await run(cases, way.options);

			const summaryCounts = way.summaryException ?? true;
			expect(items.map((item, index) => [cases[index], said(item)])).toEqual(
				cases.map((row) => [row, row.summary && summaryCounts ? (row.withSummary ?? row.then) : row.then]),
			);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(cases.map((_, item) => [{ item }]));
			for (const [index, { found, person, summary }] of cases.entries()) {
				const action = String(items[index]?.json.action);
				const wrote = action === 'created' || action === 'updated';
				const [stored, ...others] = crm.stored(person);
				expect(others).toEqual([]);
				expect(items[index]?.json).toMatchObject({
					id: stored?.id ?? null,
					createdByThisIntegration: found === 'ours' || action === 'created',
					matchedBy: { field: crm.fields.key, value: crm.key(person) },
					warnings: [],
					dryRun: false,
				});
				expect(Object.keys(Object(items[index]?.json.changedFields)).sort()).toEqual(changes(action, summary).sort());
				if (found === 'none' && action === 'skipped') expect(stored).toBeUndefined();
				else
					expect(stored).toEqual({
						id: before[index]?.id ?? expect.any(String),
						text: wrote ? 'new text' : 'old text',
						summary: (wrote || action === 'summaryUpdated') && summary ? summary : null,
						marker: action === 'created' ? (way.marks ? 'n8n' : null) : before[index]?.marker,
					});
			}
		});
	});

	const isNew = [1, 2].map((person) => ({ person, C: true, U: true, summary: '' }));

	test('a second run finds everything as it should be and writes nothing', async () => {
		await run(isNew);
		const writes = crm.writes();
		expect((await run(isNew)).map(said)).toEqual(['unchanged', 'unchanged']);
		expect(crm.writes()).toBe(writes);
	});

	test.each<[string, boolean]>([
		['that is new', false],
		['that is there', true],
	])('two items with the key of a contact %s are one contact', async (_, isThere) => {
		const id = isThere ? crm.seed({ person: 90, text: 'old text' }) : expect.any(String);
		const items = await run(
			['first', 'second', 'second'].map((summary) => ({ C: true, U: true, person: 90, summary })),
		);
		const { summary } = crm.fields;
		expect(items.map(said)).toEqual([isThere ? 'updated' : 'created', summary ? 'updated' : 'unchanged', 'unchanged']);
		expect(items[1]?.json.changedFields).toEqual(summary ? { [summary]: { from: 'first', to: 'second' } } : {});
		expect(crm.stored(90)).toEqual([expect.objectContaining({ id, summary: summary ? 'second' : null })]);
		expect(items.map(({ json }) => json.id)).toEqual(items.map(() => crm.stored(90)[0]?.id));
	});
});
