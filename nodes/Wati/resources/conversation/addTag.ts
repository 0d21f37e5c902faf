import { requiredText } from '../../../../vendors/shared/checks';
import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { tagField } from './tagField';

export const addTag: WatiItemOperation = {
	value: 'addTag',
	name: 'Add Tag',
	action: 'Add tag to conversation',
	description: 'Put a tag on a conversation',
	fields: [
		targetField('conversation', 'The conversation to tag'),
		tagField('The name of a tag that exists in WATI'),
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const tag = requiredText(item.get('tag'), 'Tag').trim();
		return { success: true, target, tag, added: await session.wati.addTag(session.client, target, tag) };
	},
};
