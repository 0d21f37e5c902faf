import { sharedHost } from '../../host/shared';
import type { Item } from '../../host/execution';
import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { allCrms, mapped, type CrmFixture } from '../../support/crms';

/** The truth table of the README (design.md, 5.1). C = Allow Creating and Updating New Contacts, U = Allow Updating Existing Fields. */
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

type OriginBy = 'marker' | 'connectedUser';

interface Case extends Row {
	person: number;
	summary: string;
}

/** Each row with and without a summary, for a person of its own: one run of the node has them all. */
const CASES: Case[] = TABLE.flatMap((row, index) => [
	{ ...row, person: index * 2, summary: '' },
	{ ...row, person: index * 2 + 1, summary: 'Wants a quote' },
]);

const ORIGINS: Record<CrmFixture['name'], OriginBy[]> = {
	WATI: ['marker'],
	Salesforce: ['marker', 'connectedUser'],
	'Zoho CRM': ['marker', 'connectedUser'],
	Wawp: [],
};

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

	const rows = (origin: OriginBy | undefined): Case[] =>
		CASES.filter(({ found, summary }) => (origin || found !== 'ours') && (crm.fields.summary || summary === ''));

	async function run(cases: Case[], origin: OriginBy | undefined, options: object = {}): Promise<Item[]> {
		const marker =
			origin === 'marker' && crm.fields.marker ? { marker: { field: crm.fields.marker, value: 'n8n' } } : undefined;
		const result = await runNode(host, {
			node: {
				type: `n8n-nodes-whatsapp-crm.${crm.node}`,
				credentials: { [crm.credentialType]: credential },
				parameters: {
					fields: {
						mappingMode: 'defineBelow',
						value: Object.fromEntries(
							Object.keys(mapped(crm, 0, '')).map((id) => [id, `={{ $json.values['${id}'] }}`]),
						),
						matchingColumns: [],
						schema: Object.keys(mapped(crm, 0, '')).map((id) => ({
							id,
							displayName: id,
							required: false,
							display: true,
							type: 'string',
						})),
					},
					allowCreate: '={{ $json.C }}',
					allowUpdate: '={{ $json.U }}',
					...(crm.fields.summary ? { summaryField: crm.fields.summary, summary: '={{ $json.summary }}' } : {}),
					options: {
						...(marker ? { originMarker: marker } : {}),
						...(crm.name === 'WATI' ? { alwaysSaveSummary: true } : {}),
						...options,
					},
				},
			},
			items: cases.map(({ person, C, U, summary }) => ({ values: mapped(crm, person, 'new text'), C, U, summary })),
		});
		if (result.error) throw new Error(JSON.stringify(result.error));
		return result.items;
	}

	const seedAll = (cases: Case[], origin: OriginBy | undefined): void => {
		for (const { found, person } of cases) {
			if (found !== 'none') crm.seed({ person, text: 'old text', madeBy: found === 'ours' ? origin : 'somebodyElse' });
		}
	};

	const said = ({ json }: Item): string => [json.action, json.reason].filter(Boolean).join(' ');

	test.each(ORIGINS[crm.name].length > 0 ? ORIGINS[crm.name] : [undefined])(
		'does what the truth table says, origin by %s',
		async (origin) => {
			const cases = rows(origin);
			seedAll(cases, origin);
			const items = await run(cases, origin);
			expect(items.map((item, index) => [cases[index], said(item)])).toEqual(
				cases.map((row) => [row, row.summary ? (row.withSummary ?? row.then) : row.then]),
			);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(cases.map((_, item) => [{ item }]));
			for (const [index, row] of cases.entries()) {
				const expected = said(items[index] ?? ({ json: {} } as Item));
				const wrote = /^(created|updated)/.test(expected);
				const summary = wrote || expected === 'summaryUpdated' ? row.summary || null : null;
				const stored = crm.stored(row.person);
				expect(stored).toHaveLength(expected === 'skipped creationOff' ? 0 : 1);
				if (stored[0])
					expect(stored[0]).toMatchObject({
						text: wrote ? 'new text' : 'old text',
						summary: crm.fields.summary ? summary : null,
					});
				if (expected === 'created' && origin === 'marker') expect(stored[0]?.marker).toBe('n8n');
				if (expected === 'created') expect(items[index]?.json.createdByThisIntegration).toBe(true);
			}
		},
	);

	test('a second run finds everything as it should be and writes nothing', async () => {
		const cases = rows(undefined).filter(({ C, U, found }) => C && U && found === 'none');
		await run(cases, undefined);
		const writes = crm.writes();
		const items = await run(cases, undefined);
		expect(items.map(said)).toEqual(cases.map(() => 'unchanged'));
		expect(crm.writes()).toBe(writes);
	});

	test('a dry run writes nothing and says what a real run then does', async () => {
		const [origin] = ORIGINS[crm.name];
		const cases = rows(origin);
		seedAll(cases, origin);
		const planned = await run(cases, origin, { dryRun: true });
		expect(crm.writes()).toBe(0);
		const real = await run(cases, origin);
		expect(planned.map(said)).toEqual(real.map(said));
		expect(planned.map(({ json }) => json.changedFields)).toEqual(real.map(({ json }) => json.changedFields));
		expect(planned.every(({ json }) => json.dryRun === true)).toBe(true);
	});

	test('two items with one key make one contact', async () => {
		const items = await run(
			['first', 'second'].map((summary) => ({ found: 'none', C: true, U: true, then: '', person: 90, summary })),
			undefined,
		);
		expect(crm.stored(90)).toHaveLength(1);
		expect(said(items[0] ?? ({ json: {} } as Item))).toBe('created');
		expect(items[1]?.json.id).toBe(items[0]?.json.id);
	});
});
