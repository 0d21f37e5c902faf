import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const credentialRef = z.object({ id: z.string(), name: z.string() });
const onErrorSchema = z.enum(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput']);
const nodeSchema = z
	.object({
		id: z.string(),
		name: z.string(),
		type: z.string(),
		typeVersion: z.number(),
		position: z.tuple([z.number(), z.number()]),
		parameters: z.record(z.unknown()),
		credentials: z.record(credentialRef).optional(),
		onError: onErrorSchema.optional(),
		disabled: z.boolean().optional(),
	})
	.passthrough();
/** From node name, by connection type, output by output. */
const connectionsSchema = z.record(
	z.record(z.array(z.array(z.object({ node: z.string(), type: z.string(), index: z.number() })).nullable())),
);
/** A workflow as n8n exports it; what else an export holds is left out. Use it to read the files in `workflows/`. */
export const workflowSchema = z.object({
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: connectionsSchema,
	settings: z.record(z.unknown()).optional(),
});

export type CredentialRef = z.infer<typeof credentialRef>;
export type OnError = z.infer<typeof onErrorSchema>;
export type WorkflowNode = z.infer<typeof nodeSchema>;
export type WorkflowJson = z.infer<typeof workflowSchema>;

/** A node as a test describes it; name and place are given by the builder. */
export interface NodeSpec {
	/** With its package: `n8n-nodes-whatsapp-crm.wati`. */
	type: string;
	typeVersion?: number;
	parameters?: Record<string, unknown>;
	credentials?: Record<string, CredentialRef>;
	onError?: OnError;
	/** Other settings of the node: `executeOnce`, `retryOnFail`, `alwaysOutputData`, ... */
	settings?: Record<string, unknown>;
}

export interface NodeTestSpec {
	node: NodeSpec;
	/** Nodes between the incoming items and the node under test, for instance one that makes a file out of a field. */
	before?: NodeSpec[];
	/** Of the workflow, such as "Europe/Berlin"; n8n's own, UTC, when left out. */
	timezone?: string;
}

/** The names on the canvas that tests read from. */
export const names = {
	webhook: 'Webhook',
	items: 'Items',
	underTest: 'Node under test',
	done: 'Done',
	failed: 'Failed',
} as const;

/**
 * Webhook -> one item for each entry of `body.items` -> the node under test -> Done, and Failed behind its error output.
 * No Code node anywhere: that would start n8n's task runner.
 */
export function nodeTestWorkflow({ node, before = [], timezone }: NodeTestSpec): WorkflowJson {
	const webhookId = randomUUID();
	const chain = [
		placed(names.webhook, 0, {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: {
				httpMethod: 'POST',
				path: webhookId,
				responseMode: 'lastNode',
				responseData: 'noData',
				options: {},
			},
			settings: { webhookId },
		}),
		placed(names.items, 1, {
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.items', include: 'noOtherFields', options: {} },
		}),
		...before.map((spec, index) => placed(`Before ${index + 1}`, 2 + index, spec)),
		placed(names.underTest, 2 + before.length, node),
	];
	const done = placed(names.done, chain.length, { type: 'n8n-nodes-base.noOp' });
	const failed = placed(names.failed, chain.length + 1, { type: 'n8n-nodes-base.noOp' });
	const hasErrorOutput = node.onError === 'continueErrorOutput';
	const connections: WorkflowJson['connections'] = {};
	chain.forEach(({ name }, index) => {
		const next = chain[index + 1];
		const targets = next !== undefined ? [next.name] : hasErrorOutput ? [done.name, failed.name] : [done.name];
		connections[name] = { main: targets.map((target) => [{ node: target, type: 'main', index: 0 }]) };
	});
	const ends = hasErrorOutput ? [done, failed] : [done];
	return {
		name: `test ${node.type} ${webhookId}`,
		nodes: [...chain, ...ends],
		connections,
		settings: { executionOrder: 'v1', ...(timezone === undefined ? {} : { timezone }) },
	};
}

/** A node in a row of nodes, as far from its neighbours as n8n's own "tidy up" puts them. */
export function placed(name: string, column: number, spec: NodeSpec): WorkflowNode {
	return { id: randomUUID(), name, position: [column * 224, 0], ...workOf(spec) };
}

/** What a node does, apart from its name and place. */
export function workOf(spec: NodeSpec) {
	const { type, typeVersion = 1, parameters = {}, credentials, onError, settings = {} } = spec;
	return {
		type,
		typeVersion,
		parameters,
		...(credentials === undefined ? {} : { credentials }),
		...(onError === undefined ? {} : { onError }),
		...settings,
	};
}
