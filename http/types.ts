/** HTTP methods the vendors' APIs use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body that is produced anew for each attempt, because a stream can be read only once. */
export interface StreamBody {
	contentType: string;
	/** Bytes, where known beforehand. */
	contentLength?: number;
	open(): Promise<NodeJS.ReadableStream | Uint8Array>;
}

/** What goes over the wire: the URL is absolute and complete, JSON is already text. */
export interface TransportRequest {
	method: Method;
	url: string;
	headers: Record<string, string>;
	body?: string | StreamBody;
	/** Milliseconds the vendor may be silent. */
	timeoutMs: number;
}

export interface TransportResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: AnswerStream;
}

/** The bytes of an answer as they arrive; `destroy` gives up the rest. */
export type AnswerStream = AsyncIterable<Uint8Array | string> & { destroy?: () => void };

/**
 * The only way out of the package. Two implementations: n8n's own helper inside n8n, axios outside it.
 * Resolves for every HTTP status, never follows a redirect, and rejects with a
 * `ConnectionFailure`; with another error only for what is no matter of the network, such as a file that can't be opened.
 */
export interface Transport {
	send(request: TransportRequest): Promise<TransportResponse>;
	/** Resolves after so many milliseconds, or earlier when the run is cancelled. */
	sleep(ms: number): Promise<void>;
	now(): number;
	isCancelled(): boolean;
	/** What the connection holds now and must never be shown; a transport without stored connections has none to tell. */
	secrets?(): Promise<readonly string[]>;
}

/** How a request ended without an answer. */
export type ConnectionTrouble = 'notConnected' | 'lost' | 'timeout' | 'cancelled' | 'credential';

/** No answer came: `trouble` says whether the vendor can have seen the request. */
export class ConnectionFailure extends Error {
	constructor(
		readonly trouble: ConnectionTrouble,
		message: string,
	) {
		super(message);
		this.name = 'ConnectionFailure';
	}
}

export function isStreamBody(body: string | StreamBody | undefined): body is StreamBody {
	return typeof body === 'object';
}
