import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';

import axios from 'axios';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type {
	IDataObject,
	IHookFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	IWebhookFunctions,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { WatiTrigger } from '../../../nodes/WatiTrigger/WatiTrigger.node';

/** What n8n answered to one request. */
export interface Answer {
	status: number;
	body: string;
}

export interface Post {
	/** Goes out as it is, instead of the body as JSON. */
	raw?: string;
	headers?: Record<string, string>;
}

/**
 * One n8n with one published workflow that begins with the trigger: its webhook listens on loopback, its data is stored between
 * requests as n8n does it, and every run is kept.
 */
export class FakeN8n {
	parameters: Record<string, unknown> = {};
	credential = { apiEndpoint: '', accessToken: '' };
	/** `webhook` as in production; `manual` as while the editor listens. */
	mode: WorkflowExecuteMode = 'webhook';
	/** Status that n8n answers when it could not store the run. */
	failsWith: number | undefined;
	readonly runs: INodeExecutionData[][] = [];
	readonly log: string[] = [];
	/** Requests that the trigger itself made. */
	readonly requests: string[] = [];
	readonly nodeId = randomUUID();
	private readonly webhookId = randomUUID();
	/** The workflow's static data in the database. */
	private stored = '{}';
	private published = false;
	private node = new WatiTrigger();
	private readonly app: FastifyInstance = fastify({ bodyLimit: 16 * 1024 * 1024 });
	private origin = '';
	/** The node's address when it is not this listener. */
	publicOrigin: string | undefined;

	constructor() {
		this.app.removeContentTypeParser(['application/json', 'text/plain']);
		this.app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
		this.app.post('/*', async (request, reply) => {
			const answer = await this.receive(request);
			return await reply.code(answer.status).send(answer.body);
		});
	}

	async start(): Promise<void> {
		this.origin = await this.app.listen({ port: 0, host: '127.0.0.1' });
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	/** Another process with the same database. */
	restart(): void {
		this.node = loadAnew();
	}

	/** The production URL that n8n shows in the node. */
	get url(): string {
		const { registration, webhookSecret } = this.parameters;
		const path = registration === 'manual' && webhookSecret ? `wati/${String(webhookSecret)}` : 'wati';
		return `${this.publicOrigin ?? this.origin}/webhook/${this.webhookId}/${path}`;
	}

	get events(): IDataObject[] {
		return this.runs.flat().map(({ json }) => json);
	}

	get staticData(): IDataObject {
		return JSON.parse(this.stored) as IDataObject;
	}

	set staticData(data: IDataObject) {
		this.stored = JSON.stringify(data);
	}

	/** What n8n does when the workflow is published, and with `init` when it starts: the data is stored only if all went well. */
	async publish(mode: WorkflowExecuteMode = 'trigger', activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const staticData = this.staticData;
		const context = this.hookContext(staticData, mode, activation);
		const { checkExists, create } = this.node.webhookMethods.default;
		if (!(await checkExists.call(context))) await create.call(context);
		this.stored = JSON.stringify(staticData);
		this.published = true;
	}

	async unpublish(): Promise<void> {
		const staticData = this.staticData;
		this.published = false;
		await this.node.webhookMethods.default.delete.call(this.hookContext(staticData, 'internal'));
		this.stored = JSON.stringify(staticData);
	}

	async searchChannels(filter?: string): Promise<unknown> {
		const context = this.hookContext({}, 'internal');
		return await this.node.methods.listSearch.searchChannels.call(context as never, filter);
	}

	async post(url: string, body: unknown, { raw, headers }: Post = {}): Promise<Answer> {
		const { status, data } = await axios.post<string>(url, raw ?? JSON.stringify(body), {
			headers: { 'content-type': 'application/json', ...headers },
			validateStatus: () => true,
			responseType: 'text',
			maxBodyLength: Infinity,
		});
		return { status, body: data };
	}

	private async receive(request: FastifyRequest): Promise<Answer> {
		const path = request.url.split('?')[0] ?? '';
		if (!this.published || path !== new URL(this.url).pathname) return { status: 404, body: 'not registered' };
		const rawBody = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
		let body: unknown;
		try {
			body = rawBody.length > 0 ? JSON.parse(rawBody.toString('utf8')) : {};
		} catch {
			return { status: 422, body: 'Failed to parse request body' };
		}
		const staticData = this.staticData;
		const response = new FakeResponse();
		const result = await this.node.webhook.call(
			this.webhookContext(
				staticData,
				{ rawBody, body, path, query: request.query, headers: request.headers },
				response,
			),
		);
		// n8n stores the run first, and then what has changed in the workflow's data.
		await new Promise((resolve) => setTimeout(resolve, 5));
		if (this.failsWith === undefined || !result.workflowData) this.stored = JSON.stringify(staticData);
		if (result.workflowData && this.failsWith === undefined) this.runs.push(...result.workflowData);
		if (!result.noWebhookResponse) response.status(result.workflowData ? (this.failsWith ?? 200) : 200);
		response.emit('close');
		return { status: response.statusCode, body: result.noWebhookResponse ? '' : String(result.webhookResponse) };
	}

	private hookContext(
		staticData: IDataObject,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode = 'update',
	): IHookFunctions {
		return {
			...this.context(staticData),
			getMode: () => mode,
			getActivationMode: () => activation,
			getNodeWebhookUrl: () => this.url,
		} as unknown as IHookFunctions;
	}

	private webhookContext(staticData: IDataObject, request: object, response: FakeResponse): IWebhookFunctions {
		return {
			...this.context(staticData),
			getMode: () => this.mode,
			getRequestObject: () => request,
			getResponseObject: () => response,
			getBodyData: () => (request as { body: unknown }).body,
		} as unknown as IWebhookFunctions;
	}

	private context(staticData: IDataObject): object {
		const say = (text: string): number => this.log.push(text);
		return {
			getNode: () => ({ id: this.nodeId, name: 'WATI Trigger', type: 'watiTrigger', typeVersion: 1, position: [0, 0] }),
			getWorkflow: () => ({ id: 'workflow-1', name: 'Test', active: true }),
			getNodeParameter: (name: string, fallback?: unknown) => {
				const value = this.parameters[name] ?? fallback;
				if (value === undefined) throw new Error(`Could not get parameter "${name}"`);
				return value;
			},
			getCredentials: async () => this.credential,
			getWorkflowStaticData: (scope: string) => (staticData[scope] ??= {}),
			logger: { debug: say, info: say, warn: say, error: say },
			helpers: {
				httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
					await this.request(options),
				prepareBinaryData: async (data: Buffer | Readable, fileName?: string, mimeType?: string) => {
					const chunks: Uint8Array[] = [];
					if (Buffer.isBuffer(data)) chunks.push(data);
					else for await (const chunk of data) chunks.push(Buffer.from(chunk as Uint8Array));
					return { data: Buffer.concat(chunks).toString('base64'), fileName, mimeType };
				},
			},
		};
	}

	private async request({ method, url, headers, body }: IHttpRequestOptions): Promise<unknown> {
		this.requests.push(`${method} ${url}`);
		const response = await axios.request<unknown>({
			method,
			url,
			headers: { ...(headers as Record<string, string>), authorization: `Bearer ${this.credential.accessToken}` },
			data: body,
			responseType: 'stream',
			maxRedirects: 0,
			validateStatus: () => true,
		});
		return { statusCode: response.status, headers: { ...response.headers }, body: response.data };
	}
}

class FakeResponse extends EventEmitter {
	statusCode = 200;
	ended = false;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	end(): this {
		this.ended = true;
		return this;
	}
}

/** Stays the same, so that a test knows its errors. */
const workflowPackage: object = jest.requireActual('n8n-workflow');

/** The node without anything that it remembers, as a new process loads it, now and when it is called. */
function loadAnew(): WatiTrigger {
	jest.resetModules();
	jest.doMock('n8n-workflow', () => workflowPackage);
	const file = jest.requireActual<{ WatiTrigger: typeof WatiTrigger }>('../../../nodes/WatiTrigger/WatiTrigger.node');
	return new file.WatiTrigger();
}
