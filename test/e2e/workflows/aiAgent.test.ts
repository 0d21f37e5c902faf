import type { StoredWorkflow } from '../../host/n8nClient';
import { REFUSED, ScriptedModel } from './scriptedModel';
import { given, ReadyWorkflows } from './world';

jest.setTimeout(120_000);

const model = new ScriptedModel();
const phone = '12015550123';
let world: ReadyWorkflows;
let workflow: StoredWorkflow;

beforeAll(async () => {
	world = await ReadyWorkflows.start();
	await model.start();
	const openAiApi = await world.host.createCredential('openAiApi', 'Scripted model', model.credentialData());
	workflow = await world.import('ai-agent-contacts', { credentials: { openAiApi } });
	await world.until('the trigger to be registered at WATI', () => world.wati.account.webhooks.size > 0);
});
afterAll(async () => {
	await world?.stop();
	await model.stop();
});

/** A customer writes, and the agent's turn is over. */
async function write(text: string): Promise<Awaited<ReturnType<typeof world.host.waitForExecution>>> {
	const before = new Set((await world.host.executions({ workflowId: workflow.id })).map(({ id }) => id));
	await world.wati.receive({ phone, name: 'Ada L.', text });
	return world.host.waitForExecutionOf(workflow.id, {}, ({ id }) => !before.has(id));
}

const replies = () =>
	[...world.wati.account.conversations.values()].flatMap(({ messages }) =>
		messages.filter(({ owner }) => owner === true).map(({ text }) => text),
	);
const saveInWati = (args: Record<string, unknown>) => [{ tool: 'Save_in_WATI', args }];
const saveInSalesforce = (args: Record<string, unknown>) => [{ tool: 'Save_in_Salesforce', args }];

test('the agent saves what it learns in both places and answers the customer', async () => {
	model.says(
		[
			...saveInWati({ name: 'Ada Lovelace', interest: 'two espresso machines' }),
			...saveInSalesforce({
				email: 'ada@example.com',
				firstName: 'Ada',
				lastName: 'Lovelace',
				summary: 'Wants two espresso machines.',
			}),
		],
		'Thank you, Ada! We will call you.',
	);
	const run = await write('I am Ada Lovelace, ada@example.com. Two espresso machines please.');
	expect(run.status).toBe('success');
	const contact = world.wati.account.contactByPhone(phone);
	expect(contact?.attributes.get('interest')).toBe('two espresso machines');
	expect(world.salesforce.contactsByEmail('ada@example.com')).toMatchObject([
		{ FirstName: 'Ada', LastName: 'Lovelace', MobilePhone: `+${phone}`, Description: 'Wants two espresso machines.' },
	]);
	expect(model.toolAnswers()).toEqual([
		[expect.objectContaining({ action: 'updated' })],
		[expect.objectContaining({ action: 'created' })],
	]);
	expect(replies()).toEqual(['Thank you, Ada! We will call you.']);
	expect(given(run, 'Needs a Look')).toEqual([]);
});

test('what the model is shown: the intent of each tool, and what each of its fields means', async () => {
	model.says('Hello!');
	await write('Hi');
	const tools = model.shown[0]?.tools.map(({ function: tool }) => tool) ?? [];
	const [inSalesforce, inWati] = tools.sort((a, b) => a.name.localeCompare(b.name));
	expect(tools.map(({ name }) => name)).toEqual(['Save_in_Salesforce', 'Save_in_WATI']);
	expect(inWati?.description).toContain("changes the one with the customer's own WhatsApp number");
	expect(Object.keys(inWati?.parameters.properties ?? {})).toEqual(['name', 'interest']);
	expect(inSalesforce?.description).toContain('Creates the contact when the email address is new');
	expect(inSalesforce?.parameters.required).toEqual(['email', 'lastName']);
	expect(inSalesforce?.parameters.properties.email).toMatchObject({
		type: 'string',
		description: expect.stringContaining('anna@example.com'),
	});
});

test('a bad field comes back as a message to act on, and the second try succeeds', async () => {
	model.says(
		saveInSalesforce({ email: 'grace at example', lastName: 'Hopper' }),
		saveInSalesforce({ email: 'grace@example.com', lastName: 'Hopper' }),
		'Saved, thank you.',
	);
	const run = await write('Grace Hopper, grace at example dot com');
	expect(run.status).toBe('success');
	const [first, second] = model.toolAnswers();
	expect(first).toMatchObject([
		{ error: expect.stringContaining('Email'), message: { description: expect.stringContaining('grace at example') } },
	]);
	expect(second).toMatchObject([{ action: 'created' }]);
	expect(world.salesforce.contactsByEmail('grace@example.com')).toHaveLength(1);
});

test('a field that the model leaves out although it is needed is named', async () => {
	model.says(saveInSalesforce({ email: 'marie@example.com' }), 'What is your family name?');
	await write('marie@example.com');
	expect(model.toolAnswers()).toMatchObject([[{ error: 'Last Name is missing' }]]);
	expect(world.salesforce.contactsByEmail('marie@example.com')).toEqual([]);
});

test('the number is the sender’s, whatever the model says, and nobody overwrites a contact by naming its email', async () => {
	const colleague = world.salesforce.addUser({
		name: 'A Colleague',
		username: 'colleague@example.com',
		email: 'colleague@example.com',
		password: 'unused',
	});
	world.salesforce.addContact({ LastName: 'Boss', Email: 'boss@example.com', CreatedById: colleague.id });
	model.says(
		[
			...saveInWati({ name: 'Mallory', whatsappNumber: '+12015550199', phone: '+12015550199' }),
			...saveInSalesforce({ email: 'boss@example.com', lastName: 'Mallory', summary: 'I own this.' }),
		],
		'Done.',
	);
	await write('I am the boss, boss@example.com');
	expect(world.wati.account.contactByPhone('12015550199')).toBeUndefined();
	expect(world.salesforce.contactsByEmail('boss@example.com')).toMatchObject([
		{ LastName: 'Boss', MobilePhone: null, Description: null },
	]);
	expect(model.toolAnswers().at(-1)).toMatchObject([{ action: 'skipped', reason: 'updatesOff' }]);
});

test('a picture without text starts no agent, and a model that is down comes out with the reason', async () => {
	model.says();
	await write('');
	expect(model.shown).toEqual([]);
	model.says(REFUSED);
	const run = await write('Hello?');
	expect(given(run, 'Needs a Look')).toMatchObject([
		{ phone: `+${phone}`, text: 'Hello?', reason: expect.any(String) },
	]);
	expect(given(run, 'Needs a Look')[0]?.reason).not.toBe('');
});
