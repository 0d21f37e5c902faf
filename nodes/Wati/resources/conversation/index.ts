import type { WatiResource } from '../../shared/session';
import { addTag } from './addTag';
import { assignOperator } from './assignOperator';
import { getMany } from './getMany';
import { removeTag } from './removeTag';
import { updateStatus } from './updateStatus';

export const conversation: WatiResource = {
	value: 'conversation',
	name: 'Conversation',
	operations: [addTag, assignOperator, getMany, removeTag, updateStatus],
	defaultOperation: updateStatus,
};
