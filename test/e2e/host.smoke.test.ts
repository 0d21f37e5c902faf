import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { N8nHost } from '../host/n8nHost';
import type { N8nClient } from '../host/n8nClient';
import { runNode } from '../host/runNode';
import { sharedHost } from '../host/shared';
import { discardPackage } from '../host/pack';
import { packTinyPackage, tiny } from '../host/tinyPackage';
import { nodeTestWorkflow, type CredentialRef } from '../host/workflowBuilder';

jest.setTimeout(240_000);

const node = { type: tiny.node };

describe('the shared n8n', () => {
	let host: N8nClient;
	let vendor: Server;
	let vendorUrl: string;
	let credential: CredentialRef;

	beforeAll(async () => {
		host = await sharedHost();
		vendor = createServer((request, response) => {
			response.statusCode = request.headers.authorization === 'Bearer good' ? 200 : 401;
			response.end('{}');
		});
		await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
		vendorUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
		credential = await host.createCredential(tiny.credential, 'Tiny', { baseUrl: vendorUrl, token: 'good' });
	});

	afterAll(() => vendor.close());

	test('has loaded the packed package under its real type names', async () => {
		expect((await host.nodeTypes(tiny.package)).map(({ name }) => name)).toEqual([tiny.node]);
		expect((await host.credentialTypes()).map(({ name }) => name)).toContain(tiny.credential);
	});

	test('runs a node over three items and pairs each output item with its input item', async () => {
		const { items, error } = await runNode(host, { node, items: [{ n: 0 }, { n: 1 }, { n: 2 }] });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ echo: { n: 0 } }, { echo: { n: 1 } }, { echo: { n: 2 } }]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 1 }], [{ item: 2 }]]);
	});

	test('shows the error that stops a node', async () => {
		const { branches, error, execution } = await runNode(host, { node, items: [{ n: 0 }, { fail: true }] });
		expect(branches).toEqual([]);
		expect(error).toMatchObject({ message: 'Told to fail', description: 'By its input', context: { itemIndex: 1 } });
		expect(execution).toMatchObject({
			status: 'error',
			lastNode: 'Node under test',
			error: { message: 'Told to fail' },
		});
	});

	test('keeps the other items with On Error "continue"', async () => {
		const { items, error } = await runNode(host, {
			node: { ...node, onError: 'continueRegularOutput' },
			items: [{ fail: true }, { n: 1 }],
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ error: 'Told to fail' }, { echo: { n: 1 } }]);
	});

	test('puts failed items on the error output', async () => {
		const { items, failed } = await runNode(host, {
			node: { ...node, onError: 'continueErrorOutput' },
			items: [{ n: 0 }, { fail: true }, { n: 2 }],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 2 }]]);
		expect(failed).toMatchObject([{ json: { error: 'Told to fail' }, pairedItem: [{ item: 1 }] }]);
	});

	test('keeps calls apart that run at the same time', async () => {
		const results = await Promise.all([1, 2, 3, 4].map((n) => runNode(host, { node, items: [{ n }] })));
		expect(results.map(({ items }) => items[0]?.json)).toEqual([1, 2, 3, 4].map((n) => ({ echo: { n } })));
	});

	test('reads the bytes of a binary output', async () => {
		const { items } = await runNode(host, { node, items: [{ file: 'hello' }] });
		const binary = items[0]?.binary?.data;
		expect(binary).toMatchObject({ mimeType: 'text/plain', fileName: 'file.txt' });
		expect(binary && (await host.readBinary(binary)).toString()).toBe('hello');
	});

	test('hands a file to the node under test', async () => {
		const { items } = await runNode(host, {
			node,
			before: [
				{
					type: 'n8n-nodes-base.convertToFile',
					typeVersion: 1.1,
					parameters: { operation: 'toBinary', sourceProperty: 'base64', options: { fileName: 'a.txt' } },
				},
			],
			items: [{ base64: Buffer.from('hello').toString('base64') }],
		});
		expect(items[0]?.json).toMatchObject({ read: 'hello' });
	});

	test('tells what the connection dialog says', async () => {
		expect(await host.testCredential(credential.id)).toEqual({ ok: true, message: 'Connection successful!' });
		const wrong = await host.testCredentialData(tiny.credential, { baseUrl: vendorUrl, token: 'bad' });
		expect(wrong.ok).toBe(false);
		expect(wrong.message).toMatch(/authoriz/i);
	});

	test('reads live lists like the editor', async () => {
		const query = { nodeType: tiny.node, parameter: 'colour', parameters: { colour: 'red' } };
		expect(await host.lists.options({ ...query, method: 'getColours' })).toEqual([
			{ name: 'Red', value: 'red' },
			{ name: 'Blue', value: 'blue' },
		]);
		const credentials = { [tiny.credential]: credential };
		const found = await host.lists.search({ ...query, method: 'searchShades', credentials }, { filter: 'dark' });
		expect(found).toEqual({ results: [{ name: 'Shade dark', value: 'red 4' }], paginationToken: 'next' });
		const { fields } = await host.lists.mapperFields({ ...query, method: 'getFields' });
		expect(fields).toMatchObject([{ id: 'email', required: true }]);
	});

	test('keeps rows in a data table', async () => {
		const id = await host.tables.create(`smoke ${Date.now()}`, [{ name: 'word', type: 'string' }]);
		await host.tables.insert(id, [{ word: 'one' }, { word: 'two' }]);
		expect((await host.tables.rows(id)).map(({ word }) => word)).toEqual(['one', 'two']);
		await host.tables.delete(id);
		expect((await host.tables.all()).map((table) => table.id)).not.toContain(id);
	});

	test('forgets a workflow that was taken down', async () => {
		const workflow = await host.createWorkflow(nodeTestWorkflow({ node }));
		await host.activate(workflow);
		const [webhook] = workflow.json.nodes;
		const path = String(webhook?.parameters.path);
		await host.deactivate(workflow);
		expect((await host.callWebhook(path, {})).status).toBe(404);
		await host.deleteWorkflow(workflow);
	});
});

describe('an n8n of its own', () => {
	let host: N8nHost;

	beforeAll(async () => {
		const tarball = await packTinyPackage();
		host = await N8nHost.start({ packages: [tarball] });
		await discardPackage(tarball);
	});

	afterAll(() => host.dispose());

	test('goes on after a crash with the workflows and executions that it had', async () => {
		const workflow = await host.createWorkflow(nodeTestWorkflow({ node }));
		await host.activate(workflow);
		const before = await host.run(workflow, { items: [{ n: 1 }] });
		await host.kill('SIGKILL');
		await host.restart();
		const after = await host.run(workflow, { items: [{ n: 2 }] });
		expect((await host.executions({ workflowId: workflow.id })).map(({ id }) => id)).toEqual([after.id, before.id]);
		expect(await host.readLog()).toContain('Editor is now accessible');
	});

	test('tells how much memory it takes', async () => {
		const { rssBytes, peakBytes } = await host.memory();
		expect(rssBytes).toBeGreaterThan(50e6);
		expect(peakBytes).toBeGreaterThanOrEqual(rssBytes);
	});
});
