import { oneOf } from '../../../../vendors/shared/checks';
import { CONVERSATION_STATUSES, type ConversationStatus } from '../../../../vendors/wati/conversationChoices';
import { defaultCountryOption, optionsField } from '../../../shared/fields';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';

const NAMES: Record<ConversationStatus, string> = {
	open: 'Open',
	pending: 'Pending',
	solved: 'Solved',
	block: 'Blocked',
};

export const updateStatus: WatiItemOperation = {
	value: 'updateStatus',
	name: 'Update Status',
	action: 'Update status of conversation',
	description: 'Open, solve, block or set aside a conversation',
	fields: [
		targetField('conversation', 'The conversation whose status changes'),
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: CONVERSATION_STATUSES.map((value) => ({ name: NAMES[value], value })),
			default: 'open',
			description: 'The status that the conversation gets',
		},
		optionsField([defaultCountryOption]),
	],
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const status = oneOf(item.get('status'), 'Status', CONVERSATION_STATUSES);
		await session.wati.updateStatus(session.client, target, status);
		return { success: true, target, status };
	},
};
