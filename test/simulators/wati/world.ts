import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Token } from './access';
import type { Account } from './account';
import type { EventKind } from './events';
import type { WatiBehaviour, WebhookDelivery } from './options';
import type { Message } from './records';

/** What an endpoint works on. */
export interface World {
	readonly account: Account;
	readonly behaviour: WatiBehaviour;
	readonly delivery: WebhookDelivery;
	readonly tenantId: string;
	/** Something happened that WATI tells webhooks. */
	emit(kind: EventKind, message: Message): void;
	/** Puts what was read of a multipart body into the request log. */
	recordBody(request: FastifyRequest, body: unknown): void;
}

/** One request at an endpoint. `params` are percent-decoded. */
export interface Call {
	world: World;
	token: Token;
	params: Readonly<Record<string, string>>;
	query: unknown;
	body: unknown;
	request: FastifyRequest;
	reply: FastifyReply;
}

/** One endpoint: `path` is relative to the origin; what `handle` returns is the JSON (or the stream) of a 200. */
export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: string;
	scopes: readonly string[];
	body: 'none' | 'json' | 'multipart';
	handle(call: Call): unknown;
}

/** The value of a path parameter that the route's path names. */
export function param(call: Call, name: string): string {
	const value = call.params[name];
	if (value === undefined) throw new Error(`The route has no parameter ${name}`);
	return value;
}
