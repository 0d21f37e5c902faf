import type { FastifyRequest } from 'fastify';

/** What a client sent, as plain values; nothing here throws, so that a vendor can answer in its own words. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text parameters of a query string; of a repeated one the last. */
export function queryOf(request: FastifyRequest): Record<string, string> {
	return texts(request.query);
}

/** The text parameters of a form body; empty for any other body. */
export function formOf(request: FastifyRequest): Record<string, string> {
	return isForm(request) ? texts(request.body) : {};
}

/** The object of a JSON body, or `undefined`. */
export function jsonOf(request: FastifyRequest): Record<string, unknown> | undefined {
	return !isForm(request) && isObject(request.body) ? request.body : undefined;
}

export function isForm(request: FastifyRequest): boolean {
	return (request.headers['content-type'] ?? '').includes('form');
}

export function paramOf(request: FastifyRequest, name: string): string {
	return texts(request.params)[name] ?? '';
}

export function headerOf(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return typeof value === 'string' ? value : undefined;
}

function texts(source: unknown): Record<string, string> {
	if (!isObject(source)) return {};
	const pairs = Object.entries(source).map(
		([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value] as const,
	);
	return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string'));
}
