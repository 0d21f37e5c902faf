/** What a field of a record can hold. Dates are `YYYY-MM-DD`, date-times `YYYY-MM-DDThh:mm:ss.000+0000`. */
export type FieldValue = string | number | boolean | null;

/** Stored values of a record by the field's own name. */
export type StoredRecord = Record<string, FieldValue>;

/** Compound values that are only ever read. */
export type ReadValue = FieldValue | Record<string, FieldValue>;

export type FieldType =
	| 'id'
	| 'string'
	| 'email'
	| 'phone'
	| 'url'
	| 'textarea'
	| 'picklist'
	| 'multipicklist'
	| 'boolean'
	| 'date'
	| 'datetime'
	| 'int'
	| 'double'
	| 'currency'
	| 'percent'
	| 'reference'
	| 'address';

export interface PicklistValue {
	active: boolean;
	defaultValue: boolean;
	label: string;
	validFor: string | null;
	value: string;
}

/** A field as describe shows it (A8), and how the simulator treats it. */
export interface FieldDefinition {
	name: string;
	label: string;
	type: FieldType;
	length: number;
	precision: number;
	scale: number;
	digits: number;
	createable: boolean;
	updateable: boolean;
	nillable: boolean;
	defaultedOnCreate: boolean;
	defaultValue: FieldValue;
	custom: boolean;
	externalId: boolean;
	idLookup: boolean;
	unique: boolean;
	caseSensitive: boolean;
	calculated: boolean;
	autoNumber: boolean;
	nameField: boolean;
	restrictedPicklist: boolean;
	picklistValues: PicklistValue[];
	referenceTo: string[];
	relationshipName: string | null;
	compoundFieldName: string | null;
	filterable: boolean;
	sortable: boolean;
	/** Makes the value of a formula or compound field; never shown by describe. */
	compute?: (record: StoredRecord) => ReadValue;
}

const TEXT_TYPES: readonly FieldType[] = ['string', 'email', 'phone', 'url', 'textarea', 'picklist', 'multipicklist'];

/** Types whose values are compared as text. */
export const isTextType = (type: FieldType): boolean => TEXT_TYPES.includes(type);

const USUAL_LENGTH: Partial<Record<FieldType, number>> = {
	id: 18,
	reference: 18,
	email: 80,
	phone: 40,
	url: 255,
	picklist: 255,
	string: 255,
	textarea: 255,
	multipicklist: 4099,
};

/** A field with the usual properties of its type; `more` says what is different. */
export function field(
	name: string,
	label: string,
	type: FieldType,
	more: Partial<FieldDefinition> = {},
): FieldDefinition {
	const length = more.length ?? USUAL_LENGTH[type] ?? 0;
	const longText = type === 'textarea' && length > 255;
	return {
		name,
		label,
		type,
		length,
		precision: 0,
		scale: 0,
		digits: 0,
		createable: true,
		updateable: true,
		nillable: type !== 'boolean',
		defaultedOnCreate: type === 'boolean',
		defaultValue: type === 'boolean' ? false : null,
		custom: name.endsWith('__c'),
		externalId: false,
		idLookup: false,
		unique: false,
		caseSensitive: false,
		calculated: false,
		autoNumber: false,
		nameField: false,
		restrictedPicklist: false,
		picklistValues: [],
		referenceTo: [],
		relationshipName: null,
		compoundFieldName: null,
		filterable: !longText && type !== 'address',
		sortable: !longText && type !== 'address' && type !== 'multipicklist',
		...more,
	};
}

/** A field the platform fills in; nobody writes it. */
export const system = (
	name: string,
	label: string,
	type: FieldType,
	more: Partial<FieldDefinition> = {},
): FieldDefinition => field(name, label, type, { createable: false, updateable: false, ...more });

/** Picklist entries whose label differs from their value are given as `value: label`. */
export const choices = (...entries: Array<string | [value: string, label: string]>): PicklistValue[] =>
	entries.map((entry) => {
		const [value, label] = typeof entry === 'string' ? [entry, entry] : entry;
		return { active: true, defaultValue: false, label, validFor: null, value };
	});

/** The fields of one object; looked up without regard to case, as the API does. */
export class FieldTable {
	private readonly byName = new Map<string, FieldDefinition>();

	constructor(definitions: readonly FieldDefinition[]) {
		for (const definition of definitions) this.add(definition);
	}

	/** In the order of describe. */
	get list(): FieldDefinition[] {
		return [...this.byName.values()];
	}

	find(name: string): FieldDefinition | undefined {
		return this.byName.get(name.toLowerCase());
	}

	/** The lookup field behind `Account` in `Account.Name`. */
	findRelationship(name: string): FieldDefinition | undefined {
		return this.list.find((one) => one.relationshipName?.toLowerCase() === name.toLowerCase());
	}

	add(definition: FieldDefinition): void {
		this.byName.set(definition.name.toLowerCase(), { ...definition });
	}

	/** As when an admin deletes the field, or takes it out of the user's sight. */
	remove(name: string): void {
		this.byName.delete(name.toLowerCase());
	}

	/** As when an admin changes the field: `change('Origin__c', { length: 20 })`. */
	change(name: string, change: Partial<FieldDefinition>): void {
		const before = this.find(name);
		if (!before) throw new Error(`There is no field ${name}`);
		this.byName.set(name.toLowerCase(), { ...before, ...change });
	}
}

/** Milliseconds of a date-time, also where its zone has no colon. */
export const parseDateTime = (text: string): number => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

/** What the record shows for a field: the stored value, or the computed one. */
export const readValue = (record: StoredRecord, definition: FieldDefinition): ReadValue =>
	definition.compute ? definition.compute(record) : (record[definition.name] ?? null);
