import axios, { type AxiosResponse } from 'axios';

import { SalesforceSimulator } from './simulator';

/** Plain HTTP with a good token; every status is an answer. Paths start after `/services/data/v66.0`. */
export class TestClient {
	version = 'v66.0';
	headers: Record<string, string> = {};

	constructor(
		readonly simulator: SalesforceSimulator,
		public token = simulator.openSession().token,
	) {}

	async get<T>(path: string): Promise<AxiosResponse<T>> {
		return await this.send<T>('GET', path);
	}

	async post<T>(path: string, body: unknown): Promise<AxiosResponse<T>> {
		return await this.send<T>('POST', path, body);
	}

	async patch<T>(path: string, body: unknown): Promise<AxiosResponse<T>> {
		return await this.send<T>('PATCH', path, body);
	}

	async delete<T>(path: string): Promise<AxiosResponse<T>> {
		return await this.send<T>('DELETE', path);
	}

	async query<T = QueryAnswer>(soql: string): Promise<AxiosResponse<T>> {
		return await this.get<T>(`/query?q=${encodeURIComponent(soql)}`);
	}

	private async send<T>(method: string, path: string, data?: unknown): Promise<AxiosResponse<T>> {
		return await axios.request<T>({
			method,
			url: `${this.simulator.instanceUrl}/services/data/${this.version}${path}`,
			data,
			headers: { authorization: `Bearer ${this.token}`, ...this.headers },
			validateStatus: () => true,
			maxRedirects: 0,
		});
	}
}

/** One simulator for a test file, and a client that is signed in to it; both are as new before each test. */
export function withSalesforce(): { simulator: SalesforceSimulator; api: TestClient } {
	const simulator = new SalesforceSimulator();
	const api = new TestClient(simulator, '');
	beforeAll(async () => await simulator.start());
	beforeEach(() => {
		simulator.reset();
		Object.assign(api, new TestClient(simulator));
	});
	afterAll(async () => await simulator.stop());
	return { simulator, api };
}

export interface QueryAnswer {
	totalSize: number;
	done: boolean;
	nextRecordsUrl?: string;
	records: Array<Record<string, unknown>>;
}

export interface SaveAnswer {
	id: string;
	success: boolean;
	errors: unknown[];
	created?: boolean;
}
