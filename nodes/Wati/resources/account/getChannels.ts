import { returnAllFields } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';

export const getChannels: WatiItemOperation = {
	value: 'getChannels',
	name: 'Get Channels',
	action: 'Get channels of account',
	description: 'Retrieve the sending numbers; WATI leaves out the default one where there are several',
	fields: returnAllFields,
	async execute({ client, wati }, item) {
		return await wati.listPages(client, { ...wati.channelPages, limit: readLimit(item) });
	},
};
