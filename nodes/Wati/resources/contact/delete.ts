import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

export const deleteOne: WatiItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete contact',
	description:
		'Remove a contact from the list of contacts; WATI keeps its data, so this is no erasure in terms of data protection',
	fields: [targetField('contact', 'The contact to delete'), optionsField([defaultCountryOption])],
	async execute(session, item) {
		const target = readTarget(session, item, 'contact');
		const { id } = await session.wati.deleteContact(session.client, target.value);
		return { deleted: true, id: id ?? (target.mode === 'contactId' ? (target.value.split(':').at(-1) ?? null) : null) };
	},
};
