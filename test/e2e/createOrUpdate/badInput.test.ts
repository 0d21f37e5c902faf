import { allCrms, type CrmFixture } from '../../support/crms';
import { CrmInN8n } from './crmInN8n';

interface BadItem {
	what: string;
	values: Record<string, unknown>;
	/** What the builder is told: the field by its label. */
	told: RegExp;
	/** Told by the vendor, because only the vendor knows. */
	byVendor?: boolean;
}

const good = {
	WATI: (n: number) => ({ whatsappNumber: `+1415555200${n}`, name: 'Good' }),
	Salesforce: (n: number) => ({ Email: `good${n}@example.com`, LastName: 'Good' }),
	'Zoho CRM': (n: number) => ({ Email: `good${n}@example.com`, Last_Name: 'Good' }),
	Wawp: (n: number) => ({ phone: `+1415555200${n}`, firstName: 'Good' }),
};

const BAD: Record<CrmFixture['name'], BadItem[]> = {
	WATI: [
		{ what: 'no phone number', values: { name: 'A' }, told: /WhatsApp Number is missing/ },
		{
			what: 'a phone number without country',
			values: { whatsappNumber: '0151 234567', name: 'A' },
			told: /WhatsApp Number is not a phone number with country code/,
		},
		{
			what: 'a word for a phone number',
			values: { whatsappNumber: 'call me', name: 'A' },
			told: /WhatsApp Number is not a phone number/,
		},
	],
	Salesforce: [
		{ what: 'no email', values: { LastName: 'A' }, told: /Email is missing/ },
		{ what: 'no last name', values: { Email: 'a@example.com' }, told: /Last Name is missing/ },
		{ what: 'neither', values: { Title: 'CEO' }, told: /Email and Last Name are missing/ },
		{ what: 'no email address', values: { Email: 'anna', LastName: 'A' }, told: /Email is not an email address/ },
		{
			what: 'a title that is too long',
			values: { Email: 'b@example.com', LastName: 'A', Title: 'x'.repeat(300) },
			told: /Title is too long/,
		},
		{
			what: 'a choice that is none',
			values: { Email: 'c@example.com', LastName: 'A', Segment__c: 'Nope' },
			told: /Segment doesn't have the choice "Nope"/,
		},
		{
			what: 'a day that is none',
			values: { Email: 'd@example.com', LastName: 'A', Birthdate: 'soon' },
			told: /Birthdate/,
		},
		{
			what: 'a field that is not there',
			values: { Email: 'e@example.com', LastName: 'A', Gone__c: 'x' },
			told: /Gone__c/,
			byVendor: true,
		},
	],
	'Zoho CRM': [
		{ what: 'no email', values: { Last_Name: 'A' }, told: /Email is missing/ },
		{ what: 'no last name', values: { Email: 'a@example.com' }, told: /Last Name is missing/ },
		{ what: 'no email address', values: { Email: 'anna@', Last_Name: 'A' }, told: /Email is not an email address/ },
		{
			what: 'a title that is too long',
			values: { Email: 'b@example.com', Last_Name: 'A', Title: 'x'.repeat(300) },
			told: /Title is too long/,
		},
		{
			what: 'a number that is none',
			values: { Email: 'd@example.com', Last_Name: 'A', Lead_Score: 'many' },
			told: /Lead Score/,
		},
		{
			what: 'a choice that is none',
			values: { Email: 'c@example.com', Last_Name: 'A', Segment: 'Nope' },
			told: /Segment/,
			byVendor: true,
		},
		{
			what: 'a field that is not there',
			values: { Email: 'e@example.com', Last_Name: 'A', Gone: 'x' },
			told: /Gone/,
			byVendor: true,
		},
	],
	Wawp: [
		{ what: 'neither phone nor chat id', values: { firstName: 'A' }, told: /Phone Number|Chat ID/ },
		{ what: 'no first name', values: { phone: '+14155550001' }, told: /First Name is missing/ },
		{
			what: 'a phone number without country',
			values: { phone: '0151 234567', firstName: 'A' },
			told: /Phone Number is not a phone number with country code/,
		},
		{ what: 'a chat id of another kind', values: { chatId: 'anna@example.com', firstName: 'A' }, told: /Chat ID/ },
	],
};

