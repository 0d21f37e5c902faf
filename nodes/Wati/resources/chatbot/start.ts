import { defaultCountryOption, optionsField } from '../../../shared/fields';
import { chatbotPicker, pickerField, readPicked } from '../../shared/pickers';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

export const start: WatiItemOperation = {
	value: 'start',
	name: 'Start',
	action: 'Start chatbot for contact',
	description: 'Let a chatbot take up the conversation with a contact (WATI plan Pro and above)',
	fields: [
		targetField('chatbot', 'The contact that the chatbot writes to'),
		pickerField(chatbotPicker),
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'chatbot').value;
		const chatbotId = readPicked(item, chatbotPicker);
		await session.wati.startChatbot(session.client, target, chatbotId);
		return { success: true, target, chatbotId };
	},
};
