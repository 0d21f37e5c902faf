import { returnAllFields, simplifyField } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';
import { simpleContact } from '../../shared/simplify';

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Retrieve the contacts of the account',
	fields: [...returnAllFields, simplifyField],
	async execute({ client, wati }, item) {
		const contacts = await wati.listContacts(client, readLimit(item));
		return item.flag('simplify', 'Simplify') ? contacts.map(simpleContact) : contacts;
	},
};
