import { sleep } from 'n8n-workflow';

import { inChunks } from '../../../../http/concurrency';
import { asError, RequestError } from '../../../../http/errors';
import { LIMITS } from '../../../../vendors/wati/limits';
import { parametersOf } from '../../../../vendors/wati/templateParameters';
import { findTemplate } from '../../../../vendors/wati/templates';
import { addressOf, sendTemplates, type TemplateBroadcast } from '../../../../vendors/wati/templateSends';
import type { ItemParameters } from '../../../shared/itemParameters';
import type { ItemResult } from '../../../shared/operation';
import type { WatiSession } from '../../shared/session';
import { readOrders, type Order, type OrderReader } from './orders';

/** n8n needs a millisecond for the expressions of an item; in between it has to come to its other work. */
const ITEMS_AT_A_STRETCH = 200;

/**
 * Sends the template to all recipients of all items, with as few calls as Send To says, one after the other.
 * One result for each recipient, in the order of items and recipients.
 */
export async function sendOrders(
	session: WatiSession,
	items: ItemParameters[],
	scheduledAt?: (item: ItemParameters) => string,
): Promise<ItemResult[]> {
	const [first] = items;
	if (!first) return [];
	const reader: OrderReader = { session, scheduledAt, wantedBy: liveParameters(session), runIndex: runIndexOf(first) };
	const read = [];
	for (const item of items) {
		if (item.index % ITEMS_AT_A_STRETCH === ITEMS_AT_A_STRETCH - 1) await sleep(0);
		read.push(...(await readOrders(reader, item)));
	}
	const orders = read.filter((order): order is Order => !('error' in order));
	const results = new Map<Order, ItemResult>();
	for (const call of inCalls(orders, first.get('sendTo') === 'all')) {
		for (const [order, result] of await sendCall(session, call)) results.set(order, result);
	}
	return read.flatMap((order) => ('error' in order ? [order] : (results.get(order) ?? [])));
}

/** Orders that go out together: those of one item, or of all items that share template, name, channel and time; 10,000 at most. */
function inCalls(orders: readonly Order[], acrossItems: boolean): Order[][] {
	const groups = new Map<string, Order[]>();
	for (const order of orders) {
		const key = acrossItems ? JSON.stringify(order.broadcast) : String(order.itemIndex);
		const group = groups.get(key);
		if (group) group.push(order);
		else groups.set(key, [order]);
	}
	return [...groups.values()].flatMap((group) => inChunks(group, LIMITS.recipientsPerCall));
}

/** A call that is refused, or whose outcome is unknown, is refused or unknown for each of its recipients. */
async function sendCall({ client }: WatiSession, orders: Order[]): Promise<Array<[Order, ItemResult]>> {
	const [first] = orders;
	if (!first) return [];
	try {
		const recipients = orders.map(({ recipient }) => recipient);
		const answers = await sendTemplates(client, first.broadcast, recipients);
		return orders.map((order, index) => {
			const answer = answers[index];
			return [order, answer?.accepted ? accepted(order, answer.broadcastId) : refused(order, asError(answer?.error))];
		});
	} catch (thrown) {
		const error = asError(thrown);
		return orders.map((order) => [order, refused(order, error)]);
	}
}

function accepted(order: Order, broadcastId: string | undefined): ItemResult {
	const { broadcast, recipient, itemIndex } = order;
	return {
		itemIndex,
		json: {
			recipient: addressOf(recipient),
			localMessageId: recipient.localMessageId,
			accepted: true,
			broadcastId: broadcastId ?? null,
			broadcastName: broadcast.broadcastName,
			template: broadcast.templateName,
			...(broadcast.scheduledAt === undefined ? {} : { scheduledAt: broadcast.scheduledAt }),
		},
	};
}

/** Names the recipient where an item has several, and the id to look for where it is not known what became of the message. */
function refused({ itemIndex, label, recipient }: Order, error: Error): ItemResult {
	if (!(error instanceof RequestError)) return { itemIndex, error };
	const unknown = error.kind === 'outcomeUnknown';
	const message = label === undefined ? error.message : `${label} (${addressOf(recipient)}): ${error.message}`;
	const trace = unknown ? ` Its local message ID is ${recipient.localMessageId}.` : '';
	return {
		itemIndex,
		error: new RequestError(error.kind, message, { ...error, description: `${error.description ?? ''}${trace}` }),
	};
}

/**
 * The parameters of a template as the account has them, asked once for each template of a run.
 * When the account doesn't say, as with a token that may not read templates, the values go out as they were given.
 */
function liveParameters({ client }: WatiSession): OrderReader['wantedBy'] {
	const known = new Map<string, Promise<string[] | undefined>>();
	return async ({ templateName, channel }: TemplateBroadcast) => {
		const key = JSON.stringify([templateName, channel]);
		const asked = known.get(key) ?? ask(templateName, channel);
		known.set(key, asked);
		return await asked;
	};

	async function ask(name: string, channel: string | undefined): Promise<string[] | undefined> {
		try {
			const template = await findTemplate(client, name, channel);
			return template && parametersOf(template).map((parameter) => parameter.name);
		} catch (thrown) {
			const error = asError(thrown);
			if (error instanceof RequestError && error.kind === 'cancelled') throw error;
			return undefined;
		}
	}
}

function runIndexOf({ n8n, index }: ItemParameters): number {
	return Number(n8n.getWorkflowDataProxy(index).$runIndex);
}
