import { CONTACT_FIELDS } from './contactFields';
import type { DuplicateRule } from './duplicateRules';
import type { SalesforceError } from './errors';
import { FieldTable, readValue, type FieldValue, type ReadValue, type StoredRecord } from './fields';
import { IdFactory, KEY_PREFIX, normalizeId, type ObjectWithIds } from './ids';
import { ACCOUNT_FIELDS, LEAD_FIELDS, USER_FIELDS } from './otherObjects';

export interface OrgUser {
	id: string;
	username: string;
	password: string;
	name: string;
	email: string;
}

/** A rule of the admin's own; the row is refused when `refuses` says so. */
export interface ValidationRule {
	message: string;
	/** The field it is shown at; at the top of the page when left out. */
	field?: string;
	refuses(record: StoredRecord): boolean;
}

/** Refuses rows that `when` picks, `times` times; how locked rows and other row troubles are made. */
export interface RowFault {
	when(row: { id?: string; values: StoredRecord }): boolean;
	error: SalesforceError;
	times: number;
}

/** How the org behaves; can be changed at any time. */
export interface OrgSettings {
	newestVersion: number;
	/** Requests a day; 403 beyond it. */
	dailyApiRequests: number;
	/** Rows in one page of a query. */
	queryPage: number;
	/** `notForRest`: a 401 that a refresh does not cure and that says so; `always`: one that does not say so. */
	unauthorized: 'no' | 'notForRest' | 'always';
	duplicateRules: DuplicateRule[];
	/** Whether rows of a collection carry `duplicateResult`; not known of the real API (A7), so both can be had. */
	duplicateResultInRows: boolean;
	validationRules: ValidationRule[];
	/** Picklist values that exist but that the record type refuses, by field. */
	refusedByRecordType: Record<string, string[]>;
	/** Whether a value of the wrong JSON type fails its row only, or the whole collections request (the reading taken here). */
	badJsonTypeFails: 'row' | 'request';
	/** Queries and collections among the subrequests of one composite request. */
	compositeQueries: number;
	/** The org keeps addresses in lower case. */
	lowercaseEmails: boolean;
	now: () => Date;
}

/** What an org does when nobody has set anything. */
export const DEFAULT_SETTINGS: OrgSettings = {
	newestVersion: 68,
	dailyApiRequests: 100_000,
	queryPage: 2000,
	unauthorized: 'no',
	duplicateRules: [],
	duplicateResultInRows: false,
	validationRules: [],
	refusedByRecordType: {},
	badJsonTypeFails: 'request',
	compositeQueries: 5,
	lowercaseEmails: false,
	now: () => new Date(),
};

/** An object of the org as queries and describe see it. */
export interface OrgObject {
	name: string;
	label: string;
	labelPlural: string;
	keyPrefix: string;
	writable: boolean;
	fields: FieldTable;
	records: Map<string, StoredRecord>;
	deleted: Map<string, StoredRecord>;
}

/** What was done to contacts, and how many queries were run. */
export interface Activity {
	created: number;
	updated: number;
	deleted: number;
	queries: number;
}

/** Records, metadata and settings of one org. */
export class Org {
	readonly ids = new IdFactory();
	readonly organizationId = this.ids.next('Organization');
	readonly users: OrgUser[] = [];
	readonly objects: OrgObject[];
	readonly contact: OrgObject;
	readonly activity: Activity = { created: 0, updated: 0, deleted: 0, queries: 0 };
	readonly locators = new Map<string, { rows: unknown[]; page: number }>();
	rowFaults: RowFault[] = [];
	usedRequests = 0;
	settings: OrgSettings;
	private contactNumber = 0;

	constructor(settings: Partial<OrgSettings>, users: Array<Omit<OrgUser, 'id'>>) {
		this.settings = { ...DEFAULT_SETTINGS, ...settings };
		this.contact = object('Contact', 'Contacts', CONTACT_FIELDS, true);
		this.objects = [
			this.contact,
			object('Account', 'Accounts', ACCOUNT_FIELDS, false),
			object('User', 'Users', USER_FIELDS, false),
			object('Lead', 'Leads', LEAD_FIELDS, false),
		];
		for (const user of users) {
			const id = this.put('User', { Name: user.name, Username: user.username, Email: user.email, IsActive: true });
			this.users.push({ ...user, id });
		}
	}

	/** The object with that name, whatever its case. */
	object(name: string): OrgObject | undefined {
		return this.objects.find((one) => one.name.toLowerCase() === name.toLowerCase());
	}

	/** A record of the object, by an id of 15 or 18 characters. */
	record(objectName: string, id: string): StoredRecord | undefined {
		return this.object(objectName)?.records.get(normalizeId(id) ?? '');
	}

	/** Stores a record as it stands, without asking any rule; returns its id. */
	put(objectName: ObjectWithIds, values: StoredRecord): string {
		const target = this.object(objectName);
		if (!target) throw new Error(`There is no object ${objectName}`);
		const id = this.ids.next(objectName);
		const named = Object.entries(values).map(([name, value]): [string, FieldValue] => {
			const definition = target.fields.find(name);
			if (!definition) throw new Error(`${objectName} has no field ${name}`);
			return [definition.name, value];
		});
		target.records.set(id, { ...defaults(target), ...Object.fromEntries(named), Id: id });
		return id;
	}

	/** All fields of a contact as a reader sees them, with the computed ones. */
	shown(record: StoredRecord, target: OrgObject = this.contact): Record<string, ReadValue> {
		return Object.fromEntries(target.fields.list.map((one) => [one.name, readValue(record, one)]));
	}

	/** Values for a new contact that nobody sends. */
	systemValues(userId: string): StoredRecord {
		const now = timestamp(this.settings.now());
		this.contactNumber++;
		const values: StoredRecord = {
			OwnerId: userId,
			CreatedById: userId,
			CreatedDate: now,
			LastModifiedById: userId,
			LastModifiedDate: now,
			SystemModstamp: now,
			Contact_Number__c: `C-${String(this.contactNumber).padStart(5, '0')}`,
		};
		return Object.fromEntries(Object.entries(values).filter(([name]) => this.contact.fields.find(name)));
	}
}

/** A date-time as the API writes it; fractions of a second are always zero. */
export const timestamp = (date: Date): string => `${date.toISOString().slice(0, 19)}.000+0000`;

const defaults = (target: OrgObject): StoredRecord =>
	Object.fromEntries(
		target.fields.list.filter((one) => !one.compute).map((one): [string, FieldValue] => [one.name, one.defaultValue]),
	);

function object(
	name: 'Contact' | 'Account' | 'User' | 'Lead',
	labelPlural: string,
	fields: ConstructorParameters<typeof FieldTable>[0],
	writable: boolean,
): OrgObject {
	return {
		name,
		label: name,
		labelPlural,
		keyPrefix: KEY_PREFIX[name],
		writable,
		fields: new FieldTable(fields),
		records: new Map(),
		deleted: new Map(),
	};
}
