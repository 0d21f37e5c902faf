import axios from 'axios';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IGetNodeParameterOptions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { Readable } from 'node:stream';

export interface FakeRun {
	/** Parameters of the node; a function is asked for each item, as an expression would be. */
	parameters: Record<string, unknown>;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Headers that the credential adds. */
	authorize?: (credentialType: string) => Record<string, string>;
	/** Input items; one empty item when left out. */
	items?: INodeExecutionData[];
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Aborts the run when it is aborted. */
	signal?: AbortSignal;
	/** Stands for n8n's HTTP helper, such as {@link n8nHttp}; without it a plain one is used. */
	http?: (credentialType: string, options: IHttpRequestOptions) => Promise<unknown>;
	/** Collects what the node tells the builder besides its items. */
	hints?: unknown[];
}

/**
 * A node's run without n8n: parameters and items by hand, HTTP by axios as n8n's helper does it.
 * For fast tests against a simulator; what a builder sees is tested in a real n8n.
 */
export async function runNodeFake(node: INodeType, run: FakeRun): Promise<INodeExecutionData[][]> {
	if (!node.execute) throw new Error('The node has no execute()');
	const output = await node.execute.call(fakeExecute(run));
	return (output ?? []) as INodeExecutionData[][];
}

export const FAKE_NODE: INode = {
	id: 'node-1',
	name: 'Node under test',
	type: 'n8n-nodes-whatsapp-crm.test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export function fakeExecute(run: FakeRun): IExecuteFunctions {
	const items: INodeExecutionData[] = run.items ?? [{ json: {} }];
	const stored = new Map<string, Buffer>();
	const context = {
		getInputData: () => items,
		getNode: () => FAKE_NODE,
		getExecutionId: () => 'execution-1',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getTimezone: () => 'Europe/Berlin',
		getWorkflow: () => ({ id: 'workflow-1', name: 'Test', active: true }),
		getNodeParameter(path: string, index = 0, fallback?: unknown, options?: IGetNodeParameterOptions) {
			if (options?.rawExpressions) return run.parameters[path] ?? fallback;
			const value = path.split('.').reduce<unknown>((part, key) => {
				const inner = typeof part === 'function' ? (part as (item: number) => unknown)(index) : part;
				return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined;
			}, run.parameters);
			const resolved = typeof value === 'function' ? (value as (item: number) => unknown)(index) : value;
			if (resolved !== undefined) return resolved;
			if (fallback === undefined) throw new Error(`Could not get parameter "${path}"`);
			return fallback;
		},
		evaluateExpression() {
			throw new Error('Expressions are evaluated by n8n only');
		},
		getCredentials: async (type: string) => {
			const found = run.credentials[type];
			if (!found) throw new Error(`Node does not have any credentials set for "${type}"`);
			return found;
		},
		continueOnFail: () => run.onError !== undefined && run.onError !== 'stopWorkflow',
		getExecutionCancelSignal: () => run.signal,
		addExecutionHints: (...hints: unknown[]) => void run.hints?.push(...hints),
		isToolExecution: () => false,
		logger: { debug() {}, info() {}, warn() {}, error() {} },
		helpers: {
			httpRequestWithAuthentication: async (type: string, options: IHttpRequestOptions) =>
				await (run.http?.(type, options) ?? request(run, type, options)),
			assertBinaryData: (index: number, name: string) => {
				const data = items[index]?.binary?.[name];
				if (!data) throw new Error(`The item has no binary field '${name}'`);
				return data;
			},
			getBinaryDataBuffer: async (index: number, name: string) =>
				Buffer.from(items[index]?.binary?.[name]?.data ?? '', 'base64'),
			getBinaryStream: async (id: string) => Readable.from([stored.get(id) ?? Buffer.alloc(0)]),
			getBinaryMetadata: async (id: string) => ({ fileSize: stored.get(id)?.length ?? 0 }),
			prepareBinaryData: async (data: Buffer | Readable, fileName?: string, mimeType?: string) => {
				const chunks: Buffer[] = [];
				if (Buffer.isBuffer(data)) chunks.push(data);
				else for await (const chunk of data) chunks.push(Buffer.from(chunk as Uint8Array));
				const whole = Buffer.concat(chunks);
				return {
					data: whole.toString('base64'),
					fileName,
					mimeType: mimeType ?? 'application/octet-stream',
					fileSize: String(whole.length),
				};
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

async function request(run: FakeRun, type: string, options: IHttpRequestOptions): Promise<unknown> {
	const response = await axios.request<unknown>({
		method: options.method,
		url: options.url,
		headers: { ...(options.headers as Record<string, string>), ...run.authorize?.(type) },
		data: options.body,
		responseType: 'stream',
		timeout: options.timeout,
		maxRedirects: 0,
		maxBodyLength: Infinity,
		maxContentLength: Infinity,
		validateStatus: () => true,
	});
	return { statusCode: response.status, headers: { ...response.headers }, body: response.data };
}
