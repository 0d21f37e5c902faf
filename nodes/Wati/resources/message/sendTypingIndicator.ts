import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

export const sendTypingIndicator: WatiItemOperation = {
	value: 'sendTypingIndicator',
	name: 'Send Typing Indicator',
	action: 'Send typing indicator to contact',
	description: 'Show the contact that an answer is being written',
	fields: [targetField('conversation', 'Who is shown the indicator'), optionsField([defaultCountryOption])],
	async execute(session, item) {
		await session.wati.showTyping(session.client, readTarget(session, item, 'conversation').value);
		return { success: true };
	},
};
