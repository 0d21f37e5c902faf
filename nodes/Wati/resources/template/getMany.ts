import { optionsField, returnAllFields, simplifyField } from '../../../shared/fields';
import { readChannel } from '../../shared/channel';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';
import { channelOption } from './channelOption';
import { simpleTemplate } from './simplify';

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many templates',
	description: 'Retrieve the templates of the account',
	fields: [
		...returnAllFields,
		simplifyField,
		optionsField([
			channelOption,
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Approved', value: 'APPROVED' },
					{ name: 'Archived', value: 'ARCHIVED' },
					{ name: 'Deleted', value: 'DELETED' },
					{ name: 'Disabled', value: 'DISABLED' },
					{ name: 'Error', value: 'ERROR' },
					{ name: 'Limit Exceeded', value: 'LIMIT_EXCEEDED' },
					{ name: 'Paused', value: 'PAUSED' },
					{ name: 'Pending', value: 'PENDING' },
					{ name: 'Pending Deletion', value: 'PENDING_DELETION' },
					{ name: 'Rejected', value: 'REJECTED' },
				],
				default: 'APPROVED',
				description: 'Only templates of this status',
			},
		]),
	],
	async execute({ client, wati }, item) {
		const filter = { channel: readChannel(item), status: item.optionText('status'), limit: readLimit(item) };
		const templates = await wati.listTemplates(client, filter);
		return item.flag('simplify', 'Simplify') ? templates.map(simpleTemplate) : templates;
	},
};
