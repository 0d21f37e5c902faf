import { channelPages } from '../../../../vendors/wati/account';
import { listPages } from '../../../../vendors/wati/call';
import { returnAllFields } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';

export const getChannels: WatiItemOperation = {
	value: 'getChannels',
	name: 'Get Channels',
	action: 'Get channels of account',
	description: 'Retrieve the sending numbers; WATI leaves out the default one where there are several',
	fields: returnAllFields,
	async execute({ client }, item) {
		return await listPages(client, { ...channelPages, limit: readLimit(item) });
	},
};
