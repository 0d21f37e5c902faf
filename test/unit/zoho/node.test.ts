import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { ZohoCreateOrUpdateContact } from '../../../nodes/ZohoCreateOrUpdateContact/ZohoCreateOrUpdateContact.node';
import { fakeExecute, runNodeFake, type FakeRun } from '../../support/fakeExecute';
import { TRUTH_CASES } from '../upsert/truthTable';
import { useZohoAccount } from './harness';

const { zoho, connect, token } = useZohoAccount();
const node = new ZohoCreateOrUpdateContact();

/** A node's run with the connection of the test; values are those of the mapper. */
function given(
	items: Array<Record<string, unknown>>,
	parameters: Record<string, unknown> = {},
	more: Partial<FakeRun> = {},
): FakeRun {
	return {
		parameters: {
			fields: (index: number) => ({ mappingMode: 'defineBelow', value: items[index], schema: SCHEMA }),
			options: {},
			...parameters,
		},
		credentials: { zohoConnectionOAuth2Api: { oauthTokenData: { ...token() } } },
		authorize: () => ({ authorization: `Bearer ${token().access_token}` }),
		items: items.map(() => ({ json: {} })),
		onError: 'continueRegularOutput',
		...more,
	};
}

const SCHEMA = ['Email', 'Last_Name', 'Phone', 'Lead_Score'].map((id) => ({
	id,
	displayName: id.replaceAll('_', ' '),
	field: { type: id === 'Lead_Score' ? 'number' : 'text', maxLength: id === 'Phone' ? 30 : undefined },
}));

const run = async (...args: Parameters<typeof given>) => (await runNodeFake(node, given(...args)))[0] ?? [];

const ANN = { Email: 'ann@example.com', Last_Name: 'Lopez', Phone: '2' };

describe.each(['user', 'marker'] as const)('with the origin told by the %s', (origin) => {
	const options = origin === 'marker' ? { originMarker: { marker: { field: 'Origin', value: 'n8n' } } } : {};

	/** With a marker the user says nothing: somebody else's contact may have been made by the same user. */
	const seed = (found: string): void => {
		if (found === 'none') return;
		const ours = found === 'one, ours';
		const values = { Email: 'Ann@Example.com', Last_Name: 'Lopez', Phone: '1' };
		if (origin === 'marker')
			zoho.addContact({ ...values, Origin: ours ? 'n8n' : 'hand' }, { createdBy: ours ? 'colleague' : 'integration' });
		else zoho.addContact(values, { createdBy: ours ? 'integration' : 'colleague' });
	};

	test.each(TRUTH_CASES)('$found, C $c, U $u, summary "$summary": $expected', async (row) => {
		const { found, c, u, summary, word, written } = row;
		seed(found);
		const [output] = await run([ANN], {
			allowCreate: c === 'on',
			allowUpdate: u === 'on',
			summaryField: 'Conversation_Summary',
			summary,
			options,
		});
		expect(output?.json.reason ?? output?.json.action).toBe(word);
		const [stored] = zoho.contacts.all();
		const before = found === 'none' ? undefined : '1';
		expect(stored?.Phone).toBe(written.includes('fields') ? '2' : before);
		if (stored) expect(stored.Conversation_Summary).toBe(written.includes('summary') ? summary : null);
		if (origin === 'marker' && written.includes('origin')) expect(stored?.Origin).toBe('n8n');
		expect(output?.json.createdByThisIntegration).toBe(word === 'created' || found === 'one, ours');
	});
});

