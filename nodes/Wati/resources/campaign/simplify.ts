import type { IDataObject } from 'n8n-workflow';

import type { WatiCampaign, WatiCampaignRecipient, WatiEstimate } from '../../../../vendors/wati/campaigns';
import { e164 } from '../../../shared/e164';
import { camelCased, withBsuid } from '../../shared/simplify';

/** The fields of a campaign that a builder maps; statistics only where WATI gives them. */
export function simpleCampaign(campaign: WatiCampaign): IDataObject {
	const { statistics } = campaign;
	return {
		id: campaign.id ?? null,
		name: campaign.name ?? null,
		status: campaign.status ?? null,
		templateId: campaign.template_id ?? null,
		channelId: campaign.channel_id ?? null,
		createdAt: campaign.created ?? null,
		updatedAt: campaign.last_updated ?? null,
		scheduledAt: campaign.scheduled_at ?? null,
		...(statistics && {
			statistics: {
				recipients: statistics.total_recipients ?? null,
				pending: statistics.total_pending ?? null,
				queued: statistics.total_queued ?? null,
				sending: statistics.total_sending ?? null,
				sent: statistics.total_sent ?? null,
				delivered: statistics.total_delivered ?? null,
				read: statistics.total_read ?? null,
				replied: statistics.total_replied ?? null,
				failed: statistics.total_failed ?? null,
				stopped: statistics.total_stopped ?? null,
			},
		}),
	};
}

/** The fields of a campaign's recipient that a builder maps; parameters as an object by name. */
export function simpleRecipient(recipient: WatiCampaignRecipient): IDataObject {
	return {
		id: recipient.id ?? null,
		contactId: recipient.contact_id ?? null,
		contactName: recipient.contact_name ?? null,
		phone: e164(recipient.contact_phone),
		...withBsuid(recipient),
		status: recipient.status ?? null,
		failedCode: recipient.failed_code ?? null,
		localMessageId: recipient.local_message_id ?? null,
		parameters: Object.fromEntries((recipient.custom_params ?? []).map(({ name, value }) => [name, value ?? ''])),
		createdAt: recipient.created ?? null,
	};
}

/** Counts under the names that they have in the statistics of one campaign: `total_sent` is `sent`. */
export function withoutTotal(overview: object): IDataObject {
	return camelCased(
		Object.fromEntries(Object.entries(overview).map(([name, value]) => [name.replace(/^total_/, ''), value])),
	);
}

/** What sending would cost and what there is to pay with, in the currency of the account. */
export function simpleEstimate(estimate: WatiEstimate): IDataObject {
	return {
		estimatedCost: estimate.estimated_cost ?? null,
		currentCredit: estimate.current_credit ?? null,
		currentWelcomeCredit: estimate.current_welcome_credit ?? null,
	};
}
