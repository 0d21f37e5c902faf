import { hold } from '../kit/faults';
import { payloadsFor, type WatiEvent } from './events';
import type { Webhook } from './records';
import type { World } from './world';

/** What became of one event at one webhook. */
export interface Delivery {
	url: string;
	eventType: string;
	attempts: number;
	delivered: boolean;
	/** Status of the last attempt; `undefined` when nobody answered. */
	status: number | undefined;
	payload: Record<string, unknown>;
}

const ENABLED = 1;
const DEFECTIVE = 2;

/** Posts an event to every enabled webhook that asked for it; each payload is tried until it is answered with 2xx. */
export async function deliverEvent(world: World, event: WatiEvent): Promise<Delivery[]> {
	const deliveries: Delivery[] = [];
	for (const webhook of world.account.webhooks.values()) {
		if (webhook.status !== ENABLED || !onItsChannel(world, webhook, event)) continue;
		for (const payload of payloadsFor(world.account, webhook, event)) {
			deliveries.push(await deliverPayload(world, webhook, payload));
		}
	}
	return deliveries;
}

function onItsChannel({ account }: World, { channel }: Webhook, { message }: WatiEvent): boolean {
	return account.conversations.get(message.conversationId)?.channel === channel;
}

async function deliverPayload(world: World, webhook: Webhook, payload: Record<string, unknown>): Promise<Delivery> {
	const { attempts, everyMs, defectiveAfter } = world.delivery;
	const delivery: Delivery = {
		url: webhook.url,
		eventType: String(payload.eventType),
		attempts: 0,
		delivered: false,
		status: undefined,
		payload,
	};
	while (delivery.attempts < attempts && webhook.status === ENABLED) {
		if (delivery.attempts > 0) await hold(everyMs);
		delivery.attempts++;
		delivery.status = await post(world, webhook.url, payload);
		delivery.delivered = delivery.status !== undefined && delivery.status >= 200 && delivery.status < 300;
		if (delivery.delivered) {
			webhook.failures = 0;
			return delivery;
		}
		webhook.failures++;
		if (webhook.failures > defectiveAfter) webhook.status = DEFECTIVE;
	}
	return delivery;
}

async function post({ delivery }: World, url: string, payload: object): Promise<number | undefined> {
	try {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(payload),
			redirect: 'manual',
			signal: AbortSignal.timeout(delivery.timeoutMs),
		});
		await answer.arrayBuffer();
		return answer.status;
	} catch {
		return undefined;
	}
}
