/**
 * What WATI's documents leave open, one option each: a client has to live with every value.
 * The first value named is the default. Section numbers are those of the facts (apis/wati.md).
 */
export interface WatiBehaviour {
	/** POST contacts with a number that exists (nothing official, section 6.1). `second` makes a duplicate, so that tests see it. */
	existingContact: 'second' | 'returnExisting' | 'updateExisting' | 'refuse';
	/** An unknown contact, conversation, template or broadcast (section 6.2: 404 is not in the spec, 400 is a guess). */
	unknownContact: '400code' | '404';
	/** An unknown target among the contacts of an update: left out of the answer, or the whole batch refused (section 6.3). */
	unknownInBatch: 'omit' | 'refuse';
	/** Attributes that an update does not list (section 6.3). */
	customParams: 'merge' | 'replace';
	/** An attribute called `name` in an update: an attribute like any other, or the contact's name (section 6.3). */
	nameAttribute: 'kept' | 'renames';
	/** A session message outside of the 24 hours (section 6.4). */
	closedWindow: '200failed' | 'refuse';
	/** A contact id as conversation target: DOC-2.6 forbids it, older pages allow it with 409 when several conversations are open (section 2). */
	contactIdAsConversation: 'refuse' | 'accept';
	/** A template that is not approved, an unknown channel: HTTP 200 with `success:false`, or 400 (section 3). */
	templateRefusal: '200' | '400';
	/** `scheduled_at` in the past (section 6.12). */
	pastSchedule: 'accept' | 'refuse';
	/** Do the new teams take the place of the old ones? v1 says so, v3 says nothing (section 6.14). */
	assignTeams: 'replace' | 'add';
	/** What `added` / `removed` say of a tag that was there already / was not there (section 7). */
	tagNoop: false | true;
	/** Order of the messages list (section 7). */
	messageOrder: 'newestFirst' | 'oldestFirst';
	/** Items of the messages list as measured by TATVA, or with the OAS example's `status` and `local_message_id` (section 7). */
	messageItems: 'measured' | 'described';
	/** Name of the list in GET conversations, which no source shows (section 7). */
	conversationListKey: 'conversation_list' | 'conversations';
	/** POST conversations/typingIndicator is known from one client only (section 7). */
	typingIndicator: 'works' | '404';
	/** Content-Type of media; sources disagree (section 6.7). */
	mediaContentType: 'octetStream' | 'real';
	/** Body of a 401 (section 3). */
	unauthorizedBody: 'text' | 'empty';
	/** A webhook URL that is registered already (section 8: may be refused). */
	repeatedWebhookUrl: 'refuse' | 'accept';
}

export const defaultBehaviour: WatiBehaviour = {
	existingContact: 'second',
	unknownContact: '400code',
	unknownInBatch: 'omit',
	customParams: 'merge',
	nameAttribute: 'kept',
	closedWindow: '200failed',
	contactIdAsConversation: 'refuse',
	templateRefusal: '200',
	pastSchedule: 'accept',
	assignTeams: 'replace',
	tagNoop: false,
	messageOrder: 'newestFirst',
	messageItems: 'measured',
	conversationListKey: 'conversation_list',
	typingIndicator: 'works',
	mediaContentType: 'octetStream',
	unauthorizedBody: 'text',
	repeatedWebhookUrl: 'refuse',
};

/** How webhooks are delivered. WATI: up to 144 attempts, 10 minutes apart (section 8); here few and fast. */
export interface WebhookDelivery {
	attempts: number;
	everyMs: number;
	timeoutMs: number;
	/** Failed attempts in a row after which a webhook turns "Defective". */
	defectiveAfter: number;
	/** Webhooks an account may have. The real number is not documented. */
	limit: number;
}

export const defaultDelivery: WebhookDelivery = {
	attempts: 3,
	everyMs: 20,
	timeoutMs: 2000,
	defectiveAfter: 100,
	limit: 10,
};
