/** The account's records as the simulator holds them; what goes over the wire is made from them by the resource files. */

export interface Contact {
	id: string;
	/** Digits with country code; `null` for a contact known by BSUID only. */
	phone: string | null;
	name: string;
	created: Date;
	lastUpdated: Date;
	/** Custom attributes by name. */
	attributes: Map<string, string>;
	teams: string[];
	channelId: string | null;
	channelType: string;
	optedIn: boolean;
	allowBroadcast: boolean;
	allowSms: boolean;
	bsuid: string | null;
	username: string | null;
}

/** The first channel is the default one. WATI gives the default of a single-number account no id (section 7). */
export interface Channel {
	id: string | null;
	name: string;
	/** The sending number, digits. */
	number: string;
}

export type ConversationStatus = 'open' | 'solved' | 'pending' | 'block';

export interface Conversation {
	id: string;
	contactId: string;
	channel: Channel;
	channelType: string;
	status: ConversationStatus;
	/** `null` is the bot. */
	operatorEmail: string | null;
	tags: Set<string>;
	created: Date;
	/** When the customer last wrote, which opens the window of 24 hours; `null` if never. */
	lastInboundAt: Date | null;
	/** Oldest first. */
	messages: Message[];
}

/** Media that is generated when it is read, so that 100 MB need no memory. */
export interface Media {
	fileName: string;
	mimeType: string;
	/** Bytes. */
	size: number;
	/** Real bytes instead of generated ones. */
	content?: Buffer;
	/** WATI has thrown it away: 400 with code 5004. */
	gone?: boolean;
	/** The answer carries Content-Length; yes when left out. */
	declaresLength?: boolean;
	/** The connection breaks after so many bytes. */
	breaksAfter?: number;
}

/** What was uploaded; the bytes themselves are counted and hashed, not kept. */
export interface Upload {
	fileName: string;
	mimeType: string;
	size: number;
	sha256: string;
}

export interface Message {
	id: string;
	conversationId: string;
	ticketId: string;
	eventType: 'message' | 'ticket' | 'broadcastMessage';
	/** A word for messages, a number for tickets, nothing for broadcasts (section 7). */
	type: string | number | null;
	/** True when the account wrote it; `null` for tickets and broadcasts. */
	owner: boolean | null;
	text: string | null;
	finalText: string | null;
	status: 'SENT' | 'Delivered' | 'Read' | 'Replied' | 'Failed';
	failedCode: string | null;
	failedDetail: string | null;
	localMessageId: string | null;
	whatsappMessageId: string;
	operatorName: string | null;
	created: Date;
	media: Media | null;
	upload: Upload | null;
	/** The body that sent it, as it was accepted. */
	request: unknown;
}

export interface Template {
	id: string;
	name: string;
	/** Code such as `en_US`. */
	language: string;
	/** APPROVED, or one of the others met: PENDING_DELETION, REJECTED, PAUSED ... */
	status: string;
	category: string;
	body: string;
	/** Named parameters with a sample each. */
	parameters: Array<{ name: string; value: string }>;
	header: { type: string; text?: string; link?: string } | null;
	footer: string | null;
	buttons: Array<{ type: string; text: string; url?: string; phoneNumber?: string }>;
	/** Number of the only channel that has it; `null` for all. */
	channelNumber: string | null;
	lastModified: Date;
}

export type RecipientStatus = 'PENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'REPLIED' | 'FAILED';

export interface BroadcastRecipient {
	id: string;
	contactId: string;
	contactName: string;
	phone: string | null;
	bsuid: string | null;
	status: RecipientStatus;
	failedCode: string | null;
	localMessageId: string;
	messageId: string | null;
	customParams: Array<{ name: string; value: string }>;
	/** The body with its parameters filled in; a parameter that was not given, or given by position, stays blank. */
	text: string;
	created: Date;
}

export interface Broadcast {
	id: string;
	name: string;
	/** `scheduled`, `processing`, `completed`: examples, there is no enum. */
	status: string;
	templateId: string;
	channel: Channel;
	created: Date;
	lastUpdated: Date;
	scheduledAt: Date;
	recipients: BroadcastRecipient[];
}

export interface Chatbot {
	id: string;
	name: string;
	created: Date;
}

export interface Operator {
	email: string;
	name: string;
}

export interface Credits {
	credit: number;
	welcomeCredit: number;
	freeConversations: number;
	currency: string;
	autoCharge: boolean;
}

export interface Webhook {
	id: string;
	channel: Channel;
	url: string;
	/** 0 Disabled, 1 Enabled, 2 Defective. */
	status: number;
	eventTypes: string[];
	created: Date;
	lastUpdated: Date;
	/** Failed attempts in a row. */
	failures: number;
}
