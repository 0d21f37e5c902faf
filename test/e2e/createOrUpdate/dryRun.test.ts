import type { Item } from '../../host/execution';
import { allCrms, mapped, type CrmFixture } from '../../support/crms';
import { CrmInN8n } from './crmInN8n';

/** One item of the batch: the mapped values, both switches, and the summary. */
interface Case {
	what: string;
	values: Record<string, unknown>;
	C?: boolean;
	U?: boolean;
	summary?: string;
	/** What the dry run says; the real run says the same, unless it is `onlyVendorKnows`. */
	then: string;
	/** What comes of it, where nobody can know before the write. */
	onlyVendorKnows?: string;
}

/** Values of fields that only one vendor has: every type that it knows, and what only it can refuse. */
const OF_VENDOR: Record<CrmFixture['name'], (person: (number: number) => Record<string, unknown>) => Case[]> = {
	WATI: (person) => [
		{
			what: 'a name that WATI keeps as it is',
			values: { ...person(31), name: 'Somebody Else', city: 'old' },
			then: 'updated',
			onlyVendorKnows: 'unchanged',
		},
	],
	Salesforce: (person) => [
		{
			what: 'a field of each type',
			values: {
				...person(20),
				Lead_Score__c: '12.50',
				WhatsApp_Opt_In__c: 'yes',
				Birthdate: '1990-05-01',
				Last_Seen__c: '2026-02-28T10:00:00+02:00',
				Interests__c: 'Voice;Analytics',
				Segment__c: 'Partner & Reseller',
			},
			then: 'created',
		},
		{ what: 'a field that is gone', values: { ...person(21), Gone__c: 'x' }, then: 'rejected' },
	],
	'Zoho CRM': (person) => [
		{
			what: 'a field of each type',
			values: {
				...person(20),
				Lead_Score: '12',
				Email_Opt_Out: 'yes',
				Date_of_Birth: '1990-05-01',
				Interests: 'Tea;Coffee',
				Segment: 'Key account',
			},
			then: 'created',
		},
		{
			what: 'a choice that Zoho CRM refuses',
			values: { ...person(21), Segment: 'Nope' },
			then: 'created',
			onlyVendorKnows: 'rejected',
		},
	],
	Wawp: () => [],
};

/** Contacts that are there, by their `person`; 31 is known to all vendors by another name than the batch has for it. */
const KNOWN = [
	{ person: 2, text: 'old' },
	{ person: 3, text: 'same' },
	{ person: 4, text: 'old' },
	{ person: 5, text: 'old' },
	{ person: 9, text: 'old' },
	{ person: 31, text: 'old' },
];
const SHARED_BY_TWO = 8;

function batchOf(crm: CrmFixture): Case[] {
	const person = (number: number, text?: string) => mapped(crm, number, text);
	const cases: Case[] = [
		{ what: 'a new one', values: person(1, 'new'), summary: 'We talked', then: 'created' },
		{ what: 'a known one with another text', values: person(2, 'new'), summary: 'We talked', then: 'updated' },
		{ what: 'a known one as it is', values: person(3, 'same'), then: 'unchanged' },
		{ what: "somebody else's", values: person(4, 'new'), U: false, then: 'skipped updatesOff' },
		{ what: "somebody else's, with a summary", values: person(5), U: false, summary: 'Hi', then: 'summaryUpdated' },
		{ what: 'a new one that must not be made', values: person(6, 'new'), C: false, then: 'skipped creationOff' },
		{ what: 'nobody', values: { [crm.fields.name]: 'Nobody' }, then: 'rejected' },
		{ what: 'the new one again', values: person(1, 'newer'), then: 'updated' },
		{ what: 'the new one a third time', values: person(1, 'newer'), then: 'unchanged' },
		{ what: 'the changed one again', values: person(2, 'newer'), then: 'updated' },
		{ what: 'an empty text', values: person(9, ''), then: 'updated' },
		{ what: 'a new one without a text', values: person(10, ''), then: 'created' },
		...OF_VENDOR[crm.name](person),
	];
	if (crm.name === 'Wawp') return cases.filter(({ then }) => then !== 'summaryUpdated');
	return [...cases, { what: 'one key of two contacts', values: person(SHARED_BY_TWO, 'new'), then: 'rejected' }];
}

