/** One request as the vendor saw it. */
export interface RecordedRequest {
	/** Milliseconds since the epoch. */
	at: number;
	method: string;
	/** Path as sent, still percent-encoded, without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	/** The parsed body; of a multipart body what the vendor's folder recorded of it, else `(multipart)`. */
	body: unknown;
	/** 0 until the answer is made. */
	status: number;
	/** False when a fault or the rate limit answered instead of the vendor. */
	handled: boolean;
	/** True when a fault broke the connection, so that the caller saw no answer. */
	lost: boolean;
}

/** Which requests; a part that is left out fits every request. */
export interface RequestFilter {
	method?: string;
	/** The path as sent, still percent-encoded. */
	path?: string | RegExp;
	/** Anything else, such as a look into the body. */
	when?: (request: RecordedRequest) => boolean;
}

export function matches(filter: RequestFilter, entry: RecordedRequest): boolean {
	if (filter.method && filter.method !== entry.method) return false;
	if (typeof filter.path === 'string' && filter.path !== entry.path) return false;
	if (filter.path instanceof RegExp && !filter.path.test(entry.path)) return false;
	return filter.when?.(entry) ?? true;
}
