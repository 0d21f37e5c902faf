import { createHash, randomUUID } from 'node:crypto';

import type { Token } from './access';
import type {
	Broadcast,
	Channel,
	Chatbot,
	Contact,
	Conversation,
	Credits,
	Message,
	Operator,
	Template,
	Webhook,
} from './records';

const WINDOW_MS = 24 * 60 * 60 * 1000;

type ContactInput = Partial<Omit<Contact, 'attributes'>> & { attributes?: Record<string, string> };
type ConversationInput = Partial<Omit<Conversation, 'contactId' | 'tags'>> & { tags?: string[]; windowOpen?: boolean };

/** Everything one WATI account knows. Tests read the collections and change them as an operator in the dashboard would. */
export class Account {
	readonly tokens = new Map<string, Token>();
	/** The first one is the default. */
	readonly channels: Channel[] = [];
	readonly contacts = new Map<string, Contact>();
	readonly deletedContacts = new Map<string, Contact>();
	readonly conversations = new Map<string, Conversation>();
	readonly messages = new Map<string, Message>();
	readonly templates = new Map<string, Template>();
	readonly broadcasts = new Map<string, Broadcast>();
	readonly chatbots = new Map<string, Chatbot>();
	readonly chatbotStarts: Array<{ contactId: string; chatbotId: string; at: Date }> = [];
	readonly typingIndicators: Array<{ conversationId: string; at: Date }> = [];
	readonly operators = new Map<string, Operator>();
	readonly teams = new Set<string>();
	readonly tags = new Set<string>();
	readonly webhooks = new Map<string, Webhook>();
	credits: Credits = emptyCredits();
	/** Phone digits -> reason, such as `131026`: WhatsApp refuses the number; sends answer 200 and name the reason. */
	readonly unreachable = new Map<string, string>();
	/** Phone digits that template sends leave out of the answer, as WATI does with recipients it doesn't accept. */
	readonly omitted = new Set<string>();

	private readonly byPhone = new Map<string, Contact[]>();
	private readonly byContact = new Map<string, Conversation[]>();
	private minted = 0;
	private clockAheadMs = 0;

	now(): Date {
		return new Date(Date.now() + this.clockAheadMs);
	}

	/** Moves the account's clock, such as past the 24 hours of a conversation. */
	advance(ms: number): void {
		this.clockAheadMs += ms;
	}

	/** An id in WATI's form: 24 hexadecimal digits, the first two telling the kind to a human reader. */
	newId(kind: 'c0' | 'c1' | 'd0' | 'd1' | 'e0' | 'e1' | 'b0' | 'b1' | 'f0' | 'f1'): string {
		return `${kind}${(++this.minted).toString(16).padStart(22, '0')}`;
	}

	get defaultChannel(): Channel {
		const [channel] = this.channels;
		if (!channel) throw new Error('The account has no channel');
		return channel;
	}

	/** By number, or by name; the unnamed default of a single-number account is not found by its name "Default" (section 6.11). */
	channel(nameOrNumber: string): Channel | undefined {
		return this.channels.find(
			({ id, name, number }) => number === nameOrNumber || (id !== null && name === nameOrNumber),
		);
	}

	addChannel(name: string, number: string): Channel {
		const channel = { id: this.newId('f0'), name, number };
		this.channels.push(channel);
		return channel;
	}

	addContact(input: ContactInput = {}): Contact {
		const { attributes, ...given } = input;
		const created = this.now();
		const contact: Contact = {
			id: this.newId('c0'),
			phone: null,
			name: given.phone ?? 'Unnamed',
			created,
			lastUpdated: created,
			teams: [],
			channelId: null,
			channelType: 'whatsapp',
			optedIn: true,
			allowBroadcast: true,
			allowSms: true,
			bsuid: null,
			username: null,
			...given,
			attributes: new Map(Object.entries(attributes ?? {})),
		};
		this.contacts.set(contact.id, contact);
		if (contact.phone) this.byPhone.set(contact.phone, [...this.contactsByPhone(contact.phone), contact]);
		return contact;
	}

	/** `n` contacts with the numbers 1415550000000 and up. */
	seedContacts(n: number): Contact[] {
		return Array.from({ length: n }, (_, index) =>
			this.addContact({ phone: String(1415550000000 + index), name: `Contact ${index + 1}` }),
		);
	}

	/** All contacts with that number, oldest first: more than one is a duplicate. */
	contactsByPhone(phone: string): Contact[] {
		return this.byPhone.get(phone) ?? [];
	}

	/** The one that a phone target means; of duplicates the oldest. */
	contactByPhone(phone: string): Contact | undefined {
		return this.contactsByPhone(phone)[0];
	}

	contactByBsuid(bsuid: string): Contact | undefined {
		return [...this.contacts.values()].find((contact) => contact.bsuid === bsuid);
	}

