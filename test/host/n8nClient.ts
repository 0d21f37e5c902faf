import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DataTables } from './dataTables';
import {
	executionSchema,
	finalStatuses,
	summarySchema,
	type BinaryValue,
	type Execution,
	type ExecutionStatus,
	type ExecutionSummary,
} from './execution';
import { LiveLists } from './liveLists';
import { readMemory, resetPeakMemory, type Memory } from './memory';
import { RestClient, type Connection } from './restClient';
import { logTail, waitFor } from './wait';
import { workflowSchema, type CredentialRef, type WorkflowJson } from './workflowBuilder';

/** A workflow that n8n has stored. */
export interface StoredWorkflow {
	id: string;
	name: string;
	json: WorkflowJson;
}

/** What a webhook's caller gets. */
export interface WebhookAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

export interface RunOptions {
	timeoutMs?: number;
	headers?: Record<string, string>;
	/** Which statuses end the waiting. Default: the final ones; add `waiting` for a workflow that stands at a Wait node. */
	until?: readonly ExecutionStatus[];
}

const idSchema = z.object({ id: z.coerce.string() }).passthrough();
const activeSchema = z.object({ data: z.array(workflowSchema.extend({ id: z.string() })) });
const testAnswer = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });
const nodeTypeSchema = z.object({ name: z.string(), displayName: z.string() }).passthrough();

const markerHeader = 'x-test-run';
const webhookTimeoutMs = 20_000;
const runTimeoutMs = 60_000;
/** n8n reads a webhook's path from the parameter; other triggers get `<webhookId>/<path>`. */
const webhookType = 'n8n-nodes-base.webhook';

/** Everything that a builder can do with a running n8n, by REST. Needs no hold of the process, so any test process can have one. */
export class N8nClient {
	readonly rest: RestClient;
	/** What the editor asks while a builder fills in a node. */
	readonly lists: LiveLists;
	/** n8n 2.x only. */
	readonly tables: DataTables;

	constructor(readonly connection: Connection) {
		this.rest = new RestClient(connection);
		this.lists = new LiveLists(this.rest);
		this.tables = new DataTables(this.rest);
	}

	get baseUrl(): string {
		return this.connection.baseUrl;
	}

	// Credentials

	/** Stores a credential as the editor does. */
	async createCredential(type: string, name: string, data: Record<string, unknown>): Promise<CredentialRef> {
		const created = await this.rest.rest('POST', '/credentials', { type, name, data });
		return { id: idSchema.parse(created).id, name };
	}

	async deleteCredential(id: string): Promise<void> {
		await this.rest.rest('DELETE', `/credentials/${id}`);
	}

	/** What the editor's dialog shows after "Save" or "Retry": n8n's verdict and its words. */
	async testCredential(id: string): Promise<{ ok: boolean; message: string }> {
		const stored = await this.rest.rest('GET', `/credentials/${id}?includeData=true`);
		const { name, type, data } = z.object({ name: z.string(), type: z.string(), data: z.unknown() }).parse(stored);
		const verdict = testAnswer.parse(
			await this.rest.rest('POST', '/credentials/test', { credentials: { id, name, type, data } }),
		);
		return { ok: verdict.status === 'OK', message: verdict.message };
	}

	/** The same for a credential that is not stored yet; it is stored for the test only. */
	async testCredentialData(type: string, data: Record<string, unknown>): Promise<{ ok: boolean; message: string }> {
		const { id } = await this.createCredential(type, `test ${randomUUID()}`, data);
		try {
			return await this.testCredential(id);
		} finally {
			await this.deleteCredential(id);
		}
	}

	// Workflows

