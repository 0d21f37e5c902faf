import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { Faults, type Fault } from './faults';
import { RateLimit, type RateLimitRule } from './rateLimit';

/** One request as the vendor saw it. `handled` is false when a fault or the rate limit answered instead of the vendor. */
export interface RecordedRequest {
	at: number;
	method: string;
	/** Path as sent, still percent-encoded, without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	status: number;
	handled: boolean;
}

/** Counts of what happened to the records of a simulator, read by tests, demo and benchmark. */
export interface Counters {
	requests: number;
	handled: number;
	/** Greatest number of requests that were in progress at one time. */
	peakConcurrency: number;
}

/**
 * The HTTP side of a vendor simulator: starts on a free loopback port, keeps a request log and counters,
 * adds latency, rate limits and faults on demand. What the vendor would answer is registered by the vendor's own folder.
 */
export class Simulator {
	readonly app: FastifyInstance;
	readonly log: RecordedRequest[] = [];
	readonly faults = new Faults();
	/** Milliseconds each answer is held back. */
	latencyMs = 0;
	private limit?: RateLimit;
	private inProgress = 0;
	private peak = 0;
	private address?: string;

	constructor(readonly name: string) {
		this.app = fastify({ bodyLimit: 300 * 1024 * 1024, forceCloseConnections: true, routerOptions: { maxParamLength: 2000 } });
		this.app.register(formbody);
		this.app.register(multipart, { limits: { fileSize: 300 * 1024 * 1024 } });
		this.app.addHook('onRequest', async () => {
			this.inProgress++;
			this.peak = Math.max(this.peak, this.inProgress);
		});
		this.app.addHook('preHandler', async (request, reply) => this.beforeHandling(request, reply));
		this.app.addHook('onSend', async (request, reply, payload) => this.beforeSending(request, reply, payload));
		this.app.addHook('onResponse', async () => {
			this.inProgress--;
		});
		this.app.addHook('onRequestAbort', async () => {
			this.inProgress--;
		});
	}

	/** Origin such as `http://127.0.0.1:41234`; the simulator must have been started. */
	get origin(): string {
		if (!this.address) throw new Error(`The ${this.name} simulator has not been started`);
		return this.address;
	}

	/** Starts on the given port, or a free one, on loopback only. */
	async start(port = 0): Promise<this> {
		this.address = await this.app.listen({ port, host: '127.0.0.1' });
		return this;
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	/** Makes the vendor misbehave; see {@link Fault}. */
	fault(fault: Fault): void {
		this.faults.add(fault);
	}

	/** Limits calls as a vendor would: `{ calls: 10, perMs: 10_000 }`; `undefined` lifts the limit. */
	rateLimit(rule: RateLimitRule | undefined): void {
		this.limit = rule && new RateLimit(rule);
	}

	counters(): Counters {
		return {
			requests: this.log.length,
			handled: this.log.filter((entry) => entry.handled).length,
			peakConcurrency: this.peak,
		};
	}

	/** Requests whose method and path match, in order of arrival. */
	requests(method: string, path: string | RegExp): RecordedRequest[] {
		return this.log.filter(
			(entry) => entry.method === method && (typeof path === 'string' ? entry.path === path : path.test(entry.path)),
		);
	}

	/** Forgets log, faults, limit and latency; the vendor's own records are the vendor folder's to clear. */
	resetTraffic(): void {
		this.log.length = 0;
		this.faults.clear();
		this.limit = undefined;
		this.latencyMs = 0;
		this.peak = 0;
	}

	private async beforeHandling(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const entry: RecordedRequest = {
			at: Date.now(),
			method: request.method,
			path: request.url.split('?')[0] ?? '',
			query: request.query as Record<string, unknown>,
			headers: request.headers,
			body: request.isMultipart() ? '(multipart)' : request.body,
			status: 0,
			handled: true,
		};
		this.log.push(entry);
		entries.set(request, entry);
		if (this.latencyMs > 0) await pause(this.latencyMs);
		const refusal = this.limit?.check(entry.at);
		if (refusal) {
			entry.handled = false;
			return await reply.code(429).headers(refusal.headers).send(refusal.body);
		}
		return await this.faults.beforeHandling(request, reply, entry);
	}

	private async beforeSending(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
		const entry = entries.get(request);
		if (entry) {
			entry.status = reply.statusCode;
			const replaced = await this.faults.beforeSending(request, reply, entry);
			if (replaced !== undefined) return replaced;
		}
		return payload;
	}
}

const entries = new WeakMap<FastifyRequest, RecordedRequest>();

export const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));
