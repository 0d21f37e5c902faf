import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

import axios, { AxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';

import { time } from './virtualTime';

/** A request as it left. */
export interface Sent {
	method: string;
	url: string;
}

/** Which requests meet a vendor whose door is shut, and how many of them. */
export interface ShutDoor {
	isMeant(sent: Sent): boolean;
	times: number;
}

/** The network between the package and the simulators: real sockets, virtual time limits, and doors that can be shut. */
export class Network {
	readonly sent: Sent[] = [];
	door?: ShutDoor;
	private closedPort = 0;

	/** Finds a port on which nobody listens. */
	async open(): Promise<void> {
		const server = createServer();
		this.closedPort = await listening(server);
		await new Promise<void>((done) => void server.close(() => done()));
	}

	reset(): void {
		this.sent.length = 0;
		this.door = undefined;
	}

	/** Sends one request as axios does, its time limit by the virtual clock. */
	readonly send = async (config: AxiosRequestConfig): Promise<AxiosResponse<unknown>> => {
		const sent = { method: config.method ?? 'GET', url: config.url ?? '' };
		this.sent.push(sent);
		const abort = new AbortController();
		const limit = config.timeout ?? 0;
		const over = { yet: false };
		time.requestBegins();
		const work = axios.request<unknown>({
			...config,
			proxy: false,
			url: this.addressOf(sent),
			timeout: 0,
			signal: abort.signal,
		});
		const tooLate = time.sleep(limit > 0 ? limit : Number.MAX_SAFE_INTEGER / 2).then(() => {
			if (!over.yet) throw new AxiosError(`timeout of ${limit}ms exceeded`, 'ECONNABORTED');
			return undefined;
		});
		try {
			const response = await Promise.race([work, tooLate]);
			if (!response) throw new Error('The time limit was lifted too late');
			watch(response.data);
			return response;
		} catch (error) {
			abort.abort();
			work.catch(() => undefined);
			if (axios.isAxiosError(error) && error.response) watch(error.response.data);
			else time.requestEnds();
			throw error;
		} finally {
			over.yet = true;
			tooLate.catch(() => undefined);
		}
	};

	private addressOf(sent: Sent): string {
		if (!this.door || this.door.times <= 0 || !this.door.isMeant(sent)) return sent.url;
		this.door.times--;
		const url = new URL(sent.url);
		url.port = String(this.closedPort);
		return url.href;
	}
}

/** The request is over when its answer is read to the end or given up; each piece of it is a movement. */
function watch(body: unknown): void {
	if (!(body instanceof Readable) || body.closed) return time.requestEnds();
	const push = body.push.bind(body);
	body.push = (...given: Parameters<Readable['push']>) => {
		time.networkMoves();
		return push(...given);
	};
	body.once('close', () => time.requestEnds());
}

/** Somebody else's host, which must never see anything of ours. */
export class Stranger {
	/** Everything that was asked of it, headers and body included. */
	readonly seen: string[] = [];
	private readonly server = createServer((request, response) => {
		this.seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
		request.on('data', (part: Buffer) => this.seen.push(part.toString()));
		response.end('{"ok":true}');
	});
	private port = 0;

	get address(): string {
		return `http://localhost:${this.port}/gift`;
	}

	async start(): Promise<void> {
		this.port = await listening(this.server);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((done) => void this.server.close(() => done()));
	}
}

async function listening(server: Server<typeof IncomingMessage>): Promise<number> {
	await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
	return (server.address() as AddressInfo).port;
}
