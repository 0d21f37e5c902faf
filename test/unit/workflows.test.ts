import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NodeHelpers, type INode, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

import { SalesforceCreateOrUpdateContact } from '../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { Wati } from '../../nodes/Wati/Wati.node';
import { WatiCreateOrUpdateContact } from '../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { WatiTrigger } from '../../nodes/WatiTrigger/WatiTrigger.node';
import { WawpCreateOrUpdateContact } from '../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import { ZohoCreateOrUpdateContact } from '../../nodes/ZohoCreateOrUpdateContact/ZohoCreateOrUpdateContact.node';
import { workflowSchema, type WorkflowJson, type WorkflowNode } from '../host/workflowBuilder';

const PREFIX = 'n8n-nodes-whatsapp-crm.';
const NOTE = 'n8n-nodes-base.stickyNote';
/** By these a workflow may go back: for the next batch, or to look again after a while. */
const LOOP = 'n8n-nodes-base.splitInBatches';
const WAIT = 'n8n-nodes-base.wait';
/** They are in the published package, whose size is limited; as the build writes them, in bytes. */
const MAX_SIZE = 26_000;

const descriptions = [
	new Wati(),
	new WatiTrigger(),
	new WatiCreateOrUpdateContact(),
	new SalesforceCreateOrUpdateContact(),
	new ZohoCreateOrUpdateContact(),
	new WawpCreateOrUpdateContact(),
].map(({ description }): [string, INodeTypeDescription] => [`${PREFIX}${description.name}`, description]);
const ours = new Map([...descriptions, ...descriptions.map(([type, one]) => [`${type}Tool`, asTool(one)] as const)]);

/** What n8n adds to a node that an AI agent can use. */
function asTool(description: INodeTypeDescription): INodeTypeDescription {
	const toolDescription: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: '',
	};
	return { ...description, properties: [toolDescription, ...description.properties] };
}

const folder = join(__dirname, '../../workflows');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const parse = (file: string): WorkflowJson => workflowSchema.parse(JSON.parse(read(file)));
const working = ({ nodes }: WorkflowJson): WorkflowNode[] => nodes.filter(({ type }) => type !== NOTE);

/** All connections: from where, of which type, to where. */
const linksOf = ({ connections }: WorkflowJson): Array<{ from: string; type: string; to: string }> =>
	Object.entries(connections).flatMap(([from, byType]) =>
		Object.entries(byType).flatMap(([type, outputs]) =>
			outputs.flatMap((targets) => (targets ?? []).map(({ node }) => ({ from, type, to: node }))),
		),
	);

/** A node of ours with all of its parameters, as n8n takes them from the file: what it doesn't know it drops. */
function asTaken(node: WorkflowNode, description: INodeTypeDescription): INode {
	const given: INode = { ...structuredClone(node), parameters: JSON.parse(JSON.stringify(node.parameters)) };
	const taken = NodeHelpers.getNodeParameters(
		description.properties,
		given.parameters,
		true,
		false,
		given,
		description,
	);
	return { ...given, parameters: taken ?? {} };
}

const oursIn = (workflow: WorkflowJson) =>
	working(workflow).flatMap((node) => {
		const description = ours.get(node.type);
		return description ? [{ node, description, taken: asTaken(node, description) }] : [];
	});

const keysOf = (value: unknown): string[] =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

test('there are ready workflows', () => expect(files.length).toBeGreaterThanOrEqual(11));

describe.each(files)('%s', (file) => {
	const workflow = parse(file);
	const names = new Set(workflow.nodes.map(({ name }) => name));

	test('is a workflow and nothing else: no ids of an n8n, no pinned data', () => {
		expect(Object.keys(JSON.parse(read(file)))).toEqual(['name', 'nodes', 'connections', 'settings']);
		expect(Object.keys(workflow.settings ?? {})).not.toContain('errorWorkflow');
	});

	test('holds no connection, no secret, and no person but those of examples', () => {
		expect(workflow.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		const text = read(file);
		expect(
			text.match(/[\w.+-]+@(?!n8n\/)[\w-]+\.[\w.]+/g)?.filter((one) => !/@example\.(com|org)$/.test(one)) ?? [],
		).toEqual([]);
		expect(text.match(/\+\d{8,}/g)?.filter((one) => !/^\+1201555\d{4}$/.test(one)) ?? []).toEqual([]);
		expect(text).not.toMatch(/\b[0-9a-f]{24,}\b|\beyJ[\w-]{10,}|Bearer [\w-]{8,}|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-/i);
		expect(text.match(/https?:\/\/[^\s"')\\]+/g) ?? []).toEqual([]);
	});

	test('says in a note what it does', () => {
		const notes = workflow.nodes
			.filter(({ type }) => type === NOTE)
			.map(({ parameters }) => String(parameters.content));
		expect(notes.some((note) => note.startsWith('## ') && note.length > 200)).toBe(true);
	});

	test('has nodes with names of their own, all connected, from left to right', () => {
		expect(names.size).toBe(workflow.nodes.length);
		const links = linksOf(workflow);
		const connected = new Set(links.flatMap(({ from, to }) => [from, to]));
		expect([...connected].filter((name) => !names.has(name))).toEqual([]);
		expect(
			working(workflow)
				.filter(({ name }) => !connected.has(name))
				.map(({ name }) => name),
		).toEqual([]);
		const x = new Map(workflow.nodes.map(({ name, position }) => [name, position[0]]));
		const typeOf = new Map(workflow.nodes.map(({ name, type }) => [name, type]));
		const forwards = links.filter(
			({ from, type, to }) => type === 'main' && typeOf.get(to) !== LOOP && typeOf.get(from) !== WAIT,
		);
		const backwards = forwards.filter(({ from, to }) => (x.get(to) ?? 0) <= (x.get(from) ?? 0));
		expect(backwards).toEqual([]);
		expect(new Set(workflow.nodes.map(({ position }) => position.join())).size).toBe(workflow.nodes.length);
	});

	test('refers only to nodes that it has', () => {
		const referred = [...JSON.stringify(workflow.nodes).matchAll(/\$\('((?:[^'\\]|\\.)+)'\)/g)].map(
			([, name]) => name ?? '',
		);
		expect(referred.filter((name) => !names.has(name))).toEqual([]);
	});

	test('has only nodes of n8n and ours, with parameters that ours have, and values that they take', () => {
		const foreign = working(workflow).filter(
			({ type }) => !ours.has(type) && !/^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\./.test(type),
		);
		expect(foreign).toEqual([]);
		for (const { node, description, taken } of oursIn(workflow)) {
			const unknown = keysOf(node.parameters).filter((name) => !(name in taken.parameters));
			const unknownOptions = keysOf(node.parameters.options).filter(
				(name) => !keysOf(taken.parameters.options).includes(name),
			);
			const issues = NodeHelpers.getNodeParametersIssues(description.properties, taken, description);
			expect([node.name, unknown, unknownOptions, issues?.parameters ?? {}]).toEqual([node.name, [], [], {}]);
		}
	});

	test(`takes at most ${MAX_SIZE} bytes of the package`, () => {
		expect(Buffer.byteLength(JSON.stringify(JSON.parse(read(file))))).toBeLessThanOrEqual(MAX_SIZE);
	});
});
