import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { N8nClient, StoredWorkflow } from '../host/n8nClient';
import {
	workflowSchema,
	workOf,
	type CredentialRef,
	type NodeSpec,
	type WorkflowJson,
	type WorkflowNode,
} from '../host/workflowBuilder';

/** What a builder does after importing a file of `workflows/`, and what a test changes to be fast. */
export interface ImportOptions {
	/** By connection type: put on every node that can take it, as a builder chooses it from the list. */
	credentials?: Record<string, CredentialRef>;
	/** Node name -> values of an Edit Fields node, such as `{ Settings: { waitMinutes: 0.1 } }`. */
	settings?: Record<string, Record<string, unknown>>;
	/** Node name -> parameters that are put over the shipped ones (nested ones are not merged). */
	parameters?: Record<string, Record<string, unknown>>;
	/** Node name -> another node in its place, with the same name and connections. */
	replace?: Record<string, NodeSpec>;
	/** Names of nodes that are shipped switched off and are to run. */
	enable?: readonly string[];
	disable?: readonly string[];
	/** Default: true. */
	publish?: boolean;
}

const folder = join(__dirname, '../../workflows');
const assignments = z.object({
	assignments: z.object({ assignments: z.array(z.object({ name: z.string() }).passthrough()) }),
});
const credentialNames = z.object({ credentials: z.array(z.object({ name: z.string() })).default([]) });

/** A file of `workflows/` as it is shipped; `file` is its name with or without `.json`. */
export async function readShipped(file: string): Promise<WorkflowJson> {
	const path = join(folder, file.endsWith('.json') ? file : `${file}.json`);
	return workflowSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The same with the options' changes. Throws when an option names a node that the workflow doesn't have. */
export async function prepareShipped(
	file: string,
	options: ImportOptions,
	connectionTypes: (nodeType: string) => readonly string[] = () => [],
): Promise<WorkflowJson> {
	const shipped = await readShipped(file);
	const { settings = {}, parameters = {}, replace = {}, enable = [], disable = [], credentials = {} } = options;
	const named = [...[settings, parameters, replace].flatMap((by) => Object.keys(by)), ...enable, ...disable];
	const unknown = named.filter((name) => shipped.nodes.every((node) => node.name !== name));
	if (unknown.length > 0) throw new Error(`${file} has no node ${unknown.join(', ')}`);
	const change = (shippedNode: WorkflowNode): WorkflowNode => {
		const { id, name, position } = shippedNode;
		const other = replace[name];
		const node = other === undefined ? shippedNode : { id, name, position, ...workOf(other) };
		const taken = connectionTypes(node.type).flatMap((type) => {
			const credential = credentials[type];
			return credential === undefined ? [] : [[type, credential]];
		});
		return {
			...node,
			parameters: { ...withValues(node, settings[name] ?? {}), ...parameters[name] },
			...(taken.length > 0 ? { credentials: { ...Object.fromEntries(taken), ...node.credentials } } : {}),
			...(enable.includes(name) ? { disabled: false } : disable.includes(name) ? { disabled: true } : {}),
		};
	};
	return { ...shipped, nodes: shipped.nodes.map(change) };
}

/** Imports a file of `workflows/` into a running n8n, chooses the connections and publishes it. */
export async function importWorkflow(
	host: N8nClient,
	file: string,
	options: ImportOptions = {},
): Promise<StoredWorkflow> {
	const types = await connectionTypesOf(host);
	const json = await prepareShipped(file, options, (nodeType) => types.get(nodeType) ?? []);
	const workflow = await host.createWorkflow(json);
	if (options.publish !== false) await host.activate(workflow);
	return workflow;
}

const known = new WeakMap<N8nClient, Promise<Map<string, string[]>>>();

/** Node type -> the connection types that it takes; asked once for each n8n. */
function connectionTypesOf(host: N8nClient): Promise<Map<string, string[]>> {
	const asked =
		known.get(host) ??
		host
			.nodeTypes()
			.then(
				(types) =>
					new Map(types.map((type) => [type.name, credentialNames.parse(type).credentials.map(({ name }) => name)])),
			);
	known.set(host, asked);
	return asked;
}

function withValues(node: WorkflowNode, values: Record<string, unknown>): Record<string, unknown> {
	if (Object.keys(values).length === 0) return node.parameters;
	const { assignments: group } = assignments.parse(node.parameters);
	const missing = Object.keys(values).filter((name) => group.assignments.every((one) => one.name !== name));
	if (missing.length > 0) throw new Error(`"${node.name}" has no setting ${missing.join(', ')}`);
	const changed = group.assignments.map((one) => (one.name in values ? { ...one, value: values[one.name] } : one));
	return { ...node.parameters, assignments: { assignments: changed } };
}
