/** The states a conversation can be set to (WATI OpenAPI v3, PUT /conversations/{target}/status). */
export const CONVERSATION_STATUSES = ['open', 'pending', 'solved', 'block'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** Channel types of GET /conversations; `whatsapp` leaves groups out. */
export const CHANNEL_TYPES = [
	'instagram',
	'messenger',
	'rcs',
	'tiktok',
	'webchat',
	'whatsapp',
	'whatsapp_group',
] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];
