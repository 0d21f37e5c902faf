import { allCrms, type CrmFixture } from '../../support/crms';
import { BAD, GONE } from './badItems';
import { CrmInN8n } from './crmInN8n';

/** A good contact for each number. */
const good: Record<CrmFixture['name'], (n: number) => Record<string, unknown>> = {
	WATI: (n) => ({ whatsappNumber: `+14155552${100 + n}`, name: 'Good' }),
	Salesforce: (n) => ({ Email: `good${n}@example.com`, LastName: 'Good' }),
	'Zoho CRM': (n) => ({ Email: `good${n}@example.com`, Last_Name: 'Good' }),
	Wawp: (n) => ({ phone: `+14155552${100 + n}`, firstName: 'Good' }),
};

describe.each(allCrms())('$name', (crm) => {
	const node = new CrmInN8n(crm);
	const bad = BAD[crm.name];
	const goodOnes = [...bad, undefined].map((_, index) => good[crm.name](index));

	test('each bad item is an error of that item alone, by the label of the field; the others are written', async () => {
		// Good and bad ones by turns, a good one first and last.
		const items = goodOnes.flatMap((one, index) => [one, ...bad.slice(index, index + 1).map(({ values }) => values)]);
		const { items: done, failed } = await node.run({ items, gone: GONE, onError: 'continueErrorOutput' });
		expect(done.map(({ json, pairedItem }) => [json.action, pairedItem[0]?.item])).toEqual(
			goodOnes.map((_, index) => ['created', index * 2]),
		);
		expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem[0]?.item])).toEqual(
			bad.map(({ told }, index) => [expect.stringMatching(told), index * 2 + 1]),
		);

		// A look at those of them whose key is good: nothing was made of them.
		const { key, name } = crm.fields;
		const keys = bad
			.filter(({ values }) => /^\+\d+$|^bad\d+@/.test(String(values[key])))
			.map(({ values }) => values[key]);
		const look = await node.run({
			items: [goodOnes[0]?.[key], ...keys].map((value) => ({ [key]: value, [name]: 'Good' })),
			parameters: { allowCreate: false, allowUpdate: true },
			options: { dryRun: true },
		});
		expect(look.items.map(({ json }) => json.reason ?? json.action)).toEqual([
			'unchanged',
			...keys.map(() => 'creationOff'),
		]);
	});

	test('whatever needs no vendor to be seen is refused before any call', async () => {
		const items = bad.filter(({ byVendor }) => !byVendor);
		await node.run({ items: goodOnes.slice(0, 1) });
		crm.clearTraffic();
		const { items: refused } = await node.run({
			items: items.map(({ values }) => values),
			gone: GONE,
			onError: 'continueRegularOutput',
		});
		expect(refused.map(({ json }) => json.error)).toEqual(items.map(({ told }) => expect.stringMatching(told)));
		expect(crm.calls()).toBe(0);

		const { error } = await node.run({ items: items.slice(0, 1).map(({ values }) => values) });
		expect(error?.message).toMatch(items[0]?.told ?? '');
		expect(crm.calls()).toBe(0);
	});
});

/** Addresses that are dangerous to whoever builds a query from them, and who refuses them: nobody, or the vendor. */
const ODD: Array<{ email: string; refusedBy: Array<CrmFixture['name']> }> = [
	{ email: "o'neil@example.com", refusedBy: [] },
	{ email: "a'or'1'='1@example.com", refusedBy: [] },
	{ email: "')or(Name!='@example.com", refusedBy: ['Salesforce', 'Zoho CRM'] },
	{ email: String.raw`back\slash@example.com`, refusedBy: ['Salesforce'] },
	{ email: String.raw`end\'@example.com`, refusedBy: ['Salesforce'] },
	{ email: 'üml@example.com', refusedBy: [] },
	{ email: '漢字@例え.example.com', refusedBy: [] },
	{ email: '😀@example.com', refusedBy: [] },
	{ email: '"quoted"@example.com', refusedBy: ['Salesforce', 'Zoho CRM'] },
	{ email: 'per%cent_@example.com', refusedBy: [] },
];

describe.each(allCrms().filter(({ fields }) => fields.key === 'Email'))('$name', (crm) => {
	const node = new CrmInN8n(crm);
	const { key, name, text } = crm.fields;

	test('emails with quotes, backslashes and unicode find their own contact and no other, or are refused by the label', async () => {
		for (const person of [1, 2]) crm.seed({ person, text: 'old' });
		const items = [...ODD.map(({ email }) => email), crm.key(1)].map((email) => ({
			[key]: email,
			[name]: 'Odd',
			[text]: 'new',
		}));
		const first = await node.run({ items, onError: 'continueRegularOutput' });
		const refused = (json: Record<string, unknown>): unknown => (json.error ? 'refused' : json.action);
		const expected = ODD.map(({ refusedBy }) => (refusedBy.includes(crm.name) ? 'refused' : 'created'));
		expect(first.items.map(({ json }, index) => [items[index]?.[key], refused(json)])).toEqual(
			[...expected, 'updated'].map((word, index) => [items[index]?.[key], word]),
		);
		for (const { json } of first.items) if (json.error) expect(json.error).toMatch(/Email/);
		expect(crm.stored(2).map((stored) => stored.text)).toEqual(['old']);

		const again = await node.run({ items, onError: 'continueRegularOutput' });
		expect(again.items.map(({ json }) => [refused(json), json.id])).toEqual(
			first.items.map(({ json }) => [json.error ? 'refused' : 'unchanged', json.id]),
		);
	});
});
