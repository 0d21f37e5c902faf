import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import { requiredText } from '../../../../vendors/shared/checks';
import { attributesField, readAttributes } from '../../shared/attributes';
import type { WatiItemOperation } from '../../shared/session';
import { simpleContact } from '../../shared/simplify';

export const create: WatiItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create contact with name and attributes',
	description: 'Add a contact by its WhatsApp number',
	fields: [
		{
			displayName: 'WhatsApp Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155552671',
			description: 'The number with country code',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Anna Schmidt',
			description: 'How the contact is called in WATI',
		},
		attributesField,
		simplifyField,
		optionsField([defaultCountryOption]),
	],
	async execute({ client, wati, readPhone }, item) {
		const contact = await wati.createContact(client, {
			whatsappNumber: readPhone(item.get('phoneNumber'), 'WhatsApp Number', item.optionText('defaultCountry')).digits,
			name: requiredText(item.get('name'), 'Name').trim(),
			attributes: readAttributes(item),
		});
		return item.flag('simplify', 'Simplify') ? simpleContact(contact) : contact;
	},
};
