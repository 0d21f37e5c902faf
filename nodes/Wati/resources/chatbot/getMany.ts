import { returnAllFields, simplifyField } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';
import { camelCased } from '../../shared/simplify';

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many chatbots',
	description: 'Retrieve the chatbots of the account (WATI plan Pro and above)',
	fields: [...returnAllFields, simplifyField],
	async execute({ client, wati }, item) {
		const chatbots = await wati.listPages(client, { ...wati.chatbotPages, limit: readLimit(item) });
		return item.flag('simplify', 'Simplify') ? chatbots.map(camelCased) : chatbots;
	},
};
