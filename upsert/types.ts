/** A value as a contact holds it. Dates and date-times are ISO 8601 text; a choice of several options is a list. */
export type FieldValue = string | number | boolean | null | string[];

/** Values by field id. A Map, because field ids come from outside and may be `__proto__` or `constructor`. */
export type FieldValues = ReadonlyMap<string, FieldValue>;

/** How two values of a field are compared (changes.ts). Email, phone, address of a page, picklist: all `text`. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'dateTime' | 'list';

export interface FieldInfo {
	id: string;
	/** The name the builder knows the field by. */
	label: string;
	type: FieldType;
}

/** What a contact is found by. */
export interface ContactKey {
	field: string;
	label: string;
	/** As the builder gave it. */
	value: string;
	/** Normalised: two keys with equal `compare` mean the same contact, so never two contacts are made for them. */
	compare: string;
}

/** One input item, already checked: nothing required is missing and every value fits its field. */
export interface ContactInput {
	itemIndex: number;
	key: ContactKey;
	/** May hold the key field too: it is written on create, and left alone on update since the contact was found by it. */
	values: FieldValues;
	/** An empty summary is never written, not even where empty values clear a field. */
	summary?: { field: string; value: string };
}

/** A contact as the vendor holds it. */
export interface StoredContact {
	/** Empty only for a contact that a dry run has made. */
	id: string;
	fields: FieldValues;
	/** ISO 8601 with an offset. */
	createdAt?: string;
	modifiedAt?: string;
	/** The user who made it, in the same notation as `Origin.userId`. */
	createdBy?: string;
}

/** How a contact made by this integration is recognised later. */
export type Origin =
	{ kind: 'marker'; field: string; value: string } | { kind: 'connectedUser'; userId: string } | { kind: 'none' };

/** The builder's choices. */
export interface UpsertPolicy {
	allowCreate: boolean;
	allowUpdate: boolean;
	/** The summary is saved even where the other fields of an existing contact must not be touched. */
	alwaysSaveSummary: boolean;
	severalMatch: 'reject' | 'oldest' | 'newest' | 'skip';
	emptyValues: 'ignore' | 'clear';
	origin: Origin;
	dryRun: boolean;
}

/** Why an item, a look-up or a write did not succeed, in the builder's words. */
export interface Problem {
	message: string;
	/** What to do about it. */
	description?: string;
	/** Id of the field it is about. */
	field?: string;
	/** The vendor's own code. */
	code?: string;
	/** It may have been done all the same: nobody can tell. */
	outcomeUnknown?: boolean;
	cause?: unknown;
}

export type FindResult = { ok: true; contacts: StoredContact[] } | { ok: false; problem: Problem };

export type WriteResult =
	| {
			ok: true;
			id: string;
			/**
			 * What the vendor says it stored, as far as it says so. Where a field still has its old value, the outcome
			 * warns that it was not changed; the directory need not.
			 */
			fields?: FieldValues;
			warnings?: string[];
	  }
	| {
			ok: false;
			problem: Problem;
			/** A create that may have happened: its answer was lost. The engine then looks the key up again. */
			outcomeUnknown?: boolean;
	  };

export interface NewContact {
	key: ContactKey;
	values: FieldValues;
}

export interface ContactChange {
	key: ContactKey;
	/** As it was found, for vendors that want the whole contact in an update. */
	contact: StoredContact;
	/** Only what differs; null clears the field. */
	values: FieldValues;
}

/**
 * A vendor's contacts, as the engine needs them.
 * A directory batches, retries and limits its calls by itself, and answers with one result for each argument, in order.
 * What goes wrong is a result, not an exception.
 */
export interface ContactDirectory {
	/** How to compare and call the fields; a field that is not listed is text under its id. */
	readonly fields: readonly FieldInfo[];
	/**
	 * All contacts that have each key, with at least the named fields.
	 * A look-up that went wrong is a problem, never an empty list: an empty list makes the engine create. For the same
	 * reason it reads what is stored, not a search index that lags behind.
	 */
	find(keys: readonly ContactKey[], fieldIds: readonly string[]): Promise<FindResult[]>;
	/**
	 * What a write of these values would be refused for without being sent, as far as the look-ups have shown; a dry run
	 * asks it in the place of the write.
	 */
	check?(values: FieldValues): Problem | undefined;
	/** What a write of these values that succeeds warns of in any case; a dry run says the same. */
	warnings?(values: FieldValues): string[];
	create(contacts: readonly NewContact[]): Promise<WriteResult[]>;
	update(changes: readonly ContactChange[]): Promise<WriteResult[]>;
}

export type SkipReason = 'creationOff' | 'updatesOff' | 'severalMatches';

/** What comes out for an item, the same for every vendor. */
export interface Outcome {
	action: 'created' | 'updated' | 'summaryUpdated' | 'unchanged' | 'skipped';
	/** Only with `skipped`. */
	reason: SkipReason | null;
	/** Null where there is no contact, or where a dry run would make it. */
	id: string | null;
	matchedBy: { field: string; value: string };
	createdByThisIntegration: boolean;
	changedFields: Record<string, { from: FieldValue; to: FieldValue }>;
	warnings: string[];
	dryRun: boolean;
	/** The id and the mapped fields as they stand now; empty where there is no contact. */
	contact: Record<string, FieldValue>;
}

export type ItemResult =
	{ ok: true; itemIndex: number; outcome: Outcome } | { ok: false; itemIndex: number; error: Problem };
