import type { Channel, Contact, Conversation } from './records';
import { badRequest, notFound, Refusal } from './refusal';
import { phoneDigits } from './validation';
import type { World } from './world';

type Kind = 'id' | 'phone' | 'bsuid';
interface Target {
	channel: Channel | undefined;
	kind: Kind;
	value: string;
}

const forms: Array<[Kind, RegExp]> = [
	['id', /^[0-9a-f]{24}$/i],
	['phone', phoneDigits],
	['bsuid', /^[A-Z]{2}\.[A-Za-z0-9]+$/],
];

/** Reads `id`, `phone`, `BSUID`, each also behind `channel:` (section 2). */
export function parseTarget(world: World, target: string): Target {
	const colon = target.lastIndexOf(':');
	const value = target.slice(colon + 1);
	if (value.startsWith('+')) throw badRequest('Target: a phone number has its country code, and no +');
	const kind = forms.find(([, form]) => form.test(value))?.[0];
	if (!kind) throw badRequest('Target is invalid');
	return { channel: colon < 0 ? undefined : channelNamed(world, target.slice(0, colon)), kind, value };
}

/** Refused with 400, also when it is an empty text (section 2: a number that can't be found). */
export function channelNamed(world: World, nameOrNumber: string): Channel {
	const channel = world.account.channel(nameOrNumber);
	if (!channel) throw badRequest('Channel not found');
	return channel;
}

export const unknown = (world: World, what: string): Refusal =>
	world.behaviour.unknownContact === '404' ? notFound(`${what} not found`) : badRequest(`${what} not found`);

/** `undefined` when the form is right and nobody is known by it. */
export function findContact(world: World, { kind, value }: Target): Contact | undefined {
	const { account } = world;
	if (kind === 'id') return account.contacts.get(value.toLowerCase());
	return kind === 'phone' ? account.contactByPhone(value) : account.contactByBsuid(value);
}

export function contactAt(world: World, target: string): Contact {
	const contact = findContact(world, parseTarget(world, target));
	if (!contact) throw unknown(world, 'Contact');
	return contact;
}

/** Chatbots take no BSUID (section 2). */
export function chatbotContactAt(world: World, target: string): Contact {
	if (parseTarget(world, target).kind === 'bsuid') throw badRequest('Target is invalid');
	return contactAt(world, target);
}

/** All conversations that a target means, newest first; a phone without channel means those of all channels. */
export function conversationsAt(world: World, target: string): Conversation[] {
	const { account, behaviour } = world;
	const parsed = parseTarget(world, target);
	const { channel, kind, value } = parsed;
	if (kind === 'id' && !channel) {
		const conversation = account.conversations.get(value.toLowerCase());
		if (conversation) return [conversation];
	}
	if (kind === 'id' && behaviour.contactIdAsConversation === 'refuse') throw unknown(world, 'Conversation');
	const contacts =
		kind === 'phone' ? account.contactsByPhone(value) : [findContact(world, parsed)].filter((contact) => !!contact);
	const found = contacts.flatMap((contact) => account.conversationsOf(contact, channel));
	if (found.length === 0) throw unknown(world, 'Conversation');
	if (kind === 'id' && !channel && found.filter(isOpen).length > 1) {
		throw new Refusal(409, 409, 'The contact has several open conversations: name the channel');
	}
	return found.sort((a, b) => b.created.getTime() - a.created.getTime() || (b.id > a.id ? 1 : -1));
}

/** The most recent open conversation; if none is open the most recent one. */
export function conversationAt(world: World, target: string): Conversation {
	const found = conversationsAt(world, target);
	const conversation = found.find(isOpen) ?? found[0];
	if (!conversation) throw unknown(world, 'Conversation');
	return conversation;
}

/**
 * The conversation a session message goes into. A phone without channel sends from the default number (section 2).
 * A contact that never wrote gets a conversation whose 24 hours have not begun.
 */
export function sendingConversation(world: World, target: string): Conversation {
	const parsed = parseTarget(world, target);
	if (parsed.kind === 'id') return conversationAt(world, target);
	const contact = findContact(world, parsed);
	if (!contact) throw unknown(world, 'Contact');
	const channel = parsed.channel ?? world.account.defaultChannel;
	const found = world.account.conversationsOf(contact, channel);
	return (
		found.findLast(isOpen) ?? found.at(-1) ?? world.account.addConversation(contact, { channel, windowOpen: false })
	);
}

const isOpen = ({ status }: Conversation): boolean => status === 'open' || status === 'pending';
