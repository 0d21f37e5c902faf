import type { StoredWorkflow } from '../../host/n8nClient';
import { given, ReadyWorkflows } from './world';

jest.setTimeout(120_000);

let world: ReadyWorkflows;
let workflow: StoredWorkflow;

beforeAll(async () => {
	world = await ReadyWorkflows.start();
	workflow = await world.import('order-updates');
});
afterAll(async () => world?.stop());

beforeEach(() => {
	world.wati.reset();
	world.wati.account.addTemplate({
		name: 'order_update',
		body: 'Hello {{name}}, your order {{order}} is {{status}}.',
		parameters: ['name', 'order', 'status'].map((name) => ({ name, value: 'sample' })),
	});
});

const order = (number: number, more: Record<string, unknown> = {}) => ({
	phone: `+1201555${String(100 + number).padStart(4, '0')}`,
	name: `Customer ${number}`,
	orderNumber: String(number),
	status: 'shipped',
	...more,
});

test('all orders with a status worth telling are told with one call', async () => {
	const orders = Array.from({ length: 30 }, (_, index) => order(index, index % 3 === 0 ? { status: 'packed' } : {}));
	const run = await world.tell(workflow, { orders });
	expect(run.status).toBe('success');
	expect(world.templateCalls()).toBe(1);
	expect(world.templatesSent()).toHaveLength(20);
	expect(world.templatesSent()[0]).toEqual({
		template: 'order_update',
		phone: '12015550101',
		values: { name: 'Customer 1', order: '1', status: 'shipped' },
	});
});

test('one order alone is taken too, and the same update is not told twice', async () => {
	await world.tell(workflow, order(1));
	await world.tell(workflow, order(1));
	expect(world.templatesSent()).toHaveLength(1);
	await world.tell(workflow, order(1, { status: 'Delivered' }));
	expect(world.templatesSent().map(({ values }) => values.status)).toEqual(['shipped', 'Delivered']);
});

test('what could not be told comes out with the reason, the others are told', async () => {
	world.wati.account.unreachable.set('12015550102', '131026');
	const run = await world.tell(workflow, {
		orders: [order(1), order(2), order(3, { phone: 'none' }), order(4, { name: '' })],
	});
	expect(run.status).toBe('success');
	expect(world.templatesSent().map(({ phone }) => phone)).toEqual(['12015550101']);
	const byOrder = [...given(run, 'Needs a Look')].sort((a, b) => Number(a.order) - Number(b.order));
	expect(byOrder).toMatchObject([
		{ order: '2', reason: expect.stringContaining('131026'), whatToDo: expect.stringContaining('no WhatsApp') },
		{ order: '3', phone: 'none', reason: expect.stringContaining('not a phone number') },
		{
			order: '4',
			reason: expect.stringContaining('no value for the parameter "name"'),
			whatToDo: expect.stringContaining('Fill it in'),
		},
	]);
});

test('a stranger without the key starts nothing', async () => {
	const { status } = await world.host.callWebhook('whatsapp-crm-order-updates', order(1));
	expect(status).toBe(403);
	expect(world.wati.log).toEqual([]);
});