const said = ({ json }: Item): string =>
	json.error ? 'rejected' : [json.action, json.reason].filter(Boolean).join(' ');

/** An item without what nobody can know before the real run: the id of a contact that it makes. And which run it was. */
function asKnownBefore(item: Item | undefined, made: ReadonlySet<unknown>): unknown {
	const { json = {}, pairedItem } = item ?? {};
	const id = made.has(json.id) ? null : json.id;
	const contact = Object.entries(Object(json.contact)).map(([field, value]) => [field, field === 'id' ? id : value]);
	return { pairedItem, json: json.error ? json : { ...json, dryRun: 'either', id, contact } };
}

describe.each(allCrms())('$name', (crm) => {
	const node = new CrmInN8n(crm);

	const run = async (batch: Case[], options: object): Promise<Item[]> => {
		const { items } = await node.run({
			items: batch.map(({ values, C = true, U = true, summary = '' }) => ({ ...values, C, U, summary })),
			unmapped: ['C', 'U', 'summary'],
			parameters: {
				allowCreate: '={{ $json.C }}',
				allowUpdate: '={{ $json.U }}',
				...(crm.fields.summary ? { summaryField: crm.fields.summary, summary: '={{ $json.summary }}' } : {}),
			},
			options: { emptyValues: 'clear', ...(crm.name === 'WATI' ? { alwaysSaveSummary: true } : {}), ...options },
			onError: 'continueRegularOutput',
		});
		return items;
	};

	/** A dry run, then the real one; item by item they have to be the same, but for what the batch says is not known before. */
	async function rehearse(batch: Case[]): Promise<void> {
		const planned = await run(batch, { dryRun: true });
		expect(crm.writes()).toBe(0);
		const real = await run(batch, {});

		expect(planned.map((item, place) => [batch[place]?.what, said(item)])).toEqual(
			batch.map(({ what, then }) => [what, then]),
		);
		expect(real.map(said)).toEqual(batch.map(({ then, onlyVendorKnows }) => onlyVendorKnows ?? then));
		expect(planned.every(({ json }) => json.error || json.dryRun === true)).toBe(true);
		expect(real.every(({ json }) => json.error || json.dryRun === false)).toBe(true);

		const made = new Set(real.filter(({ json }) => json.action === 'created').map(({ json }) => json.id));
		const compared = batch.flatMap(({ onlyVendorKnows }, place) => (onlyVendorKnows ? [] : [place]));
		expect(compared.map((place) => asKnownBefore(planned[place], new Set()))).toEqual(
			compared.map((place) => asKnownBefore(real[place], made)),
		);
	}

	test('a dry run writes nothing and gives out, field by field, what the real run then does', async () => {
		for (const contact of KNOWN) crm.seed({ ...contact, madeBy: 'somebodyElse' });
		const shared = { person: SHARED_BY_TWO, text: 'old' };
		if (crm.name !== 'Wawp') [shared, shared].forEach((contact) => crm.seed(contact));
		await rehearse(batchOf(crm));
	});

	test('also where items of one contact have other switches each: they are done in their order', async () => {
		crm.seed({ person: 2, text: 'old', madeBy: 'somebodyElse' });
		// Wawp has no place that tells whose contact it is.
		const ours = crm.fields.marker ? 'updated' : 'skipped updatesOff';
		await rehearse([
			{ what: 'a new one', values: mapped(crm, 1, 'one'), then: 'created' },
			{ what: 'the new one, updates off', values: mapped(crm, 1, 'two'), U: false, then: ours },
			{ what: 'the new one, all on again', values: mapped(crm, 1, 'three'), then: 'updated' },
			{ what: 'a known one', values: mapped(crm, 2, 'one'), then: 'updated' },
			{ what: 'the known one, all off', values: mapped(crm, 2, 'two'), C: false, U: false, then: 'skipped updatesOff' },
			{ what: 'the known one, all on again', values: mapped(crm, 2, 'one'), then: 'unchanged' },
		]);
		expect([1, 2].map((person) => crm.stored(person).map(({ text }) => text))).toEqual([['three'], ['one']]);
	});
});
