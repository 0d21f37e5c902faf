import type { INodeProperties } from 'n8n-workflow';

import { resources } from '../../../nodes/Wati/resources';
import type { N8nClient, StoredWorkflow } from '../../host/n8nClient';
import { sharedHost } from '../../host/shared';
import type { CredentialRef } from '../../host/workflowBuilder';
import { salesforceFixture, watiFixture, wawpFixture, zohoFixture } from '../../support/crms';
import { agentWorkflow, byModel, keyOf, type ToolSpec } from './agentWorkflow';
import { ScriptedModel } from './scriptedModel';

jest.setTimeout(120_000);

const model = new ScriptedModel();
const [wati, salesforce, zoho, wawp] = [watiFixture(), salesforceFixture(), zohoFixture(), wawpFixture()] as const;
const crms = [wati, salesforce, zoho, wawp];
const credentials: Record<string, CredentialRef> = {};
let host: N8nClient;
let agent: StoredWorkflow;

/** What the model is asked for, by type of parameter; drop-downs can't be left to it. */
const ASKED_AS = { string: 'string', number: 'number', boolean: 'boolean', dateTime: 'string' } as const;
const askedAs = (type = ''): 'string' | 'number' | 'boolean' | undefined => new Map(Object.entries(ASKED_AS)).get(type);

/** Every plain parameter of an operation, filled by the model. */
function filledByModel(fields: readonly INodeProperties[]): Record<string, unknown> {
	const filled = fields.flatMap(({ name, displayName, type, modes }): Array<[string, unknown]> => {
		const plain = askedAs(type);
		if (plain) return [[name, byModel(displayName, plain)]];
		const mode = modes?.find((one) => one.type === 'string');
		return mode ? [[name, { __rl: true, mode: mode.name, value: byModel(displayName, 'string') }]] : [];
	});
	return Object.fromEntries(filled);
}

