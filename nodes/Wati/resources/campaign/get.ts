import { simplifyField } from '../../../shared/fields';
import { campaignPicker, pickerField, readPicked } from '../../shared/pickers';
import type { WatiItemOperation } from '../../shared/session';
import { simpleCampaign } from './simplify';

export const get: WatiItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get campaign',
	description: 'Retrieve a campaign with its statistics',
	fields: [pickerField(campaignPicker), simplifyField],
	concurrency: 4,
	async execute({ client, wati }, item) {
		const campaign = await wati.getCampaign(client, readPicked(item, campaignPicker));
		return item.flag('simplify', 'Simplify') ? simpleCampaign(campaign) : campaign;
	},
};
