import { getCredits as get } from '../../../../vendors/wati/account';
import type { WatiItemOperation } from '../../shared/session';

export const getCredits: WatiItemOperation = {
	value: 'getCredits',
	name: 'Get Credits',
	action: 'Get credits of account',
	description: 'Retrieve the credit, its currency and the free conversations that are left',
	fields: [],
	concurrency: 4,
	async execute({ client }) {
		return await get(client);
	},
};
