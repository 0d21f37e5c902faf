import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { matches, type RecordedRequest, type RequestFilter } from './requests';

/**
 * One way in which a vendor misbehaves.
 * Without `status`, `drop`, `stallMs` or `dripMs` the request is only delayed by `delayMs`.
 */
export interface Fault extends RequestFilter {
	/** How many matching requests are let through unharmed first. */
	after?: number;
	/** How many requests it hits; 1 when left out. */
	times?: number;
	delayMs?: number;
	/** Answer with this instead of handling the request. */
	status?: number;
	headers?: Record<string, string>;
	/** A function is given the request, for an answer that repeats a part of it. */
	body?: string | object | ((request: RecordedRequest) => string | object);
	/** `before`: the connection ends before the vendor has done anything; `after`: the vendor has done it, the answer is lost. */
	drop?: 'before' | 'after';
	/** The vendor does it, but the answer comes only after so many milliseconds. */
	stallMs?: number;
	/** The vendor does it, then answers with this instead. */
	answerAfter?: { status: number; headers?: Record<string, string>; body?: string | object };
	/** The vendor does it, but says that its answer is of this content type. */
	relabel?: string;
	/** The vendor does it, but its answer comes byte by byte, each so many milliseconds after the one before. */
	dripMs?: number;
}

/** The faults that are waiting for requests. */
export class Faults {
	private waiting: Array<Fault & { skip: number; left: number }> = [];
	private readonly late = new WeakMap<FastifyRequest, Fault>();

	add(fault: Fault): void {
		this.waiting.push({ ...fault, skip: fault.after ?? 0, left: fault.times ?? 1 });
	}

	clear(): void {
		this.waiting = [];
	}

	async beforeHandling(request: FastifyRequest, reply: FastifyReply, entry: RecordedRequest): Promise<unknown> {
		const fault = this.take(entry);
		if (!fault) return undefined;
		if (fault.delayMs) await hold(fault.delayMs);
		if (fault.drop === 'before') {
			entry.handled = false;
			entry.lost = true;
			request.raw.socket.destroy();
			return reply.hijack();
		}
		if (fault.status !== undefined) {
			entry.handled = false;
			const { text, type } = asText(isFunction(fault.body) ? fault.body(entry) : fault.body);
			return await reply
				.code(fault.status)
				.headers({ 'content-type': type, ...fault.headers })
				.send(text);
		}
		const { stallMs, answerAfter, dripMs, relabel } = fault;
		if (fault.drop === 'after' || stallMs || answerAfter || dripMs || relabel) this.late.set(request, fault);
		return undefined;
	}

	/** Called when the vendor has done its work and is about to answer; returns what to answer instead, or `undefined`. */
	async beforeSending(
		request: FastifyRequest,
		reply: FastifyReply,
		entry: RecordedRequest,
		payload: unknown,
	): Promise<string | Readable | undefined> {
		const fault = this.late.get(request);
		if (!fault) return undefined;
		this.late.delete(request);
		if (fault.stallMs) await hold(fault.stallMs);
		if (fault.drop === 'after') {
			entry.lost = true;
			request.raw.socket.destroy();
			return undefined;
		}
		if (fault.relabel) void reply.type(fault.relabel);
		if (fault.dripMs) {
			void reply.removeHeader('content-length');
			return Readable.from(drops(payload, fault.dripMs));
		}
		if (!fault.answerAfter) return undefined;
		const { status, headers, body } = fault.answerAfter;
		const { text, type } = asText(body);
		void reply.removeHeader('content-length');
		void reply.code(status).headers({ 'content-type': type, ...headers });
		entry.status = status;
		return text;
	}

	private take(entry: RecordedRequest): Fault | undefined {
		for (const fault of this.waiting) {
			if (fault.left <= 0 || !matches(fault, entry)) continue;
			if (fault.skip > 0) {
				fault.skip--;
				continue;
			}
			fault.left--;
			return fault;
		}
		return undefined;
	}
}

function asText(body: string | object = ''): { text: string; type: string } {
	return typeof body === 'string'
		? { text: body, type: 'text/html' }
		: { text: JSON.stringify(body), type: 'application/json' };
}

/** The bytes of an answer one at a time. */
async function* drops(payload: unknown, everyMs: number): AsyncGenerator<Buffer> {
	const parts = payload instanceof Readable ? payload : [Buffer.from(String(payload ?? ''))];
	for await (const part of parts) {
		for (const byte of Buffer.from(part)) {
			yield Buffer.of(byte);
			await hold(everyMs);
		}
	}
}

const isFunction = (body: Fault['body']): body is (request: RecordedRequest) => string | object =>
	typeof body === 'function';

/** A wait that doesn't keep a process alive whose simulator has been stopped meanwhile. */
export const hold = async (ms: number): Promise<void> => await wait(ms, undefined, { ref: false });
