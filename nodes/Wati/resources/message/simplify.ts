import type { IDataObject } from 'n8n-workflow';

import type { ConversationEntry } from '../../../../vendors/wati/messages';
import type { WatiMessage } from '../../../../vendors/wati/schemas';
import type { ItemParameters } from '../../../shared/itemParameters';

/** A sent message: what is needed to follow it up. `localMessageId` is the one that WATI's webhooks name. */
function simpleMessage(message: WatiMessage): IDataObject {
	const text = typeof message.text === 'string' ? message.text : null;
	const type = typeof message.type === 'string' ? message.type : null;
	return {
		id: message.id ?? null,
		localMessageId: message.local_message_id ?? null,
		conversationId: message.conversation_id ?? null,
		status: message.status ?? null,
		type,
		text,
		createdAt: message.created ?? null,
	};
}

/** A sent message as the item's Simplify says. */
export function sentOutput(item: ItemParameters, message: WatiMessage): object {
	return item.flag('simplify', 'Simplify') ? simpleMessage(message) : message;
}

/** An entry of a conversation; a sent template has its text in another field. */
export function simpleEntry(entry: ConversationEntry): IDataObject {
	return {
		id: entry.id ?? null,
		conversationId: entry.conversation_id ?? null,
		event: entry.event_type ?? null,
		type: entry.type ?? null,
		direction: direction(entry),
		text: entry.text ?? entry.final_text ?? null,
		status: entry.status_string ?? entry.status ?? null,
		operatorName: entry.operator_name ?? null,
		failedDetail: entry.failed_detail ?? null,
		createdAt: entry.created ?? null,
	};
}

function direction({ owner, event_type: event }: ConversationEntry): 'in' | 'out' | null {
	if (event === 'broadcastMessage') return 'out';
	return owner === true ? 'out' : owner === false ? 'in' : null;
}
