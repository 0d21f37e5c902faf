import type { INodeProperties } from 'n8n-workflow';

export const channelOption: INodeProperties = {
	displayName: 'Channel',
	name: 'channel',
	type: 'string',
	default: '',
	placeholder: 'e.g. 14155550100',
	description: 'Only campaigns of this channel, by its name or number',
};
