import { defaultCountryOption, optionsField, returnAllFields, simplifyField } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';
import { readTarget, targetField } from '../../shared/target';
import { simpleEntry } from './simplify';

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many messages of conversation',
	description: 'Retrieve the messages, templates and status changes of a conversation',
	fields: [
		targetField('conversation', 'Whose conversation to read'),
		...returnAllFields,
		simplifyField,
		optionsField([defaultCountryOption]),
	],
	concurrency: 2,
	async execute(session, item) {
		const target = readTarget(session, item, 'conversation').value;
		const entries = await session.wati.listMessages(session.client, target, readLimit(item));
		return item.flag('simplify', 'Simplify') ? entries.map(simpleEntry) : entries;
	},
};
