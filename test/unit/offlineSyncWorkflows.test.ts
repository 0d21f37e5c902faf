import type { WorkflowJson, WorkflowNode } from '../host/workflowBuilder';
import { readShipped } from '../support/importWorkflow';

const files = [
	'offline-sync',
	'sync-conversation',
	'offline-sync-sweeper',
	'busy-inbox',
	'offline-sync-setup',
] as const;

/** What a node does, without its place, its id and its own address. */
function work({ nodes }: WorkflowJson, name: string): Partial<WorkflowNode> {
	const node = nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`There is no node ${name}`);
	const { position: _position, id: _id, webhookId: _webhookId, ...rest } = node;
	const { path: _path, ...parameters } = rest.parameters;
	return { ...rest, parameters };
}

describe('what two workflows have in common is the same in both', () => {
	const taking = ['WATI Trigger', 'Any Other Source', 'Message', 'Settings', 'Conversation So Far', 'Merge'];
	const noting = ['Make Sure the Table Exists', 'Something New?', 'Note Message'];
	const writing = ['Find Sync Conversation', 'Open Conversations', 'Split', 'One at a Time', 'Claim', 'Claimed?'];
	const tidying = ['Sync Contact', 'Done', 'Try Again What Was Never Finished', 'Give Up After Too Many Tries'];

	test.each([...taking, ...noting])('taking in a message: %s', async (name) => {
		expect(work(await readShipped('busy-inbox'), name)).toEqual(work(await readShipped('offline-sync'), name));
	});

	test.each([...writing, ...tidying, 'Remove Old Rows'])('writing what is due: %s', async (name) => {
		expect(work(await readShipped('busy-inbox'), name)).toEqual(work(await readShipped('offline-sync-sweeper'), name));
	});

	test.each(['offline-sync', 'busy-inbox', 'offline-sync-setup'])('the table that %s makes', async (file) => {
		const name = file === 'offline-sync-setup' ? 'Conversations Table' : 'Make Sure the Table Exists';
		const { parameters } = work(await readShipped('sync-conversation'), 'Make Sure the Table Exists');
		expect(work(await readShipped(file), name).parameters).toEqual(parameters);
	});
});

describe.each(files)('%s', (file) => {
	test('every node that an expression or a connection names is there', async () => {
		const { nodes, connections } = await readShipped(file);
		const referred = [...JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		const linked = Object.values(connections)
			.flatMap((byType) => Object.values(byType))
			.flat(2)
			.map((target) => target?.node);
		const names = new Set(nodes.map(({ name }) => name));
		const missing = [...referred, ...linked, ...Object.keys(connections)].filter((name) => !names.has(name ?? ''));
		expect(missing).toEqual([]);
	});

	test('no table name is a part of another one, and none holds a wildcard', async () => {
		const { nodes } = await readShipped(file);
		const text = JSON.stringify(nodes.filter(({ type }) => !type.endsWith('.stickyNote')));
		const tables = [...new Set([...text.matchAll(/"whatsapp-crm [^"]*"/g)].map(([name]) => name.slice(1, -1)))];
		expect(tables.filter((name) => /[_%]/.test(name))).toEqual([]);
		expect(tables.filter((name) => tables.some((other) => other !== name && other.includes(name)))).toEqual([]);
	});

	test('what is switched off is only what the notes say is switched off', async () => {
		const { nodes } = await readShipped(file);
		const optional = ['Get Messages', 'Transcript', 'Anything to Summarise?', 'Summarise', 'Chat Model'];
		const off = nodes.filter(({ disabled }) => disabled === true).map(({ name }) => name);
		expect(off.filter((name) => ![...optional, 'Any Other Source'].includes(name))).toEqual([]);
	});
});
