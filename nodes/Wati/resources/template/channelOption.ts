import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../../shared/itemParameters';

export const channelOption: INodeProperties = {
	displayName: 'Channel Name or ID',
	name: 'channel',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getChannels' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Channel name, or number as digits; `undefined` stands for the account's default, which WATI wants left out. */
export function readChannel(item: ItemParameters): string | undefined {
	return item.optionText('channel')?.replace(/^\+(?=\d+$)/, '');
}
