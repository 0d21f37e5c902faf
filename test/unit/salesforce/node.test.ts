import { duplicateRule } from '../../simulators/salesforce';
import { SalesforceCreateOrUpdateContact } from '../../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { runNodeFake } from '../../support/fakeExecute';
import { TRUTH_CASES } from '../upsert/truthTable';
import { TestOrg } from './harness';

const org = new TestOrg();
const { simulator } = org;

/** Not in the table, because If Several Contacts Match decides it: at first, to reject. */
const SEVERAL = ['We talked', ''].map((summary) => ({
	found: 'several',
	c: 'on',
	u: 'on',
	summary,
	expected: 'error',
	word: 'error',
	written: [''],
}));

/** How a contact of ours is told: by the connected user, or by a marker. */
const ORIGINS = {
	'the connected user': { options: {}, ours: {}, created: {} },
	'a marker': {
		options: { originMarker: { marker: { field: 'Origin__c', value: 'n8n' } } },
		ours: { Origin__c: 'n8n' },
		created: { Origin__c: 'n8n' },
	},
};

describe.each(Object.entries(ORIGINS))('with the origin told by %s', (_how, { options, ours, created }) => {
	const person = { Email: 'ann@b.example', LastName: 'Doe', Phone: '1' };

	/** Somebody else made the contact, unless it is ours; with a marker the user says nothing. */
	const seed = (found: string) => {
		const other = simulator.addUser({ username: 'x@b.example', password: 'x', name: 'Other', email: 'x@b.example' });
		const isMarker = Object.keys(ours).length > 0;
		if (found === 'one, ours')
			simulator.addContact({ ...person, ...ours, ...(isMarker ? { CreatedById: other.id } : {}) });
		if (found === 'one, not ours') simulator.addContact({ ...person, ...(isMarker ? {} : { CreatedById: other.id }) });
		if (found === 'several') simulator.seedContacts(2, () => person);
	};

	test.each([...TRUTH_CASES, ...SEVERAL])('$found, C $c, U $u, summary "$summary": $expected', async (row) => {
		const { found, c, u, summary, word, written } = row;
		seed(found);
		const parameters = {
			allowCreate: c === 'on',
			allowUpdate: u === 'on',
			summaryField: 'Summary__c',
			summary,
			options,
		};
		const items = [{ ...person, Phone: '2' }];
		const dry = await org.run({ items, parameters: { ...parameters, options: { ...options, dryRun: true } } });
		expect(org.writes).toBe(0);
		const [output] = await org.run({ items, parameters });

		expect(output?.json.error ? 'error' : (output?.json.reason ?? output?.json.action)).toBe(word);
		expect(dry[0]?.json).toEqual({
			...output?.json,
			...(output?.json.error ? {} : { dryRun: true }),
			...(word === 'created' ? { id: null, contact: expect.objectContaining({ id: null, Phone: '2' }) } : {}),
		});
		const [stored] = simulator.contactsByEmail(person.Email);
		const before = found === 'none' ? undefined : person.Phone;
		expect(stored?.Phone).toBe(written.includes('fields') ? '2' : before);
		if (written.includes('origin')) expect(stored).toMatchObject(created);
		expect(stored?.Summary__c ?? null).toBe(written.includes('summary') ? summary : null);
	});
});

test('what comes out is the same as of the other three nodes', async () => {
	const [created] = await org.run({ items: [{ Email: 'Ann@B.example', LastName: 'Doe', Phone: '1' }] });
	const [id] = simulator.contacts.keys();
	expect(created?.json).toEqual({
		action: 'created',
		reason: null,
		id,
		matchedBy: { field: 'Email', value: 'Ann@B.example' },
		createdByThisIntegration: true,
		changedFields: {
			Email: { from: null, to: 'Ann@B.example' },
			LastName: { from: null, to: 'Doe' },
			Phone: { from: null, to: '1' },
		},
		warnings: [],
		dryRun: false,
		contact: { id, Email: 'Ann@B.example', LastName: 'Doe', Phone: '1' },
	});
});

test('bad items are refused before any call, by the label of their field; the others are written', async () => {
	const output = await org.run({
		items: [
			{ Email: '', LastName: 'Doe' },
			{ Email: 'a@b.example', LastName: ' ' },
			{ Email: 'no address', LastName: 'Doe' },
			{ Email: 'half\ud800@b.example', LastName: 'Doe' },
			{ Email: 'a@b.example', LastName: 'x'.repeat(81) },
			{ Email: 'a@b.example', LastName: 'Doe', Segment__c: 'Nobody' },
			{ Email: 'a@b.example', LastName: 'Doe', Lead_Score__c: 'a lot' },
			{ Email: 'a@b.example', LastName: 'Doe', Birthdate: '31.12.1990' },
			{ Email: "o'neil\\x+ü@b.example", LastName: 'Ünïcode 漢', Segment__c: 'Partner & Reseller' },
		],
	});
	expect(output.map(({ json }) => json.error ?? json.action)).toEqual([
		'Email is missing',
		'Last Name is missing',
		'Email is not an email address',
		'Email is not an email address',
		'Last Name is too long',
		'Segment doesn\'t have the choice "Nobody"',
		"Lead Score doesn't have the form it should have",
		"Birthdate doesn't have the form it should have",
		expect.stringMatching(/created|not an email address that Salesforce accepts/),
	]);
	expect(org.calls).toBe(2);
});

