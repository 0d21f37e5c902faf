import type { CredentialRef, NodeSpec } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { cutOffTexts } from '../../support/browser';
import { browserSuite, type Builder } from '../../support/browserSuite';
import { chain } from '../../support/chain';
import type { NodePanel } from '../../support/nodePanel';

const wati = new WatiSimulator();
let connection: CredentialRef | undefined;

beforeAll(async () => {
	await wati.start();
	wati.account.addContact({ phone: '34612345678', name: 'Luis Romero' });
	const parameters = [
		{ name: 'name', value: 'Anna' },
		{ name: 'order', value: '1042' },
	];
	wati.account.addTemplate({
		name: 'order_shipped',
		body: 'Hello {{name}}, order {{order}} is on its way.',
		parameters,
	});
	wati.account.addTemplate({ name: 'shop_news', body: 'We have moved.', parameters: [] });
});
afterAll(async () => await wati.stop());

const seen = browserSuite();

async function openMessage({ editor, host }: Builder, parameters: NodeSpec['parameters']): Promise<NodePanel> {
	const data = { apiEndpoint: `${wati.origin}/12345`, accessToken: wati.token };
	connection ??= await host.createCredential('watiConnectionApi', 'WATI for messages', data);
	await editor.openNew(
		chain('Messages', [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'WATI', type: 'n8n-nodes-whatsapp-crm.wati', parameters, credentials: { watiConnectionApi: connection } },
		]),
	);
	return await editor.openNode('WATI');
}

describe('WATI in the editor', () => {
	seen(
		'lists the templates of the account, asks for the parameters of the chosen one, and sends it',
		async (builder) => {
			const panel = await openMessage(builder, { resource: 'template', operation: 'send' });
			expect(await panel.pick('template', 'order_shipped')).toEqual([
				expect.stringContaining('order_shipped'),
				expect.stringContaining('shop_news'),
			]);
			await panel.fetchFields();
			expect(await panel.fieldLabels()).toEqual(['name (e.g. Anna)', 'order (e.g. 1042)']);
			await panel.field('name').locator('input').first().fill('Luis');
			await panel.field('order').locator('input').first().fill('1077');
			await panel.name('target', 'Phone', '+34 612 345 678');
			expect(await panel.execute()).toHaveLength(1);
			expect([...wati.account.messages.values()].at(-1)?.finalText).toBe('Hello Luis, order 1077 is on its way.');
		},
	);

	seen('says in a red line what is wrong with a target, before anything is sent', async (builder) => {
		const panel = await openMessage(builder, { resource: 'message', operation: 'sendText', text: 'Hello' });
		await panel.name('target', 'Phone', '555-01');
		const calls = wati.counters().requests;
		expect(await panel.executeInVain()).toMatch(/Target/);
		expect(wati.counters().requests).toBe(calls);
	});

	const modes: Array<{ of: string; parameters: Record<string, string>; ways: string[] }> = [
		{
			of: 'a contact',
			parameters: { resource: 'contact', operation: 'get' },
			ways: ['Phone', 'Contact ID', 'Channel and Phone', 'Business-Scoped User ID'],
		},
		{
			of: 'a conversation',
			parameters: { resource: 'conversation', operation: 'updateStatus' },
			ways: ['Phone', 'Conversation ID', 'Channel and Phone', 'Business-Scoped User ID'],
		},
		{
			of: 'a recipient of a template',
			parameters: { resource: 'template', operation: 'send' },
			ways: ['Phone', 'Contact ID', 'Business-Scoped User ID'],
		},
	];

	for (const { of, parameters, ways } of modes) {
		seen(`the target of ${of} can be named ${ways.join(', ')}`, async (builder) => {
			const panel = await openMessage(builder, parameters);
			expect(await panel.modes('target')).toEqual(ways);
			expect(await cutOffTexts(panel.parameters)).toEqual([]);
		});
	}
});
