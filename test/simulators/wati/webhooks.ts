import { z } from 'zod';

import { scopes } from './access';
import { eventTypes } from './events';
import type { Webhook } from './records';
import { notFound, Refusal } from './refusal';
import { noQuery, parse, requiredText } from './validation';
import { param, type Call, type Route } from './world';

const registerBody = z
	.array(
		z
			.object({
				phoneNumber: requiredText,
				url: z.string().url(),
				status: z.number().int().min(0).max(2),
				eventTypes: z.array(z.string()).min(1),
			})
			.strict(),
	)
	.min(1);

/** The one v2 endpoint: its path needs the tenant segment, which v3 paths must not have (section 8). */
const path = '/:tenantId/api/v2/webhookEndpoints';

export const webhookRoutes: Route[] = [
	{ method: 'POST', path, scopes: scopes.assumed.webhooks, body: 'json', handle: register },
	{
		method: 'GET',
		path: '/api/ext/v3/webhooks/event-types',
		scopes: scopes.assumed.webhooks,
		body: 'none',
		handle: ({ query }) => {
			parse(noQuery, query);
			// No source shows the answer of this endpoint.
			return { event_types: eventTypes };
		},
	},
];

/** A refusal is a 200 with `ok:false`; then nothing of the list is registered. */
function register(call: Call): unknown {
	const { world } = call;
	if (param(call, 'tenantId') !== world.tenantId) throw notFound('Not found');
	const asked = parse(registerBody, call.body);
	const made: Webhook[] = [];
	for (const { phoneNumber, url, status, eventTypes: types } of asked) {
		const channel = world.account.channels.find(({ number }) => number === phoneNumber);
		const others = [...world.account.webhooks.values(), ...made];
		const repeated = others.some((other) => other.url === url) && world.behaviour.repeatedWebhookUrl === 'refuse';
		if (!channel) return { ok: false, result: 'Channel not found' };
		if (types.some((type) => !eventTypes.includes(type))) return { ok: false, result: 'Invalid event types' };
		if (repeated) return { ok: false, result: 'The webhook URL exists already' };
		if (others.length >= world.delivery.limit) return { ok: false, result: 'Number of Webhooks exceed limitation' };
		const created = world.account.now();
		const id = world.account.newId('f0');
		made.push({ id, channel, url, status, eventTypes: types, created, lastUpdated: created, failures: 0 });
	}
	for (const webhook of made) world.account.webhooks.set(webhook.id, webhook);
	return { ok: true, result: made.map((webhook) => webhookDto(webhook, world.tenantId)) };
}

function webhookDto(webhook: Webhook, tenantId: string): Record<string, unknown> {
	const { id, channel, url, status, created, lastUpdated, failures } = webhook;
	return {
		id,
		tenantId,
		channelId: channel.id,
		channelPhoneNumber: channel.number,
		url,
		status,
		created: created.toISOString(),
		lastUpdated: lastUpdated.toISOString(),
		failedIterationCount: failures,
		isSentNotify: false,
		eventTypes: webhook.eventTypes,
	};
}

/** Measured: reading, changing and deleting answer 405 (section 8). */
export const methodNotAllowed = (): Refusal => new Refusal(405, 405, 'Method not allowed');
