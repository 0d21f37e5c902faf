/** One thing that happens in WATI. */
interface EventFact {
	/** As the workflow knows it, in `event` of the output. */
	value: string;
	/** As people call it. */
	name: string;
	/** What WATI calls it in a registration and in `eventType`, without endings. */
	wati: string;
	/** WATI tells it twice, plain and with the ending `_v2`; only the second carries `localMessageId`. */
	twin?: true;
	/** There is a `_bsuid` variant, which always carries the business-scoped user id. */
	bsuid?: true;
	/** The same `id` may come again with other facts, or there is none: repeats are known by the whole payload. */
	known?: 'byPayload';
	/** What it says is in fields that messages don't have. */
	ownFields?: true;
}

const WITH_OWN_FIELDS = { known: 'byPayload', ownFields: true } as const;

/**
 * WATI's events. Sources: apis/wati.md, section 8, for the messages; WATI's reference ("CTA URL Clicked", "Template Status Update",
 * "WABA Account Content Updated", "Phone Number Deleted", "Business Capability Updated") and support articles 15068845 and 15068969 for the rest.
 */
export const EVENTS = [
	{ value: 'messageReceived', name: 'Message Received', wati: 'message', bsuid: true },
	{ value: 'newContact', name: 'New Contact', wati: 'newContactMessageReceived', bsuid: true },
	{ value: 'sessionMessageSent', name: 'Session Message Sent', wati: 'sessionMessageSent', twin: true, bsuid: true },
	{ value: 'sessionMessageFailed', name: 'Session Message Failed', wati: 'sessionMessageFailed', bsuid: true },
	{ value: 'templateMessageSent', name: 'Template Message Sent', wati: 'templateMessageSent', twin: true, bsuid: true },
	{ value: 'templateMessageFailed', name: 'Template Message Failed', wati: 'templateMessageFailed', bsuid: true },
	{ value: 'messageDelivered', name: 'Message Delivered', wati: 'sentMessageDELIVERED', twin: true, bsuid: true },
	{ value: 'messageRead', name: 'Message Read', wati: 'sentMessageREAD', twin: true, bsuid: true },
	{ value: 'messageReplied', name: 'Message Replied', wati: 'sentMessageREPLIED', twin: true, bsuid: true },
	{ value: 'linkClicked', name: 'Link Clicked', wati: 'ctaUrlClicked', ...WITH_OWN_FIELDS },
	{ value: 'templateStatusUpdated', name: 'Template Status Updated', wati: 'templateReviewed', ...WITH_OWN_FIELDS },
	{
		value: 'templateQualityUpdated',
		name: 'Template Quality Updated',
		wati: 'templateQualityUpdated',
		...WITH_OWN_FIELDS,
	},
	{
		value: 'templateCategoryUpdated',
		name: 'Template Category Updated',
		wati: 'templateCategoryUpdated',
		...WITH_OWN_FIELDS,
	},
	{ value: 'accountReviewed', name: 'Account Review Updated', wati: 'wabaStatusReviewUpdate', ...WITH_OWN_FIELDS },
	{ value: 'accountUpdated', name: 'Account Updated', wati: 'accountUpdated', ...WITH_OWN_FIELDS },
	{ value: 'accountDeleted', name: 'Account Deleted', wati: 'accountDeleted', ...WITH_OWN_FIELDS },
	{ value: 'phoneNumberDeleted', name: 'Phone Number Deleted', wati: 'phoneNumberDeleted', ...WITH_OWN_FIELDS },
	{
		value: 'businessCapabilityUpdated',
		name: 'Business Capability Updated',
		wati: 'businessCapabilityUpdated',
		...WITH_OWN_FIELDS,
	},
] as const satisfies readonly EventFact[];

/** Which of WATI's names a delivered event has. */
export interface EventName {
	/** `event` of the output: a value of {@link EVENTS}, or WATI's own name without endings. */
	event: string;
	/** Repeats are known by the `id`, or by the whole payload. */
	known: 'byId' | 'byPayload';
	/** What it says is in fields that messages don't have. */
	hasOwnFields: boolean;
}

/** `templateMessageSent`, `..._v2`, `..._bsuid` and `..._v2_bsuid` are one event. */
export function readEventName(eventType: string): EventName {
	const wati = withoutEndings(eventType);
	const fact: EventFact | undefined = EVENTS.find((candidate) => candidate.wati.toLowerCase() === wati.toLowerCase());
	if (!fact) return { event: wati, known: 'byPayload', hasOwnFields: true };
	return { event: fact.value, known: fact.known ?? 'byId', hasOwnFields: fact.ownFields ?? false };
}

export function withoutEndings(eventType: string): string {
	return eventType.trim().replace(/(_v2)?(_bsuid)?$/i, '');
}

export interface NamesToRegister {
	/** One of each pair of twins: the one that tells more. */
	preferred: string[];
	/** Where an account has no names ending in `_v2`. */
	plain: string[];
}

/**
 * What to register for the chosen events.
 * @param values of {@link EVENTS}.
 * @param others names of WATI as typed.
 * @param bsuid whether to ask for the variants with the business-scoped user id.
 */
export function namesToRegister(values: readonly string[], others: readonly string[], bsuid: boolean): NamesToRegister {
	const facts: EventFact[] = EVENTS.filter(({ value }) => values.includes(value));
	const names = (twins: boolean): string[] => {
		const chosen = facts.map(
			(fact) => fact.wati + (fact.twin && twins ? '_v2' : '') + (fact.bsuid && bsuid ? '_bsuid' : ''),
		);
		return [...new Set([...chosen, ...others])].sort();
	};
	return { preferred: names(true), plain: names(false) };
}
