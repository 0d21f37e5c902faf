import type { DeliveredEvent } from './delivered';
import { readEventName, withoutEndings } from './events';
import type { TriggerSettings } from './settings';

/**
 * Whether an event is one that the builder wants.
 * @param addressChannel the number that the request's address was registered for.
 */
export function isWanted(
	event: DeliveredEvent,
	settings: TriggerSettings,
	addressChannel: string | undefined,
): boolean {
	return (
		isChosen(event, settings) &&
		isOnChannel(event.fields.channelPhoneNumber ?? addressChannel, settings) &&
		hasKeyword(event, settings)
	);
}

/** More comes than was chosen: WATI can't take back what an earlier version of the workflow has registered. */
function isChosen({ fields }: DeliveredEvent, { events, otherEvents }: TriggerSettings): boolean {
	const { event } = readEventName(fields.eventType);
	// What the team itself has written is not "received", whatever WATI calls it; a workflow that answers would answer itself.
	if (event === 'messageReceived' && fields.owner === true) return false;
	if (events.includes(event)) return true;
	const name = withoutEndings(fields.eventType).toLowerCase();
	return otherEvents.some((other) => withoutEndings(other).toLowerCase() === name);
}

/** An event that doesn't tell its channel is kept: most status events don't. */
function isOnChannel(channel: string | undefined, { channels }: TriggerSettings): boolean {
	return channel === undefined || channels.length === 0 || channels.includes(channel);
}

/** Keywords are looked for in messages only; button and list replies count as what was written. */
function hasKeyword({ fields }: DeliveredEvent, { keywords, keywordMatch }: TriggerSettings): boolean {
	if (keywords.length === 0 || readEventName(fields.eventType).event !== 'messageReceived') return true;
	const replies = [fields.buttonReply, fields.interactiveButtonReply, fields.listReply];
	const texts = [fields.text, ...replies.map((reply) => reply?.title ?? reply?.text)];
	return texts.some(
		(text) =>
			text !== undefined && keywords.some((keyword) => MATCH[keywordMatch](comparable(text), comparable(keyword))),
	);
}

const MATCH: Record<TriggerSettings['keywordMatch'], (text: string, keyword: string) => boolean> = {
	contains: (text, keyword) => text.includes(keyword),
	startsWith: (text, keyword) => text.trimStart().startsWith(keyword),
	wholeWord: (text, keyword) =>
		new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(keyword)}(?![\\p{L}\\p{N}_])`, 'u').test(text),
};

/** Without case, and with one way of writing accents. */
const comparable = (text: string): string => text.normalize('NFC').toLowerCase();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
