import { simplifyField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { camelCased } from '../../shared/simplify';

export const getCredits: WatiItemOperation = {
	value: 'getCredits',
	name: 'Get Credits',
	action: 'Get credits of account',
	description: 'Retrieve the credit, its currency and the free conversations that are left',
	fields: [simplifyField],
	concurrency: 4,
	async execute({ client, wati }, item) {
		const credits = await wati.getCredits(client);
		return item.flag('simplify', 'Simplify') ? camelCased(credits) : credits;
	},
};
