import type { StoredWorkflow } from '../../host/n8nClient';
import type { Conversation } from '../../simulators/wati/records';
import { given, ReadyWorkflows } from './world';

jest.setTimeout(120_000);

let world: ReadyWorkflows;
let workflow: StoredWorkflow;

beforeAll(async () => {
	world = await ReadyWorkflows.start();
	workflow = await world.import('escalate-and-resolve');
});
afterAll(async () => world?.stop());

beforeEach(() => {
	world.wati.reset();
	world.wati.account.addTemplate({
		name: 'ticket_escalated',
		body: 'Hello {{name}}, we look into {{ticket}}.',
		parameters: ['name', 'ticket'].map((name) => ({ name, value: 'sample' })),
	});
	world.wati.account.addOperator('grace@example.com');
});

const ticket = { phone: '+12015550123', name: 'Ada', ticket: '4711' };
const talk = (windowOpen: boolean): Conversation => {
	const contact = world.wati.account.addContact({ phone: '12015550123', name: 'Ada' });
	const conversation = world.wati.account.addConversation(contact, { windowOpen });
	conversation.status = 'pending';
	return conversation;
};
const said = ({ messages }: Conversation) =>
	messages.filter(({ owner, status }) => owner === true && status !== 'Failed').map(({ text }) => text);

test('escalated: the operator gets the conversation, it is opened, the customer is told', async () => {
	const conversation = talk(true);
	const run = await world.tell(workflow, { event: 'escalated', ...ticket });
	expect(run.status).toBe('success');
	expect(conversation).toMatchObject({ operatorEmail: 'operator@example.com', status: 'open' });
	expect(said(conversation)).toEqual([
		'Hello Ada, a colleague is looking into your request 4711 and will answer here.',
	]);
	expect(world.templatesSent()).toEqual([]);
});

test('escalated after more than 24 hours: told by template; the helpdesk may say who takes over', async () => {
	const conversation = talk(false);
	const run = await world.tell(workflow, { event: 'escalated', operatorEmail: 'grace@example.com', ...ticket });
	expect(run.status).toBe('success');
	expect(conversation).toMatchObject({ operatorEmail: 'grace@example.com', status: 'open' });
	expect(said(conversation)).toEqual([]);
	expect(world.templatesSent()).toEqual([
		{ template: 'ticket_escalated', phone: '12015550123', values: { name: 'Ada', ticket: '4711' } },
	]);
});

test('a message of which it is not known whether it went out is not sent again by template', async () => {
	talk(true);
	world.wati.fault({ method: 'POST', path: /messages\/text$/, status: 503 });
	const run = await world.tell(workflow, { event: 'escalated', ...ticket });
	expect(world.templatesSent()).toEqual([]);
	expect(given(run, 'Needs a Look')).toMatchObject([{ ticket: '4711', event: 'escalated' }]);
});

test.each([true, false])('resolved (customer wrote within 24 hours: %s): the conversation is solved', async (open) => {
	const conversation = talk(open);
	const run = await world.tell(workflow, { event: 'resolved', ...ticket });
	expect(run.status).toBe('success');
	expect(conversation.status).toBe('solved');
	expect(said(conversation)).toEqual(
		open ? ['Hello Ada, your request 4711 is solved. Just write here if anything is left open.'] : [],
	);
});

test('an unknown operator comes out with what to do, and an event of another kind does nothing', async () => {
	talk(true);
	const run = await world.tell(workflow, { event: 'escalated', operatorEmail: 'nobody@example.com', ...ticket });
	expect(run.status).toBe('success');
	expect(given(run, 'Needs a Look')).toMatchObject([
		{ ticket: '4711', reason: expect.any(String), whatToDo: expect.any(String) },
	]);
	const calls = world.wati.log.length;
	await world.tell(workflow, { event: 'commented', ...ticket });
	expect(world.wati.log).toHaveLength(calls);
});