test.each([
	["a time of n8n's date picker, which has no offset, is that of the workflow", '2026-12-24T10:00:00', '09:00'],
	['a summer time too', '2026-07-24T10:00:00', '08:00'],
	['a time with an offset is itself', '2026-12-24T10:00:00+05:00', '05:00'],
])('%s', async (_what, value, utc) => {
	await org.run({ items: [{ Email: 'a@b.example', LastName: 'Doe', Last_Seen__c: value }] });
	expect(org.simulator.contactsByEmail('a@b.example')[0]?.Last_Seen__c).toContain(`T${utc}:00`);
});

test('an empty value unticks a box where empty values clear', async () => {
	const ann = { Email: 'a@b.example', LastName: 'Doe' };
	await org.run({ items: [{ ...ann, WhatsApp_Opt_In__c: 'yes' }] });
	const options = { emptyValues: 'clear' };
	const [output] = await org.run({ items: [{ ...ann, WhatsApp_Opt_In__c: '' }], parameters: { options } });
	expect(output?.json.action).toBe('updated');
	expect(org.simulator.contactsByEmail('a@b.example')[0]?.WhatsApp_Opt_In__c).toBe(false);
});

test('signs that can not be seen, which are copied along with an address, make no second contact', async () => {
	const output = await org.run({
		items: [
			{ Email: 'a@b.example', LastName: 'Doe' },
			{ Email: '\u200ba@b.exam\u00adple\ufeff', LastName: 'Doe' },
			{ Email: 'a\u0001@b.example', LastName: 'Doe' },
		],
	});
	expect(output.map(({ json }) => json.error ?? json.action)).toEqual([
		'created',
		'unchanged',
		'Email is not an email address',
	]);
});

test('two items with one address make one contact, whatever its case', async () => {
	const output = await org.run({
		items: [
			{ Email: 'ann@b.example', LastName: 'Doe', Phone: '1' },
			{ Email: 'ANN@b.example', LastName: 'Doe', Phone: '2' },
			{ Email: 'ann@b.example', LastName: 'Doe', Phone: '2' },
		],
	});
	expect(output.map(({ json }) => json.action)).toEqual(['created', 'updated', 'unchanged']);
	expect([...simulator.contacts.values()]).toMatchObject([{ Phone: '2' }]);
});

test('set to stop, one error counts what was written; run again, the rest is completed without a duplicate', async () => {
	simulator.org.settings.duplicateRules = [duplicateRule({ matchOn: ['Phone'] })];
	simulator.addContact({ LastName: 'Twin', Email: 'twin@b.example', Phone: '1' });
	simulator.addContact({ LastName: 'Doe', Email: 'same@b.example' });
	const items = [
		{ Email: 'a@b.example', LastName: 'Doe' },
		{ Email: 'b@b.example', LastName: 'Doe', Phone: '1' },
		{ Email: 'same@b.example', LastName: 'Doe' },
	];
	await expect(org.run({ items, onError: 'stopWorkflow' })).rejects.toMatchObject({
		message: '1 of 3 items was not written',
		description: expect.stringMatching(/1 was written, 1 was left untouched.*item 1.*duplicate rule/s),
	});
	const again = await org.run({ items, parameters: { options: { saveAnyway: true } } });
	expect(again.map(({ json }) => json.action)).toEqual(['unchanged', 'created', 'unchanged']);
	expect(simulator.contacts.size).toBe(4);
});

test('a connection that does not say where the org is, makes no call and asks to reconnect', async () => {
	const node = new SalesforceCreateOrUpdateContact();
	const run = runNodeFake(node, {
		parameters: { fields: { value: { Email: 'a@b.example', LastName: 'Doe' } } },
		credentials: { salesforceConnectionOAuth2Api: { oauthTokenData: { access_token: 'x' } } },
	});
	await expect(run).rejects.toMatchObject({
		description: expect.stringContaining('Reconnect'),
		context: { kind: 'reconnect' },
	});
	expect(simulator.log).toHaveLength(0);
});

test('an app that signs in as itself learns where its org is from its first request', async () => {
	const { oauthTokenData } = org.credential();
	// n8n fetches the token with the first request, and stores its answer.
	const credential = {
		grantType: 'clientCredentials',
		environment: 'myDomain',
		myDomain: simulator.origin,
		get oauthTokenData() {
			return simulator.log.length === 0 ? {} : oauthTokenData;
		},
	};
	const [output] = await runNodeFake(new SalesforceCreateOrUpdateContact(), {
		parameters: {
			fields: { value: { Email: 'a@b.example', LastName: 'Doe' }, schema: [{ id: 'Email', displayName: 'Email' }] },
		},
		credentials: { salesforceConnectionOAuth2Api: credential },
		authorize: () => ({ Authorization: `Bearer ${simulator.openSession().token}` }),
	});
	expect(output?.map(({ json }) => json.action)).toEqual(['created']);
	expect(simulator.log[0]).toMatchObject({ method: 'GET', path: '/services/data' });
});
