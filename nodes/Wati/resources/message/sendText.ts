import { requiredText } from '../../../../vendors/shared/checks';
import { LIMITS } from '../../../../vendors/wati/limits';
import { sendText as send } from '../../../../vendors/wati/messages';
import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

export const sendText: WatiItemOperation = {
	value: 'sendText',
	name: 'Send Text',
	action: 'Send text message',
	description: 'Send a text to a contact who has written within the last 24 hours',
	fields: [
		targetField('conversation', 'Who receives the message'),
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Hello Anna, your order is on its way.',
			description: 'Up to 4,096 characters',
		},
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		return await send(session.client, target, requiredText(item.get('text'), 'Text', LIMITS.text));
	},
};
