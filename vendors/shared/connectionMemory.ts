import { createHash } from 'node:crypto';

/**
 * What a run has learnt of a connection and later runs need not ask again. It lives in memory only and is bounded:
 * the oldest is forgotten first. Connections are told apart by a hash, so that no secret is kept.
 */
export class ConnectionMemory<Value> {
	private readonly values = new Map<string, Value>();

	constructor(private readonly most = 100) {}

	get(connection: readonly string[]): Value | undefined {
		return this.values.get(keyOf(connection));
	}

	set(connection: readonly string[], value: Value): void {
		const key = keyOf(connection);
		this.values.delete(key);
		this.values.set(key, value);
		const [oldest] = this.values.keys();
		if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
	}
}

/** JSON keeps the parts apart: `["ab", "c"]` is not `["a", "bc"]`. */
function keyOf(connection: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(connection)).digest('hex');
}
