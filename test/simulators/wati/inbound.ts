import type { Account } from './account';
import type { Media, Message } from './records';

/** What a customer sends. */
export interface Received {
	/** Digits with country code. */
	phone: string;
	text?: string;
	/** `text` unless there is media or another type is given. */
	type?: string;
	media?: Media;
	/** Name of the sender's WhatsApp profile, used when the contact is new. */
	name?: string;
	bsuid?: string;
	/** Number of the channel; the default one when left out. */
	channelNumber?: string;
	at?: Date;
	/** Fields of the webhook that take the place of the usual ones, such as `interactiveButtonReply`. */
	fields?: Record<string, unknown>;
}

/** Puts an inbound message into the customer's conversation, which opens the window of 24 hours. */
export function receiveMessage(account: Account, received: Received): { message: Message; isNewContact: boolean } {
	const { phone, text = null, media = null, name = phone, bsuid = null } = received;
	const channel = received.channelNumber ? account.channel(received.channelNumber) : account.defaultChannel;
	if (!channel) throw new Error(`There is no channel ${received.channelNumber}`);
	const known = account.contactByPhone(phone);
	const contact = known ?? account.addContact({ phone, name, bsuid });
	const conversation =
		account.conversationsOf(contact, channel).at(-1) ?? account.addConversation(contact, { channel });
	const created = received.at ?? account.now();
	conversation.lastInboundAt = created;
	if (conversation.status === 'solved') conversation.status = 'open';
	const type = received.type ?? media?.mimeType.split('/')[0] ?? 'text';
	const message = account.addMessage(conversation, {
		type: type === 'application' ? 'document' : type,
		// For documents the text is the file's name (section 8).
		text: text ?? (type === 'application' ? (media?.fileName ?? null) : null),
		media,
		owner: false,
		created,
	});
	return { message, isNewContact: !known };
}