	async createWorkflow(json: WorkflowJson): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings } = json;
		const created = await this.rest.api('POST', '/workflows', { name, nodes, connections, settings: settings ?? {} });
		return { id: idSchema.parse(created).id, name, json };
	}

	/** Publishes the workflow and waits till its webhooks really answer: n8n says "active" a quarter of a second before that. */
	async activate(workflow: StoredWorkflow): Promise<void> {
		await this.rest.api('POST', `/workflows/${workflow.id}/activate`);
		await this.waitForWebhooks(workflow.json);
	}

	async activeWorkflows(): Promise<StoredWorkflow[]> {
		const found = activeSchema.parse(await this.rest.api('GET', '/workflows?active=true&limit=250'));
		return found.data.map(({ id, ...json }) => ({ id, name: json.name, json }));
	}

	/** Unpublishes the workflow and waits till its webhooks answer no more. */
	async deactivate(workflow: StoredWorkflow): Promise<void> {
		await this.rest.api('POST', `/workflows/${workflow.id}/deactivate`);
		for (const { method, path } of webhooksOf(workflow.json)) {
			const isGone = async (): Promise<true | undefined> =>
				(await this.isRegistered(path, method)) ? undefined : true;
			await this.wait(isGone, `/webhook/${path} to be gone`, webhookTimeoutMs);
		}
	}

	async deleteWorkflow(workflow: Pick<StoredWorkflow, 'id'>): Promise<void> {
		await this.rest.api('DELETE', `/workflows/${workflow.id}`);
	}

	/** Waits till every Webhook node of an active workflow answers. */
	async waitForWebhooks(json: WorkflowJson): Promise<void> {
		for (const { method, path } of webhooksOf(json)) await this.waitForWebhook(path, method);
	}

	webhookUrl(path: string): string {
		return `${this.baseUrl}/webhook/${path}`;
	}

	async waitForWebhook(path: string, method = 'POST', timeoutMs = webhookTimeoutMs): Promise<void> {
		const isThere = async (): Promise<true | undefined> => ((await this.isRegistered(path, method)) ? true : undefined);
		await this.wait(isThere, `the webhook ${method} /webhook/${path}`, timeoutMs);
	}

	/** A CORS preflight, which starts nothing: n8n then names the methods that it knows for that path. */
	private async isRegistered(path: string, method: string): Promise<boolean> {
		const headers = { origin: this.baseUrl, 'access-control-request-method': method };
		const answer = await this.rest.outside({ method: 'OPTIONS', path: `/webhook/${path}`, headers });
		const allowed: unknown = answer.headers['access-control-allow-methods'];
		return typeof allowed === 'string' && allowed.split(/,\s*/).includes(method);
	}

	private wait<T>(probe: () => Promise<T | undefined>, what: string, timeoutMs: number): Promise<T> {
		return waitFor(probe, { what, timeoutMs, pauseMs: 50, details: () => logTail(this.connection.logFile) });
	}

	/** Calls a production webhook like a stranger would. Any status is an answer. */
	async callWebhook(
		path: string,
		body?: unknown,
		options: RunOptions & { method?: string } = {},
	): Promise<WebhookAnswer> {
		const { method = 'POST', headers, timeoutMs = runTimeoutMs } = options;
		const answer = await this.rest.outside({ method, path: `/webhook/${path}`, body, headers, timeoutMs });
		return { status: answer.status, headers: { ...answer.headers }, body: answer.data };
	}

	/**
	 * Runs an active workflow through its Webhook node and gives the very execution that this call started, with data.
	 * Several may run at the same time. Throws when the workflow has no Webhook node or is not done in time.
	 */
	async run(
		workflow: StoredWorkflow,
		body: unknown = {},
		options: RunOptions = {},
	): Promise<Execution & { answer: WebhookAnswer }> {
		const [webhook] = webhooksOf(workflow.json);
		if (webhook === undefined) throw new Error(`"${workflow.name}" has no Webhook node to start it by.`);
		const marker = randomUUID();
		const headers = { ...options.headers, [markerHeader]: marker };
		const answer = await this.callWebhook(webhook.path, body, { ...options, method: webhook.method, headers });
		const execution = await this.waitForExecutionOf(workflow.id, options, (candidate) =>
			(candidate.nodes[webhook.node] ?? []).some((run) =>
				run.items.flat().some((item) => hasMarker(item.json, marker)),
			),
		);
		return { ...execution, answer };
	}

	// Executions

	async execution(id: string): Promise<Execution> {
		return executionSchema.parse(await this.rest.api('GET', `/executions/${id}?includeData=true`));
	}

	/** Newest first, without data. */
	async executions(
		filter: { workflowId?: string; status?: ExecutionStatus; limit?: number } = {},
	): Promise<ExecutionSummary[]> {
		const query = new URLSearchParams();
		for (const [name, value] of Object.entries({ limit: 100, ...filter }))
			if (value !== undefined) query.set(name, String(value));
		const answer = await this.rest.api('GET', `/executions?${query.toString()}`);
		return z.object({ data: z.array(summarySchema) }).parse(answer).data;
	}

	/** Waits till the execution has ended (or has one of the statuses asked for) and gives it with data. */
	async waitForExecution(
		id: string,
		{ timeoutMs = runTimeoutMs, until = finalStatuses }: RunOptions = {},
	): Promise<Execution> {
		const probe = async (): Promise<Execution | undefined> => {
			const execution = await this.execution(id);
			return until.includes(execution.status) ? execution : undefined;
		};
		return this.wait(probe, `execution ${id} to be ${until.join(' or ')}`, timeoutMs);
	}

	/** Waits for an execution of this workflow that has ended and that `accepts` recognises. */
	async waitForExecutionOf(
		workflowId: string,
		{ timeoutMs = runTimeoutMs, until = finalStatuses }: RunOptions = {},
		accepts: (execution: Execution) => boolean = () => true,
	): Promise<Execution> {
		const seen = new Set<string>();
		const probe = async (): Promise<Execution | undefined> => {
			for (const { id, status } of await this.executions({ workflowId, limit: 50 })) {
				if (seen.has(id) || !until.includes(status)) continue;
				seen.add(id);
				const execution = await this.execution(id);
				if (accepts(execution)) return execution;
			}
			return undefined;
		};
		return this.wait(probe, `an execution of workflow ${workflowId} to be ${until.join(' or ')}`, timeoutMs);
	}

	/** The bytes behind an item's binary value, wherever n8n keeps them. */
	async readBinary(value: BinaryValue): Promise<Buffer> {
		if (value.id === undefined) return Buffer.from(value.data, 'base64');
		return this.rest.getBytes(`/rest/binary-data?id=${encodeURIComponent(value.id)}&action=download`);
	}

	/** Descriptions of all node types, or of those whose full name starts with `prefix`. */
	async nodeTypes(prefix = ''): Promise<Array<z.infer<typeof nodeTypeSchema>>> {
		const all = z.array(nodeTypeSchema).parse(await this.rest.get('/types/nodes.json'));
		return all.filter(({ name }) => name.startsWith(prefix));
	}

	async credentialTypes(): Promise<Array<z.infer<typeof nodeTypeSchema>>> {
		return z.array(nodeTypeSchema).parse(await this.rest.get('/types/credentials.json'));
	}

	// The process behind it

	/** All that n8n has printed since its user folder was made. */
	async readLog(): Promise<string> {
		return readFile(this.connection.logFile, 'utf8');
	}

	/** Of n8n's main process; Linux only. */
	async memory(): Promise<Memory> {
		return readMemory(this.connection.pid);
	}

	async resetPeakMemory(): Promise<void> {
		await resetPeakMemory(this.connection.pid);
	}
}

function webhooksOf(json: WorkflowJson): Array<{ node: string; path: string; method: string }> {
	const parameters = z.object({ path: z.string(), httpMethod: z.string().default('GET') });
	return json.nodes
		.filter((node) => node.type === webhookType && node.disabled !== true)
		.map((node) => {
			const { path, httpMethod } = parameters.parse(node.parameters);
			return { node: node.name, path, method: httpMethod };
		});
}

function hasMarker(json: Record<string, unknown>, marker: string): boolean {
	return z.object({ headers: z.object({ [markerHeader]: z.literal(marker) }) }).safeParse(json).success;
}
