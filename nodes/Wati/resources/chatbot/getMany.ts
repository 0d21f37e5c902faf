import { listPages } from '../../../../vendors/wati/call';
import { chatbotPages } from '../../../../vendors/wati/chatbots';
import { returnAllFields } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many chatbots',
	description: 'Retrieve the chatbots of the account (WATI plan Pro and above)',
	fields: returnAllFields,
	async execute({ client }, item) {
		return await listPages(client, { ...chatbotPages, limit: readLimit(item) });
	},
};
