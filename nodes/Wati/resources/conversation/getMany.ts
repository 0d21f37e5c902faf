import { oneOf } from '../../../../vendors/shared/checks';
import { CHANNEL_TYPES, type ChannelType } from '../../../../vendors/wati/conversationChoices';
import { optionsField, returnAllFields, simplifyField } from '../../../shared/fields';
import { readLimit } from '../../shared/limit';
import type { WatiItemOperation } from '../../shared/session';
import { camelCased } from '../../shared/simplify';

const NAMES: Record<ChannelType, string> = {
	instagram: 'Instagram',
	messenger: 'Messenger',
	rcs: 'RCS',
	tiktok: 'TikTok',
	webchat: 'Web Chat',
	whatsapp: 'WhatsApp',
	whatsapp_group: 'WhatsApp Group',
};

export const getMany: WatiItemOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'Retrieve conversations, the newest first',
	fields: [
		...returnAllFields,
		simplifyField,
		optionsField([
			{
				displayName: 'Channel ID',
				name: 'channelId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6a9f0c1d2e3b4a5f6c7d8e9f',
				description: 'Only conversations of this channel. Account > Get Channels gives the IDs.',
			},
			{
				displayName: 'Channel Type',
				name: 'channelType',
				type: 'options',
				options: CHANNEL_TYPES.map((value) => ({ name: NAMES[value], value })),
				default: 'whatsapp',
				description: 'Only conversations of this kind of channel; WhatsApp leaves out groups',
			},
		]),
	],
	async execute({ client, wati }, item) {
		const type = item.optionText('channelType');
		const filter = {
			channelType: type === undefined ? undefined : oneOf(type, 'Channel Type', CHANNEL_TYPES),
			channelId: item.optionText('channelId'),
		};
		const conversations = await wati.listPages(client, { ...wati.conversationPages(filter), limit: readLimit(item) });
		return item.flag('simplify', 'Simplify') ? conversations.map(camelCased) : conversations;
	},
};