const keysIn = (parameters: Record<string, unknown>): string[] =>
	JSON.stringify(parameters).match(/(?<=\$fromAI\(')[^']+/g) ?? [];

const operations = resources.flatMap((resource) =>
	resource.operations
		.filter(({ value }) => value !== 'upsert')
		.map((operation) => ({ tool: `${resource.value} ${operation.value}`, resource, operation })),
);

const operationTools: ToolSpec[] = operations.map(({ tool, resource, operation }) => ({
	name: tool,
	type: 'wati',
	parameters: { resource: resource.value, operation: operation.value, ...filledByModel(operation.fields) },
}));

const saveIn = (service: string): string => `Save in ${service}`;

/** A Create or Update Contact node with all of the vendor's live fields, each filled by the model, and its summary as well. */
async function saveTool({ node, credentialType, name }: (typeof crms)[number]): Promise<ToolSpec> {
	const nodeType = `n8n-nodes-whatsapp-crm.${node}`;
	const query = { nodeType, parameter: 'fields', method: 'getContactFields' };
	const chosen = { [credentialType]: credentials[credentialType] ?? { id: '', name: '' } };
	const { fields: schema } = await host.lists.mapperFields({ ...query, credentials: chosen });
	const value = schema.map(({ id, displayName, type }) => [
		id,
		byModel(displayName, askedAs(String(type)) ?? 'string'),
	]);
	return {
		name: saveIn(name),
		type: node,
		parameters: {
			fields: {
				mappingMode: 'defineBelow',
				matchingColumns: [],
				value: Object.fromEntries(value),
				schema: schema.map((field) => ({ ...field, removed: false })),
			},
			...(name === 'Wawp' ? {} : { summary: byModel('Summary', 'string') }),
			...(name === 'Salesforce' ? { summaryField: 'Summary__c' } : {}),
		},
	};
}

beforeAll(async () => {
	host = await sharedHost();
	await Promise.all([model.start(), ...crms.map((crm) => crm.start())]);
	credentials.openAiApi = await host.createCredential('openAiApi', 'Scripted model', model.credentialData());
	for (const { credentialType, name, credentialData } of crms)
		credentials[credentialType] = await host.createCredential(credentialType, name, credentialData());
	wati.simulator.account.addContact({ phone: '12015550100', attributes: { city: 'Berlin' } });
	const tools = [...operationTools, ...(await Promise.all(crms.map(saveTool)))];
	agent = await host.createWorkflow(agentWorkflow(tools, credentials));
	await host.activate(agent);
});
afterAll(async () => {
	await Promise.all([model.stop(), ...crms.map((crm) => crm.stop())]);
});

/** One turn in which the model asks for a tool; what the tool answered, as the model reads it. */
async function use(tool: string, args: Record<string, unknown>): Promise<unknown> {
	model.says([{ tool: keyOf(tool), args }], 'Done.');
	const run = await host.run(agent, { text: 'Please.' });
	expect(run.status).toBe('success');
	return model.toolAnswers()[0];
}

test('every operation and every Create or Update Contact node is a tool that says what it does, with its fields', async () => {
	model.says('Hello!');
	const run = await host.run(agent, { text: 'Hi' });
	expect(run.error).toBeUndefined();
	const shown = new Map(model.shown[0]?.tools.map(({ function: tool }) => [tool.name, tool]));
	for (const { tool, operation } of operations) {
		const { description, parameters } = shown.get(keyOf(tool)) ?? {};
		expect([tool, description]).toEqual([tool, `${operation.action} in WATI`]);
		const always = operation.fields.filter(({ displayOptions }) => displayOptions === undefined);
		const filled = [always, operation.fields].map((fields) => keysIn(filledByModel(fields)));
		const keys = Object.keys(parameters?.properties ?? {});
		expect([tool, filled[0]?.filter((key) => !keys.includes(key))]).toEqual([tool, []]);
		expect([tool, keys.filter((key) => !filled[1]?.includes(key))]).toEqual([tool, []]);
	}
	expect(crms.map(({ name }) => shown.get(keyOf(saveIn(name)))?.description)).toEqual([
		'Create a contact in WATI, or update the one with the same WhatsApp number: its name and attributes',
		'Create a contact in Salesforce, or update the one with the same email address',
		'Create a contact in Zoho CRM, or update the one with the same email address',
		'Save the name of a WhatsApp contact in Wawp, or change the name it has',
	]);
	expect(shown.size).toBe(operations.length + crms.length);
});

test('no two operations are told to the model in the same words', () => {
	const said = operations.map(({ operation }) => operation.action);
	expect(new Set(said).size).toBe(said.length);
});

test('a parameter and a field of the CRM with the same name are one to the model, and both get its value', async () => {
	model.says('Hello!');
	await host.run(agent, { text: 'Hi' });
	const tool = model.shown[0]?.tools.find(({ function: { name } }) => name === keyOf(saveIn('Salesforce')));
	expect(tool?.function.parameters.properties.Summary).toMatchObject({ type: 'string' });
	const answer = await use(saveIn('Salesforce'), {
		Email: 'ada@example.com',
		Last_Name: 'Lovelace',
		Summary: 'Call her.',
	});
	expect(answer).toMatchObject([{ action: 'created' }]);
	expect(salesforce.simulator.contactsByEmail('ada@example.com')).toMatchObject([{ Summary__c: 'Call her.' }]);
});

describe('mapped fields, filled by the model', () => {
	test('WATI', async () => {
		const answer = await use(saveIn('WATI'), { WhatsApp_Number: '+12015550101', Name: 'Ada', city: 'London' });
		expect(answer).toMatchObject([{ action: 'created' }]);
		const contact = wati.simulator.account.contactByPhone('12015550101');
		expect([contact?.name, contact?.attributes.get('city')]).toEqual(['Ada', 'London']);
	});

	test('Salesforce, with a number as text, a truth value and a list', async () => {
		const answer = await use(saveIn('Salesforce'), {
			Email: 'grace@example.com',
			Last_Name: 'Hopper',
			Lead_Score: '33',
			WhatsApp_Opt_In: true,
			Segment: 'Retail',
		});
		expect(answer).toMatchObject([{ action: 'created' }]);
		expect(salesforce.simulator.contactsByEmail('grace@example.com')).toMatchObject([
			{ Lead_Score__c: 33, WhatsApp_Opt_In__c: true, Segment__c: 'Retail' },
		]);
	});

	test('Zoho CRM', async () => {
		const answer = await use(saveIn('Zoho CRM'), { Email: 'alan@example.com', Last_Name: 'Turing' });
		expect(answer).toMatchObject([{ action: 'created' }]);
		expect(zoho.simulator.contacts.having('Email', 'alan@example.com')).toMatchObject([{ Last_Name: 'Turing' }]);
	});

	test('Wawp', async () => {
		const schema = model.shown[0]?.tools.find(({ function: { name } }) => name === keyOf(saveIn('Wawp')));
		const keys = Object.keys(schema?.function.parameters.properties ?? {});
		const phone = keys.find((key) => /phone/i.test(key)) ?? '';
		const answer = await use(saveIn('Wawp'), { [phone]: '+12015550102', First_Name: 'Marie', Last_Name: 'Curie' });
		expect(answer).toMatchObject([{ action: expect.stringMatching(/created|updated/) }]);
	});
});

describe('plain fields, filled by the model', () => {
	test('a text message', async () => {
		const contact = wati.simulator.account.addContact({ phone: '12015550103' });
		const conversation = wati.simulator.account.addConversation(contact, { windowOpen: true });
		await use('message sendText', { Target: '+12015550103', Text: 'Hello!', Simplify: true });
		expect(conversation.messages.at(-1)).toMatchObject({ text: 'Hello!', owner: true });
	});

	test('a limit that comes as text', async () => {
		const answer = await use('contact getMany', { Return_All: false, Limit: '1', Simplify: true });
		expect(answer).toHaveLength(1);
	});
});

describe('a failure comes back as text that a model can act on', () => {
	const text = async (tool: string, args: Record<string, unknown>): Promise<string> =>
		JSON.stringify(await use(tool, args));

	test('a required field that the model left out', async () => {
		expect(await text(saveIn('Salesforce'), { Last_Name: 'Nobody' })).toContain('Email is missing');
	});

	test('a picklist value that the CRM does not have: the ones that it has are named', async () => {
		const args = { Email: 'x@example.com', Last_Name: 'X', Segment: 'Martians' };
		expect(await text(saveIn('Salesforce'), args)).toMatch(/Segment.*Retail/);
	});

	test('a number without country code, and none at all', async () => {
		expect(await text('message sendText', { Target: '555', Text: 'Hi' })).toContain('not a phone number');
		expect(await text('message sendText', { Text: 'Hi' })).toContain('Target is empty');
	});

	test('a message to somebody who has not written: that a template is what can be sent', async () => {
		const contact = wati.simulator.account.addContact({ phone: '12015550104' });
		wati.simulator.account.addConversation(contact, { windowOpen: false });
		expect(await text('message sendText', { Target: '+12015550104', Text: 'Hi' })).toContain('24 hours');
	});
});