describe('bad input is refused for its item alone, by the label of the field', () => {
	test.each([
		[{ Last_Name: 'Lopez' }, 'Email is missing', 0],
		[{ Email: 'ann@example.com', Last_Name: ' ' }, 'Last Name is missing', 0],
		[{ ...ANN, Email: 'ann at example' }, 'Email is not an email address', 0],
		[{ ...ANN, Phone: '1'.repeat(31) }, 'Phone is too long', 0],
		[{ ...ANN, Lead_Score: 'many' }, "Lead Score doesn't have the form it should have", 0],
		[{ ...ANN, 'Email from Leads': 'x' }, 'Zoho CRM has no field "Email from Leads"', 0],
		[{ ...ANN, id: '5725767000001002001' }, 'Zoho CRM has no field "id" that can be written', 0],
		[{ ...ANN, Shoe_Size: '42' }, "Zoho CRM doesn't take the value of Shoe_Size", 1],
	])('%j: %s', async (values, message, writesOfIt) => {
		const outputs = await run([{ ...ANN, Email: 'one@example.com' }, values, { ...ANN, Email: "o'two\\@example.com" }]);
		expect(outputs.map(({ json }) => json.error ?? json.action)).toEqual([
			'created',
			expect.stringContaining(message),
			'created',
		]);
		const sent = zoho.api.requests('POST', /upsert/).flatMap(({ body }) => (body as { data: unknown[] }).data);
		expect(sent).toHaveLength(2 + writesOfIt);
	});
});

test('when the node is set to stop, one error counts what was written', async () => {
	await expect(run([ANN, { ...ANN, Email: 'x' }], {}, { onError: 'stopWorkflow' })).rejects.toMatchObject({
		message: '1 of 2 items was not written',
		description: expect.stringContaining('1 was written, 0 were left untouched'),
	});
	expect(zoho.contacts.all()).toHaveLength(1);
});

describe('the connected user', () => {
	test('is asked for once, not in every run', async () => {
		for (let count = 0; count < 3; count++) await run([ANN]);
		expect(zoho.api.requests('GET', /users/)).toHaveLength(1);
	});

	test('is not asked for where a marker is used', async () => {
		await run([ANN], { options: { originMarker: { marker: { field: 'Origin', value: 'n8n' } } } });
		expect(zoho.api.requests('GET', /users/)).toHaveLength(0);
	});

	test('1,000 contacts, half of them known: 21 calls', async () => {
		zoho.seedContacts(500);
		await run(
			Array.from({ length: 1000 }, (_, index) => ({ Email: `contact${index + 1}@example.com`, Last_Name: 'New' })),
		);
		expect(zoho.api.log).toHaveLength(21);
	});
});

describe('the fields of the node', () => {
	const context = () => fakeExecute(given([])) as unknown as ILoadOptionsFunctions;
	const fields = async () => (await node.methods.resourceMapping.getContactFields.call(context())).fields;

	test('are those that can be written, the needed ones first and in the mapping', async () => {
		const shown = await fields();
		expect(shown.filter(({ removed }) => !removed).map(({ id, required }) => [id, required])).toEqual([
			['Email', true],
			['Last_Name', true],
			['Branch', true],
		]);
		const ids = shown.map(({ id }) => id);
		for (const id of ['Full_Name', 'Created_Time', 'Score_Band', 'First_Channel', 'Owner', 'Account_Name'])
			expect(ids).not.toContain(id);
		expect(shown.find(({ id }) => id === 'Lead_Score')?.type).toBe('number');
	});

	test('choices show what people read, and give what Zoho stores', async () => {
		const source = (await fields()).find(({ id }) => id === 'Lead_Source');
		expect(source?.options).toContainEqual({ name: 'WhatsApp', value: 'whatsapp_inbound' });
	});

	test('come without those of the layout where the connection may not read it', async () => {
		connect('ZohoCRM.modules.contacts.ALL,ZohoCRM.settings.fields.READ');
		expect((await fields()).find(({ id }) => id === 'Branch')?.required).toBe(false);
	});

	test('fit for a summary: texts, long ones first', async () => {
		const options = await node.methods.loadOptions.getSummaryFields.call(context());
		expect(options.slice(0, 3).map(({ value }) => value)).toEqual(['', 'Conversation_Summary', 'Description']);
		expect(options.map(({ value }) => value)).not.toContain('Email');
	});
});
