import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { Faults, hold, type Fault } from './faults';
import { RateLimit, type RateLimitRule } from './rateLimit';
import { matches, type RecordedRequest } from './requests';

export type { RecordedRequest } from './requests';

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
	/** Every request in order of arrival, also those that were refused before their body was read. */
	readonly log: RecordedRequest[] = [];
	readonly faults = new Faults();
	/** Milliseconds each answer is held back. */
	latencyMs = 0;
	private limits: RateLimit[] = [];
	private inProgress = 0;
	private peak = 0;
	private address?: string;
	private readonly entries = new WeakMap<FastifyRequest, RecordedRequest>();

	constructor(readonly name: string) {
		this.app = fastify({
			bodyLimit: 300 * 1024 * 1024,
			forceCloseConnections: true,
			routerOptions: { maxParamLength: 2000 },
		});
		this.app.register(formbody);
		this.app.register(multipart, { limits: { fileSize: 300 * 1024 * 1024 } });
		this.app.addHook('onRequest', async (request, reply) => this.record(request, reply));
		this.app.addHook('preHandler', async (request, reply) => this.beforeHandling(request, reply));
		this.app.addHook('onSend', async (request, reply, payload) => this.beforeSending(request, reply, payload));
	}

	/** Origin such as `http://127.0.0.1:41234`; the simulator must have been started. */
	get origin(): string {
		if (!this.address) throw new Error(`The ${this.name} simulator has not been started`);
		return this.address;
	}

	/** Starts on the given port, or a free one, on loopback only. A stopped simulator can't be started again. */
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

	/**
	 * Limits calls as a vendor would: `{ calls: 10, perMs: 10_000 }`, for some paths only with `path`; several rules
	 * hold together; `undefined` lifts all limits.
	 */
	rateLimit(rules: RateLimitRule | RateLimitRule[] | undefined): void {
		this.limits = (rules === undefined ? [] : [rules].flat()).map((rule) => new RateLimit(rule));
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
		return this.log.filter((entry) => matches({ method, path }, entry));
	}

	/** Forgets log, faults, limits and latency; the vendor's own records are the vendor folder's to clear. */
	resetTraffic(): void {
		this.log.length = 0;
		this.faults.clear();
		this.limits = [];
		this.latencyMs = 0;
		this.peak = 0;
	}

	/** Puts what the vendor's folder read from a streamed body into the log. */
	protected recordBody(request: FastifyRequest, body: unknown): void {
		const entry = this.entries.get(request);
		if (entry) entry.body = body;
	}

	private record(request: FastifyRequest, reply: FastifyReply): void {
		const entry: RecordedRequest = {
			at: Date.now(),
			method: request.method,
			path: request.url.split('?')[0] ?? '',
			query: request.query as Record<string, unknown>,
			headers: request.headers,
			body: undefined,
			status: 0,
			handled: true,
			lost: false,
		};
		this.log.push(entry);
		this.entries.set(request, entry);
		this.inProgress++;
		this.peak = Math.max(this.peak, this.inProgress);
		reply.raw.once('close', () => this.inProgress--);
	}

	private async beforeHandling(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const entry = this.entries.get(request);
		if (!entry) return undefined;
		entry.body = request.isMultipart() ? '(multipart)' : request.body;
		if (this.latencyMs > 0) await hold(this.latencyMs);
		for (const limit of this.limits) {
			const refusal = limit.appliesTo(entry) ? limit.check(entry.at) : undefined;
			if (!refusal) continue;
			entry.handled = false;
			return await reply.code(429).headers(refusal.headers).send(refusal.body);
		}
		return await this.faults.beforeHandling(request, reply, entry);
	}

	private async beforeSending(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
		const entry = this.entries.get(request);
		if (!entry) return payload;
		entry.status = reply.statusCode;
		return (await this.faults.beforeSending(request, reply, entry, payload)) ?? payload;
	}
}

export const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));
