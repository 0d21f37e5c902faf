import { optionsField, returnAllFields, simplifyField } from '../../../shared/fields';
import { readChannel } from '../../shared/channel';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';
import { channelOption } from './channelOption';
import { simpleCampaign } from './simplify';

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many campaigns',
	description: 'Retrieve the campaigns of the account, without statistics',
	fields: [...returnAllFields, simplifyField, optionsField([channelOption])],
	async execute({ client, wati }, item) {
		const pages = wati.campaignPages(readChannel(item));
		const campaigns = await wati.listPages(client, { ...pages, limit: readLimit(item) });
		return item.flag('simplify', 'Simplify') ? campaigns.map(simpleCampaign) : campaigns;
	},
};
