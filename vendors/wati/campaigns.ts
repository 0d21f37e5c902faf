import { z } from 'zod';

import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { path } from '../../http/path';
import { callAccepted, listUnder } from './accepted';
import { API, type PageRequest } from './call';
import { refusedInSuccess } from './explain';
import { nameValue, number, text } from './schemas';

/** WATI's API says "broadcast" where its dashboard says "campaign". */

const count = number.nullish();

const campaign = z
	.object({
		id: text,
		name: text,
		status: text,
		template_id: text,
		channel_id: text,
		created: text,
		last_updated: text,
		scheduled_at: text,
		statistics: z
			.object({
				total_recipients: count,
				total_pending: count,
				total_queued: count,
				total_sending: count,
				total_sent: count,
				total_delivered: count,
				total_read: count,
				total_replied: count,
				total_failed: count,
				total_stopped: count,
			})
			.passthrough()
			.nullish(),
	})
	.passthrough();
export type WatiCampaign = z.infer<typeof campaign>;

/**
 * GET /broadcasts/{broadcast_id}: the only call that gives the statistics.
 * @throws RequestError, also for an answer without a campaign in it.
 */
export async function getCampaign(client: ApiClient, id: string): Promise<WatiCampaign> {
	const call: Call = {
		purpose: 'get the campaign',
		effect: 'read',
		method: 'GET',
		path: path`/api/ext/v3/broadcasts/${id}`,
	};
	const found = await callAccepted(client, campaign, call);
	if (found.id || found.name) return found;
	throw refusedInSuccess(call.purpose, undefined, 'WATI has no campaign with this ID: Campaign > Get Many lists them.');
}

/** GET /broadcasts. @param channel name or number; all channels when left out, because an empty text would be looked up. */
export function campaignPages(channel?: string): PageRequest<WatiCampaign> {
	return {
		call: { purpose: 'list the campaigns', path: `${API}/broadcasts`, query: { channel } },
		entries: listUnder(campaign, 'broadcasts'),
	};
}

const recipient = z
	.object({
		id: text,
		contact_id: text,
		contact_name: text,
		contact_phone: text,
		status: text,
		failed_code: text,
		local_message_id: text,
		message_id: text,
		custom_params: z.array(nameValue).nullish(),
		created: text,
		bsuid: text,
	})
	.passthrough();
export type WatiCampaignRecipient = z.infer<typeof recipient>;

/** GET /broadcasts/{broadcast_id}/recipients. */
export function recipientPages(campaignId: string): PageRequest<WatiCampaignRecipient> {
	return {
		call: {
			purpose: 'list the recipients of the campaign',
			path: path`/api/ext/v3/broadcasts/${campaignId}/recipients`,
		},
		entries: listUnder(recipient, 'recipients'),
	};
}

export interface OverviewFilter {
	/** UTC ISO 8601, both required by WATI. */
	from: string;
	to: string;
	/** Name or number; all channels when left out. */
	channel?: string;
	search?: string;
}

/** All totals may be missing but not each of them: an answer without any is something else. */
const overview = z
	.object({ total_sent: count, total_delivered: count, total_failed: count })
	.passthrough()
	.refine((answer) => Object.keys(answer).some((name) => name.startsWith('total_')));

/** GET /broadcasts/overview: totals of all campaigns of a time. */
export async function getOverview(client: ApiClient, filter: OverviewFilter): Promise<z.infer<typeof overview>> {
	return await callAccepted(client, overview, {
		purpose: 'get the overview of the campaigns',
		effect: 'read',
		method: 'GET',
		path: `${API}/broadcasts/overview`,
		query: { date_from: filter.from, date_to: filter.to, channel: filter.channel, search_string: filter.search },
	});
}

const estimate = z
	.object({ estimated_cost: number.nullable(), current_credit: count, current_welcome_credit: count })
	.passthrough();
export type WatiEstimate = z.infer<typeof estimate>;

/**
 * POST /broadcasts/estimate-cost: changes nothing, so that it may be repeated.
 * @param contactIds one at least.
 * @throws RequestError with WATI's `failed_detail` for `result:false` or `is_request_succeeded:false` under HTTP 200.
 */
export async function estimateCost(
	client: ApiClient,
	templateId: string,
	contactIds: readonly string[],
): Promise<WatiEstimate> {
	return await callAccepted(
		client,
		estimate,
		{
			purpose: 'estimate the cost',
			effect: 'read',
			method: 'POST',
			path: `${API}/broadcasts/estimate-cost`,
			json: { template_id: templateId, contact_ids: contactIds },
		},
		'Check that the template is approved and that each contact ID is one that WATI gave.',
	);
}
