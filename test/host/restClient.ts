import { randomUUID } from 'node:crypto';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { logTail } from './wait';

/** How to reach a running n8n and be its owner. Plain data: another process can be told it. */
export const connectionSchema = z.object({
	baseUrl: z.string(),
	apiKey: z.string(),
	cookie: z.string(),
	browserId: z.string(),
	owner: z.object({ email: z.string(), password: z.string() }),
	pid: z.number(),
	logFile: z.string(),
});
export type Connection = z.infer<typeof connectionSchema>;

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** n8n refused a request. `message` has n8n's own words. */
export class HostRequestError extends Error {
	constructor(
		readonly method: Method,
		readonly path: string,
		readonly status: number,
		readonly body: unknown,
		log = '',
	) {
		super(`n8n answered ${method} ${path} with ${status}: ${spokenMessage(body)}${log && `\n${log}`}`);
		this.name = 'HostRequestError';
	}
}

const said = z.object({ message: z.string() });
const spokenMessage = (body: unknown): string =>
	said.safeParse(body).data?.message ?? JSON.stringify(body)?.slice(0, 500) ?? '';

export const owner = {
	email: 'owner@example.com',
	password: 'Owner-of-a-test-1',
	firstName: 'Test',
	lastName: 'Owner',
};

const requestTimeoutMs = 60_000;

/** The two ways to talk to n8n: `/rest`, as its editor does (cookie), and `/api/v1`, its public API (key). */
export class RestClient {
	private readonly http: AxiosInstance;

	constructor(readonly connection: Connection) {
		this.http = httpFor(connection.baseUrl, connection.browserId);
	}

	/** A request of the editor. Gives what n8n puts under `data`. */
	async rest(method: Method, path: string, body?: unknown): Promise<unknown> {
		const headers = { cookie: this.connection.cookie };
		const request = { method, url: `/rest${path}`, data: bodyFor(method, body), headers };
		const answer = await whenReady(async () => await this.http.request<unknown>(request));
		return unwrap(checked(method, `/rest${path}`, answer, this.connection.logFile));
	}

	/** A request of the public API. Gives the answer's body. */
	async api(method: Method, path: string, body?: unknown): Promise<unknown> {
		const headers = { 'X-N8N-API-KEY': this.connection.apiKey };
		const request = { method, url: `/api/v1${path}`, data: bodyFor(method, body), headers };
		const answer = await whenReady(async () => await this.http.request<unknown>(request));
		return checked(method, `/api/v1${path}`, answer, this.connection.logFile);
	}

	/** Any address below the base URL, with the owner's cookie. */
	async get(path: string): Promise<unknown> {
		const answer = await this.http.get<unknown>(path, { headers: { cookie: this.connection.cookie } });
		return checked('GET', path, answer, this.connection.logFile);
	}

	async getBytes(path: string): Promise<Buffer> {
		const headers = { cookie: this.connection.cookie };
		const answer = await this.http.get<ArrayBuffer>(path, { headers, responseType: 'arraybuffer' });
		return Buffer.from(checked('GET', path, answer, this.connection.logFile));
	}

	/** A request from the outside world, to a webhook for instance: no cookie, no key, and any status is an answer. */
	async outside(options: {
		method: string;
		path: string;
		body?: unknown;
		headers?: Record<string, string>;
		timeoutMs?: number;
	}): Promise<AxiosResponse<unknown>> {
		const { method, path, body, headers, timeoutMs } = options;
		const outsider = axios.create({ baseURL: this.connection.baseUrl, proxy: false, validateStatus: () => true });
		return outsider.request<unknown>({
			method,
			url: path,
			data: body,
			headers,
			timeout: timeoutMs ?? requestTimeoutMs,
		});
	}
}

/** Makes the first user of a fresh n8n (or logs in as it, where it is there already) and an API key with every scope. */
export async function becomeOwner(baseUrl: string, about: { pid: number; logFile: string }): Promise<Connection> {
	const browserId = randomUUID();
	const http = httpFor(baseUrl, browserId);
	const settings = z
		.object({ userManagement: z.object({ showSetupOnFirstLoad: z.boolean().optional() }) })
		.parse(unwrap((await http.get<unknown>('/rest/settings')).data));
	const isFresh = settings.userManagement.showSetupOnFirstLoad === true;
	const [path, body] = isFresh
		? ['/rest/owner/setup', owner]
		: ['/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password }];
	const answer = await http.post<unknown>(path, body);
	checked('POST', path, answer, about.logFile);
	const cookie = (answer.headers['set-cookie'] ?? []).flatMap((line) => line.split(';').slice(0, 1)).join('; ');
	const connection = { baseUrl, browserId, cookie, owner, apiKey: '', ...about };
	const apiKey = await createApiKey(new RestClient(connection));
	return { ...connection, owner: { email: owner.email, password: owner.password }, apiKey };
}

async function createApiKey(client: RestClient): Promise<string> {
	const scopes = await client.rest('GET', '/api-keys/scopes');
	const key = await client.rest('POST', '/api-keys', { label: `test ${randomUUID()}`, expiresAt: null, scopes });
	return z.object({ rawApiKey: z.string() }).parse(key).rawApiKey;
}

/** n8n refuses everything while its database has not answered a ping in time, as on a busy machine: then it is asked again. */
async function whenReady<T>(ask: () => Promise<AxiosResponse<T>>): Promise<AxiosResponse<T>> {
	const deadline = Date.now() + requestTimeoutMs;
	for (;;) {
		const answer = await ask();
		const isNotReady = answer.status === 503 && /database is not ready/i.test(String(answer.data));
		if (!isNotReady || Date.now() > deadline) return answer;
		await sleep(500);
	}
}

function httpFor(baseURL: string, browserId: string): AxiosInstance {
	const headers = { 'browser-id': browserId };
	return axios.create({ baseURL, headers, proxy: false, timeout: requestTimeoutMs, validateStatus: () => true });
}

/** A POST without a body would be sent as a form, which the public API refuses. */
const bodyFor = (method: Method, body: unknown): unknown => body ?? (method === 'POST' ? {} : undefined);

/** n8n answers a mishap of its own with a bare 500 and tells the cause in its log only. */
function checked<T>(method: Method, path: string, answer: AxiosResponse<T>, logFile: string): T {
	if (answer.status >= 200 && answer.status < 300) return answer.data;
	const log = answer.status >= 500 ? logTail(logFile) : '';
	throw new HostRequestError(method, path, answer.status, answer.data, log);
}

const wrapped = z.object({ data: z.unknown() });
const unwrap = (body: unknown): unknown => wrapped.safeParse(body).data?.data;
