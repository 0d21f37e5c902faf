import { z } from 'zod';

import { scopes } from './access';
import type { Broadcast, BroadcastRecipient, RecipientStatus } from './records';
import { channelNamed, unknown } from './targets';
import { dateTime, noQuery, pageFields, pageOf, pageQuery, parse, requiredText } from './validation';
import { param, type Call, type Route, type World } from './world';

const listQuery = z.object({ ...pageFields, channel: z.string().optional() }).strict();
const overviewQuery = z
	.object({
		date_from: dateTime,
		date_to: dateTime,
		channel: z.string().optional(),
		search_string: z.string().optional(),
	})
	.strict();
const estimateBody = z.object({ template_id: requiredText, contact_ids: z.array(requiredText).min(1) }).strict();

/** Price of one recipient in `estimate-cost`; made up. */
const PRICE = 0.05;

const base = '/api/ext/v3/broadcasts';
const reading = { method: 'GET', scopes: scopes.assumed.readBroadcasts, body: 'none' } as const;

export const broadcastRoutes: Route[] = [
	{ ...reading, path: base, handle: list },
	{ ...reading, path: `${base}/overview`, handle: overview },
	{
		...reading,
		path: `${base}/:broadcast_id`,
		handle: (call) => {
			parse(noQuery, call.query);
			const broadcast = broadcastAt(call);
			return { ...broadcastDto(broadcast), statistics: statistics(broadcast) };
		},
	},
	{
		...reading,
		path: `${base}/:broadcast_id/recipients`,
		handle: (call) => {
			const page = parse(pageQuery, call.query);
			const { recipients } = broadcastAt(call);
			return { recipients: pageOf(recipients, page).map(recipientDto), ...page, total_count: recipients.length };
		},
	},
	{ ...reading, method: 'POST', path: `${base}/estimate-cost`, body: 'json', handle: estimate },
];

function broadcastAt(call: Call): Broadcast {
	const broadcast = call.world.account.broadcasts.get(param(call, 'broadcast_id'));
	if (!broadcast) throw unknown(call.world, 'Broadcast');
	return broadcast;
}

function list({ world, query }: Call): unknown {
	const { channel, ...page } = parse(listQuery, query);
	const found = onChannel(world, channel);
	return { broadcasts: pageOf(found, page).map(broadcastDto), ...page, total: found.length };
}

function onChannel(world: World, name: string | undefined): Broadcast[] {
	const wanted = name === undefined ? undefined : channelNamed(world, name);
	return [...world.account.broadcasts.values()].filter(({ channel }) => !wanted || channel === wanted);
}

function overview({ world, query }: Call): unknown {
	const { date_from, date_to, channel, search_string = '' } = parse(overviewQuery, query);
	const recipients = onChannel(world, channel)
		.filter(({ name }) => name.toLowerCase().includes(search_string.toLowerCase()))
		.filter(({ created }) => created >= new Date(date_from) && created <= new Date(date_to))
		.flatMap((broadcast) => broadcast.recipients);
	const count = counter(recipients);
	return {
		total_links: 0,
		total_processing: 0,
		total_queued: count('PENDING'),
		total_sent: recipients.length - count('PENDING'),
		total_delivered: count('DELIVERED', 'READ', 'REPLIED'),
		total_open: count('READ', 'REPLIED'),
		total_replied: count('REPLIED'),
		total_failed: count('FAILED'),
		total_stopped: 0,
		total_sending: 0,
	};
}

function statistics({ recipients }: Broadcast): Record<string, number> {
	const count = counter(recipients);
	return {
		total_recipients: recipients.length,
		total_pending: count('PENDING'),
		total_queued: 0,
		total_sending: 0,
		total_sent: count('SENT', 'DELIVERED', 'READ', 'REPLIED'),
		total_delivered: count('DELIVERED', 'READ', 'REPLIED'),
		total_read: count('READ', 'REPLIED'),
		total_replied: count('REPLIED'),
		total_failed: count('FAILED'),
		total_stopped: 0,
	};
}

const counter =
	(recipients: BroadcastRecipient[]) =>
	(...wanted: RecipientStatus[]): number =>
		recipients.filter(({ status }) => wanted.includes(status)).length;

/** snake_case, but camelCase inside `fallback_templates` (section 6.16). */
function broadcastDto({ id, channel, name, status, templateId, created, lastUpdated, scheduledAt }: Broadcast) {
	return {
		id,
		channel_id: channel.id,
		name,
		status,
		template_id: templateId,
		fallback_templates: [{ templateId, type: 0, providerType: 0 }],
		created: created.toISOString(),
		last_updated: lastUpdated.toISOString(),
		scheduled_at: scheduledAt.toISOString(),
	};
}

function recipientDto(recipient: BroadcastRecipient): Record<string, unknown> {
	return {
		id: recipient.id,
		contact_id: recipient.contactId,
		contact_name: recipient.contactName,
		contact_phone: recipient.phone,
		status: recipient.status,
		failed_code: recipient.failedCode,
		local_message_id: recipient.localMessageId,
		message_id: recipient.messageId,
		custom_params: recipient.customParams,
		created: recipient.created.toISOString(),
		bsuid: recipient.bsuid,
	};
}

/** A refusal is a 200 with `is_request_succeeded:false` and its reason in `failed_detail`. */
function estimate({ world, body }: Call): unknown {
	const { template_id, contact_ids } = parse(estimateBody, body);
	const { account } = world;
	const missing = contact_ids.find((id) => !account.contacts.has(id));
	const failure = !account.templates.has(template_id)
		? 'Template not found'
		: missing && `Contact ${missing} not found`;
	return {
		estimated_cost: failure ? 0 : contact_ids.length * PRICE,
		current_credit: account.credits.credit,
		current_welcome_credit: account.credits.welcomeCredit,
		result: !failure,
		is_request_succeeded: !failure,
		failed_detail: failure ?? null,
	};
}