describe.each(allCrms())('$name', (crm) => {
	const node = new CrmInN8n(crm);
	const bad = BAD[crm.name];

	test('each bad item is an error of that item alone, by the label of the field; the others are written', async () => {
		const items = [good[crm.name](1), ...bad.map(({ values }) => values), good[crm.name](2)];
		const { items: done, failed } = await node.run({ items, onError: 'continueErrorOutput' });
		expect(done.map(({ json, pairedItem }) => [json.action, pairedItem[0]?.item])).toEqual([
			['created', 0],
			['created', items.length - 1],
		]);
		expect(failed.map(({ pairedItem }) => pairedItem[0]?.item)).toEqual(bad.map((_, index) => index + 1));
		for (const [index, { what, told }] of bad.entries()) {
			expect({ what, error: failed[index]?.json.error }).toEqual({ what, error: expect.stringMatching(told) });
		}
	});

	test.each(bad.filter(({ byVendor }) => !byVendor))('$what is refused before any call', async ({ values, told }) => {
		await node.run({ items: [good[crm.name](1)] });
		crm.clearTraffic();
		const { error } = await node.run({ items: [values] });
		expect(error?.message).toMatch(told);
		expect(crm.calls()).toBe(0);
	});
});

/** Addresses that are good, and dangerous to whoever builds a query from them. */
const ODD = [
	"o'neil@example.com",
	"a'or'1'='1@example.com",
	'back\\slash@example.com',
	'üml@example.com',
	'"quoted"@example.com',
	'per%cent_@example.com',
];

describe.each(allCrms().filter(({ fields }) => fields.key === 'Email'))('$name', (crm) => {
	const node = new CrmInN8n(crm);

	test.each(ODD)('an email such as %s finds its own contact and no other', async (email) => {
		const items = [{ [crm.fields.key]: email, [crm.fields.name]: 'Odd' }];
		const first = await node.run({ items, onError: 'continueRegularOutput' });
		const [outcome] = first.items;
		if (outcome?.json.error) return expect(outcome.json.error).toMatch(/Email/);
		expect(outcome?.json.action).toBe('created');
		expect((await node.run({ items })).items[0]?.json).toMatchObject({ action: 'unchanged', id: outcome?.json.id });
		return undefined;
	});

	test('several contacts with one email: rejected with their ids, or as the builder chose', async () => {
		const [oldest, middle, newest] = [1, 2, 3].map((day) =>
			crm.seed({ person: 7, text: 'old', createdAt: new Date(Date.UTC(2025, 0, day)) }),
		);
		const items = [{ [crm.fields.key]: crm.key(7), [crm.fields.name]: 'Sample7', [crm.fields.text]: 'new' }];
		const { error } = await node.run({ items });
		for (const id of [oldest, middle, newest]) expect(`${error?.message} ${error?.description}`).toContain(id);
		expect(crm.writes()).toBe(0);
		expect((await node.run({ items, options: { severalMatch: 'skip' } })).items[0]?.json).toMatchObject({
			action: 'skipped',
			reason: 'severalMatches',
		});
		expect((await node.run({ items, options: { severalMatch: 'oldest' } })).items[0]?.json).toMatchObject({
			action: 'updated',
			id: oldest,
		});
		expect((await node.run({ items, options: { severalMatch: 'newest' } })).items[0]?.json).toMatchObject({
			action: 'updated',
			id: newest,
		});
		expect(crm.stored(7).map(({ text }) => text)).toEqual(['new', 'old', 'new']);
	});

	test('set to stop: one error that counts, after everything else was written; run again, it completes the rest', async () => {
		const items = [1, 2, 3].map((person) => ({
			[crm.fields.key]: crm.key(person),
			[crm.fields.name]: `Sample${person}`,
		}));
		const { error } = await node.run({
			items: [...items.slice(0, 2), { [crm.fields.name]: 'No email' }, ...items.slice(2)],
		});
		expect(error?.message).toBe('1 of 4 items was not written');
		expect(error?.description).toMatch(/3 were written, 0 were left untouched.*in item 2: Email is missing/s);
		const again = await node.run({ items: [...items, { [crm.fields.key]: crm.key(4), [crm.fields.name]: 'Sample4' }] });
		expect(again.items.map(({ json }) => json.action)).toEqual(['unchanged', 'unchanged', 'unchanged', 'created']);
		expect([1, 2, 3, 4].map((person) => crm.stored(person).length)).toEqual([1, 1, 1, 1]);
	});
});
