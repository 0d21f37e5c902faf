import { defaultCountryOption, optionsField, simplifyField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { sentOutput } from './simplify';

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
		simplifyField,
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		return sentOutput(item, await session.wati.sendText(session.client, target, item.get('text')));
	},
};
