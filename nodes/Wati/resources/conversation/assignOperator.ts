import { emailAddress, oneOf } from '../../../../vendors/shared/checks';
import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

export const assignOperator: WatiItemOperation = {
	value: 'assignOperator',
	name: 'Assign Operator',
	action: 'Assign operator or bot to conversation',
	description: 'Hand a conversation to an operator or to the bot',
	fields: [
		targetField('conversation', 'The conversation to hand over'),
		{
			displayName: 'Assign To',
			name: 'assignTo',
			type: 'options',
			options: [
				{ name: 'Bot', value: 'bot', description: 'Let the bot answer from now on' },
				{ name: 'Operator', value: 'operator', description: 'Let one person answer from now on' },
			],
			default: 'operator',
			description: 'Who answers from now on',
		},
		{
			displayName: 'Operator Email',
			name: 'operatorEmail',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. anna@example.com',
			description:
				"The operator's email as it is written in WATI under User Management; WATI's API can't list operators",
			displayOptions: { show: { assignTo: ['operator'] } },
		},
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const toBot = oneOf(item.get('assignTo') ?? 'operator', 'Assign To', ['bot', 'operator']) === 'bot';
		const operatorEmail = toBot ? null : emailAddress(item.get('operatorEmail'), 'Operator Email');
		await session.wati.assignOperator(session.client, target, operatorEmail);
		return { success: true, target, assignedTo: toBot ? 'bot' : 'operator', operatorEmail };
	},
};
