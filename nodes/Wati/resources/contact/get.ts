import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { simpleContact } from '../../shared/simplify';
import { readTarget, targetField } from '../../shared/target';

export const get: WatiItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get contact with attributes and teams',
	description: 'Retrieve a contact with its attributes, teams and status',
	fields: [targetField('contact', 'The contact to retrieve'), simplifyField, optionsField([defaultCountryOption])],
	concurrency: 4,
	async execute(session, item) {
		const contact = await session.wati.getContact(session.client, readTarget(session, item, 'contact').value);
		return item.flag('simplify', 'Simplify') ? simpleContact(contact) : contact;
	},
};
