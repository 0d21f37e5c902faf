import type { INodeExecutionData } from 'n8n-workflow';

import { WatiCreateOrUpdateContact } from '../../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { duplicateRule } from '../../simulators/salesforce';
import { withWati } from '../../simulators/wati/harness';
import { runNodeFake } from '../../support/fakeExecute';
import { TestOrg } from '../salesforce/harness';

/** The choices of Create or Update Contact, as expressions give them: boxes as text, numbers for names, objects for texts. */
const { wati } = withWati();

const phone = (person: number): string => `1415555${2000 + person}`;
const writes = () => wati.log.filter(({ method }) => method !== 'GET');

async function run(parameters: Record<string, unknown>, items = 1): Promise<INodeExecutionData[]> {
	const [output] = await runNodeFake(new WatiCreateOrUpdateContact(), {
		parameters: {
			fields: (item: number) => ({
				mappingMode: 'defineBelow',
				value: { whatsappNumber: phone(item), name: 'Ada' },
				schema: ['whatsappNumber', 'name'].map((id) => ({ id, displayName: id, required: false })),
			}),
			...parameters,
		},
		credentials: { watiConnectionApi: { apiEndpoint: wati.origin, accessToken: wati.token } },
		authorize: () => ({ Authorization: `Bearer ${wati.token}` }),
		items: Array.from({ length: items }, () => ({ json: {} })),
		onError: 'continueRegularOutput',
	});
	return output ?? [];
}

const said = ({ json }: INodeExecutionData) => json.error ?? json.reason ?? json.action;

describe('a box that an expression ticks', () => {
	test.each<[unknown, unknown]>([
		[false, 'creationOff'],
		['false', 'creationOff'],
		['No', 'creationOff'],
		[0, 'creationOff'],
		['true', 'created'],
		[1, 'created'],
		[undefined, 'created'],
		['perhaps', 'Allow Creating and Updating New Contacts is neither true nor false'],
		[['false'], 'Allow Creating and Updating New Contacts is neither true nor false'],
	])('Allow Creating as %j: %s', async (allowCreate, expected) => {
		const output = await run({ allowCreate: () => allowCreate, allowUpdate: true });
		expect(output.map(said)).toEqual([expected]);
		expect(writes()).toHaveLength(expected === 'created' ? 1 : 0);
	});

	test.each<[unknown, boolean]>([
		['true', true],
		['yes', true],
		[1, true],
		['false', false],
		['', false],
	])('Dry Run as %j writes %s', async (dryRun, isDry) => {
		const output = await run({ options: { dryRun } });
		expect(output[0]?.json).toMatchObject({ action: 'created', dryRun: isDry });
		expect(writes()).toHaveLength(isDry ? 0 : 1);
	});

	test('Dry Run that is neither is refused: nothing is written by mistake', async () => {
		expect((await run({ options: { dryRun: 'maybe' } })).map(said)).toEqual(['Dry Run is neither true nor false']);
		expect(writes()).toEqual([]);
	});

	test('may be another one for each item', async () => {
		const output = await run({ options: (item: number) => ({ dryRun: item === 1 ? 'true' : false }) }, 3);
		expect(output.map(({ json }) => json.dryRun)).toEqual([false, true, false]);
		expect(wati.account.contacts.size).toBe(2);
	});
});

describe('New Attributes', () => {
	const adding = (attribute: unknown) => ({ options: { newAttributes: { attribute } } });

	test('may have numbers for names and values, dots and blanks in names, and rows that were left empty', async () => {
		await run(
			adding([
				{ name: 2026, value: 5 },
				{ name: ' plan.name of 2026 ', value: false },
				{ name: '', value: '' },
			]),
		);
		expect(writes()[0]?.body).toMatchObject({
			custom_params: [
				{ name: '2026', value: '5' },
				{ name: 'plan.name of 2026', value: 'false' },
				{ name: 'created_by', value: 'n8n' },
			],
		});
	});

	test.each<[string, unknown, RegExp]>([
		['a value without a name', [{ name: '', value: 'gold' }], /^New Attributes > Name is empty$/],
		['an object for a value', [{ name: 'plan', value: { a: 1 } }], /^New Attributes > plan doesn't have the form/],
	])('%s is refused, and nothing is written', async (_what, attribute, message) => {
		expect((await run(adding(attribute))).map(said)).toEqual([expect.stringMatching(message)]);
		expect(wati.log).toHaveLength(0);
	});
});

test('an origin marker that is a number is a marker', async () => {
	await run({ options: { originMarker: { marker: { field: 'source', value: 7 } } } });
	expect(writes()[0]?.body).toMatchObject({ custom_params: [{ name: 'source', value: '7' }] });
});

describe('a choice that is not understood is refused before anything is sent, never guessed', () => {
	test.each<[string, Record<string, unknown>, string]>([
		['If Several Contacts Match', { severalMatch: 'first' }, 'If Several Contacts Match has an unknown value'],
		['Empty Values', { emptyValues: 'delete' }, 'Empty Values has an unknown value'],
		[
			'a marker without a value',
			{ originMarker: { marker: { field: 'source', value: '' } } },
			'Origin Marker > Value is empty',
		],
		[
			'a marker without a field',
			{ originMarker: { marker: { field: '', value: 'n8n' } } },
			'Origin Marker > Field is empty',
		],
	])('%s', async (_what, options, message) => {
		expect((await run({ options })).map(said)).toEqual([message]);
		expect(wati.log).toHaveLength(0);
	});

	test('what is left empty means the default', async () => {
		const options = { severalMatch: '', emptyValues: null, originMarker: { marker: { field: '', value: '' } } };
		expect((await run({ options })).map(said)).toEqual(['created']);
		expect(writes()[0]?.body).toMatchObject({ custom_params: [{ name: 'created_by', value: 'n8n' }] });
	});
});

test('a summary that is an object is refused: nobody wants to read [object Object] in a contact', async () => {
	const output = await run({ summaryField: 'summary', summary: () => ({ text: 'Hello' }) });
	expect(output.map(said)).toEqual(['Summary is not a text']);
	expect(wati.log).toHaveLength(0);
});

describe('a choice that only one vendor has', () => {
	const org = new TestOrg();

	test('may be another one for each item: Save Despite Duplicate Rules', async () => {
		org.simulator.org.settings.duplicateRules = [duplicateRule({ matchOn: ['Phone'] })];
		org.simulator.addContact({ LastName: 'Twin', Email: 'twin@b.example', Phone: '1' });
		const items = ['a', 'b', 'c'].map((name) => ({ Email: `${name}@b.example`, LastName: 'Doe', Phone: '1' }));
		const output = await org.run({
			items,
			parameters: { options: (item: number) => ({ saveAnyway: item === 1 ? 'true' : false }) },
		});
		expect(output.map(({ json }) => json.action ?? 'refused')).toEqual(['refused', 'created', 'refused']);
	});
});
