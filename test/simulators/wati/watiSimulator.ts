import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

import { Simulator } from '../kit/simulator';
import { Account } from './account';
import { accountRoutes } from './accountRoutes';
import { authenticate, authorize, Unauthorized, type Token } from './access';
import { broadcastRoutes } from './broadcasts';
import { chatbotRoutes } from './chatbots';
import { contactRoutes } from './contacts';
import { conversationRoutes } from './conversations';
import { deliverEvent, type Delivery } from './delivery';
import type { WatiEvent } from './events';
import { receiveMessage, type Received } from './inbound';
import { mediaRoutes } from './media';
import { messageRoutes } from './messages';
import { defaultBehaviour, defaultDelivery, type WatiBehaviour, type WebhookDelivery } from './options';
import type { Message } from './records';
import { badRequest, Refusal } from './refusal';
import { templateRoutes } from './templates';
import { methodNotAllowed, webhookRoutes } from './webhooks';
import type { Route, World } from './world';

export interface WatiOptions {
	/** A token with the scope `api`; more are made with `account.addToken`. */
	token?: string;
	tenantId?: string;
	/** The account's sending number. */
	number?: string;
	behaviour?: Partial<WatiBehaviour>;
	delivery?: Partial<WebhookDelivery>;
	/** Sends tell the webhooks by themselves; otherwise only `deliver` and `receive` do. */
	deliversBySelf?: boolean;
}

const routes: Route[] = [
	...contactRoutes,
	...messageRoutes,
	...mediaRoutes,
	...templateRoutes,
	...conversationRoutes,
	...broadcastRoutes,
	...chatbotRoutes,
	...accountRoutes,
	...webhookRoutes,
];

/** `application/json`, `application/json-patch+json`, `application/*+json`, `text/json` (section 1). */
const jsonTypes = /^(application\/([\w.-]+\+)?json|text\/json)\s*(;|$)/i;

/**
 * WATI v3 as its API description has it, with one account behind it. It refuses what the description forbids, and
 * query parameters that no endpoint has, which the vendor may well ignore.
 */
export class WatiSimulator extends Simulator {
	readonly account = new Account();
	/** What the documents leave open; may be changed at any time. */
	readonly behaviour: WatiBehaviour;
	readonly delivery: WebhookDelivery;
	/** Every webhook delivery so far. */
	readonly deliveries: Delivery[] = [];
	readonly token: string;
	readonly tenantId: string;
	private readonly world: World;
	private pending: Array<Promise<unknown>> = [];

	constructor(private readonly options: WatiOptions = {}) {
		super('WATI');
		this.token = options.token ?? 'wati-simulator-token';
		this.tenantId = options.tenantId ?? '12345';
		this.behaviour = { ...defaultBehaviour, ...options.behaviour };
		this.delivery = { ...defaultDelivery, ...options.delivery };
		this.world = {
			account: this.account,
			behaviour: this.behaviour,
			delivery: this.delivery,
			tenantId: this.tenantId,
			emit: (kind, message) => {
				if (options.deliversBySelf) this.pending.push(this.deliver({ kind, message }));
			},
			recordBody: (request, body) => this.recordBody(request, body),
		};
		this.seed();
		this.listen();
	}

	/** Back to a fresh account with the first behaviour, and no traffic. */
	reset(): void {
		this.account.clear();
		Object.assign(this.behaviour, defaultBehaviour, this.options.behaviour);
		Object.assign(this.delivery, defaultDelivery, this.options.delivery);
		this.deliveries.length = 0;
		this.resetTraffic();
		this.seed();
	}

	/** Tells the registered webhooks; resolves when each has answered with 2xx or the attempts are used up. */
	async deliver(event: WatiEvent): Promise<Delivery[]> {
		const deliveries = await deliverEvent(this.world, event);
		this.deliveries.push(...deliveries);
		return deliveries;
	}

	/** A customer writes: makes the contact if new, opens the 24 hours, tells the webhooks. */
	async receive(received: Received): Promise<Message> {
		const { message, isNewContact } = receiveMessage(this.account, received);
		if (isNewContact) await this.deliver({ kind: 'newContactMessageReceived', message });
		await this.deliver({ kind: 'message', message, ...(received.fields && { fields: received.fields }) });
		return message;
	}

	/** Waits for the deliveries that sends have started. */
	async settle(): Promise<void> {
		while (this.pending.length > 0) await Promise.all(this.pending.splice(0));
	}

	private seed(): void {
		this.account.channels.push({ id: null, name: 'Default', number: this.options.number ?? '15550001111' });
		this.account.addToken(this.token);
		for (const team of ['Billing', 'Support']) this.account.teams.add(team);
		for (const tag of ['vip', 'billing/late']) this.account.tags.add(tag);
		this.account.addOperator('operator@example.com', 'Olga Operator');
	}

	private listen(): void {
		const { app } = this;
		app.removeContentTypeParser(['application/json', 'text/plain']);
		app.addContentTypeParser(jsonTypes, { parseAs: 'string' }, async (_request: FastifyRequest, body: string) =>
			readJson(body),
		);
		app.setErrorHandler(async (error: FastifyError, _request, reply) => this.refuse(error, reply));
		app.setNotFoundHandler(async (request, reply) => {
			const path = request.url.split('?')[0] ?? '';
			const known = routes.some((route) => pathPattern(route.path).test(path));
			await this.refuse(known ? methodNotAllowed() : new Refusal(404, 404, 'Not found'), reply);
		});
		for (const route of routes) this.serve(route);
	}

	private serve(route: Route): void {
		this.app.route<{ Params: Record<string, string> }>({
			method: route.method,
			url: route.path,
			handler: async (request, reply) => {
				const token = this.admit(route, request);
				const { params, query, body } = request;
				return await route.handle({ world: this.world, token, params, query, body, request, reply });
			},
		});
	}

	/** Authentication, scope and media type, in the order of a web framework. */
	private admit(route: Route, request: FastifyRequest): Token {
		const token = authenticate(this.account.tokens, request.headers.authorization, this.behaviour);
		authorize(token, route.scopes);
		const type = request.headers['content-type'] ?? '';
		if (route.body === 'multipart' && !request.isMultipart()) throw unsupported('multipart/form-data');
		if (route.body === 'json' && !jsonTypes.test(type)) throw unsupported('JSON');
		return token;
	}

	private async refuse(error: Error, reply: FastifyReply): Promise<unknown> {
		if (error instanceof Unauthorized) return await reply.code(401).type('text/plain').send(error.text);
		const refusal = error instanceof Refusal ? error : fromFramework(error);
		return await reply.code(refusal.status).send(refusal.body(this.account.now()));
	}
}

/** Refusals of the framework: broken JSON, an unreadable form. Anything without a status is a bug of the simulator. */
function fromFramework(error: Error & { statusCode?: number }): Refusal {
	const status = error.statusCode ?? 500;
	return new Refusal(status, status, error.message);
}

const unsupported = (wanted: string): Refusal => new Refusal(415, 415, `The content type must be ${wanted}`);

/** A DELETE with a JSON content type and no body is in order. */
function readJson(body: string): unknown {
	if (body === '') return undefined;
	try {
		return JSON.parse(body);
	} catch {
		throw badRequest('The body is not JSON');
	}
}

const pathPattern = (path: string): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace('*', '.+')}$`);