	deleteContact(contact: Contact): void {
		this.contacts.delete(contact.id);
		this.deletedContacts.set(contact.id, contact);
		if (!contact.phone) return;
		const others = this.contactsByPhone(contact.phone).filter(({ id }) => id !== contact.id);
		this.byPhone.set(contact.phone, others);
	}

	/** The customer wrote just now unless `windowOpen: false` or `lastInboundAt` is given. */
	addConversation(contact: Contact, input: ConversationInput = {}): Conversation {
		const { tags, windowOpen = true, ...given } = input;
		const conversation: Conversation = {
			id: this.newId('d0'),
			contactId: contact.id,
			channel: this.defaultChannel,
			channelType: contact.channelType,
			status: 'open',
			operatorEmail: null,
			created: this.now(),
			lastInboundAt: windowOpen ? this.now() : null,
			messages: [],
			...given,
			tags: new Set(tags),
		};
		this.conversations.set(conversation.id, conversation);
		this.byContact.set(contact.id, [...(this.byContact.get(contact.id) ?? []), conversation]);
		return conversation;
	}

	conversationsOf(contact: Contact, channel?: Channel): Conversation[] {
		const all = this.byContact.get(contact.id) ?? [];
		return channel ? all.filter((conversation) => conversation.channel === channel) : [...all];
	}

	windowIsOpen({ lastInboundAt }: Conversation): boolean {
		return lastInboundAt !== null && this.now().getTime() - lastInboundAt.getTime() < WINDOW_MS;
	}

	addMessage(conversation: Conversation, input: Partial<Message> = {}): Message {
		const id = input.id ?? this.newId('e0');
		const message: Message = {
			conversationId: conversation.id,
			ticketId: `f1${conversation.id.slice(2)}`,
			eventType: 'message',
			type: 'text',
			owner: false,
			text: null,
			finalText: null,
			status: 'SENT',
			failedCode: null,
			failedDetail: null,
			localMessageId: null,
			whatsappMessageId: `wamid.${createHash('sha256').update(id).digest('base64url').slice(0, 32)}`,
			operatorName: null,
			created: this.now(),
			media: null,
			upload: null,
			request: null,
			...input,
			id,
		};
		conversation.messages.push(message);
		this.messages.set(id, message);
		return message;
	}

	/** A status change or an assignment in the history: a number for a type, no owner, no text (section 7). */
	addTicketEvent(conversation: Conversation, type: number): Message {
		return this.addMessage(conversation, { eventType: 'ticket', type, owner: null });
	}

	addTemplate(input: Partial<Template> & { name: string }): Template {
		const template: Template = {
			id: this.newId('b0'),
			language: 'en_US',
			status: 'APPROVED',
			category: 'MARKETING',
			body: 'Hello {{name}}',
			parameters: [{ name: 'name', value: 'Ada' }],
			header: null,
			footer: null,
			buttons: [],
			channelNumber: null,
			lastModified: this.now(),
			...input,
		};
		this.templates.set(template.id, template);
		return template;
	}

	addBroadcast(input: Partial<Broadcast> & { name: string; templateId: string }): Broadcast {
		const now = this.now();
		const broadcast: Broadcast = {
			id: this.newId('b1'),
			status: 'processing',
			channel: this.defaultChannel,
			created: now,
			lastUpdated: now,
			scheduledAt: now,
			recipients: [],
			...input,
		};
		this.broadcasts.set(broadcast.id, broadcast);
		return broadcast;
	}

	addChatbot(name: string): Chatbot {
		const chatbot = { id: this.newId('e1'), name, created: this.now() };
		this.chatbots.set(chatbot.id, chatbot);
		return chatbot;
	}

	addOperator(email: string, name = email): Operator {
		const operator = { email, name };
		this.operators.set(email, operator);
		return operator;
	}

	/** A token for `Authorization: Bearer`; made up when none is given. */
	addToken(token: string = randomUUID(), { scopes = ['api'], role = 'FULL' }: Partial<Token> = {}): string {
		this.tokens.set(token, { scopes, role });
		return token;
	}

	/** Forgets all records, tokens and channels included. */
	clear(): void {
		for (const collection of [
			this.tokens,
			this.contacts,
			this.deletedContacts,
			this.conversations,
			this.messages,
			this.templates,
			this.broadcasts,
			this.chatbots,
			this.operators,
			this.teams,
			this.tags,
			this.webhooks,
			this.unreachable,
			this.omitted,
			this.byPhone,
			this.byContact,
		]) {
			collection.clear();
		}
		for (const list of [this.channels, this.chatbotStarts, this.typingIndicators]) list.length = 0;
		this.credits = emptyCredits();
		this.clockAheadMs = 0;
	}
}

const emptyCredits = (): Credits => ({
	credit: 100,
	welcomeCredit: 0,
	freeConversations: 1000,
	currency: 'USD',
	autoCharge: false,
});
