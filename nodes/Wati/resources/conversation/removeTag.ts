import { requiredText } from '../../../../vendors/shared/checks';
import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { tagField } from './tagField';

export const removeTag: WatiItemOperation = {
	value: 'removeTag',
	name: 'Remove Tag',
	action: 'Remove tag from conversation',
	description: 'Take a tag off a conversation',
	fields: [
		targetField('conversation', 'The conversation to take the tag off'),
		tagField('The name of the tag as it is written in WATI'),
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const tag = requiredText(item.get('tag'), 'Tag').trim();
		return { success: true, target, tag, removed: await session.wati.removeTag(session.client, target, tag) };
	},
};
