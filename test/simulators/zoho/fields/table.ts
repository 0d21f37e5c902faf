export type FieldType =
	| 'text'
	| 'textarea'
	| 'email'
	| 'phone'
	| 'website'
	| 'picklist'
	| 'multiselectpicklist'
	| 'boolean'
	| 'integer'
	| 'double'
	| 'currency'
	| 'percent'
	| 'date'
	| 'datetime'
	| 'lookup'
	| 'ownerlookup'
	| 'formula'
	| 'bigint';

/** `hidden`: a value of the field that the layout doesn't offer. */
export interface PicklistValue {
	display: string;
	actual: string;
	hidden?: boolean;
}

export interface FieldSpec {
	name: string;
	label: string;
	type: FieldType;
	/** Greatest length in characters, or digits. */
	length: number;
	custom?: boolean;
	/** Mandatory for the system, or for the layout alone. */
	mandatory?: 'system' | 'layout';
	/** `create`: written by an insert only; `never`: not by the API at all. */
	writable?: 'create' | 'never';
	/** "Do not allow duplicate values". */
	unique?: boolean;
	values?: PicklistValue[];
	/** A value outside `values` is refused. */
	restricted?: boolean;
	/** Not part of the layout. */
	offLayout?: boolean;
}

const field = (
	name: string,
	label: string,
	type: FieldType,
	length: number,
	more: Partial<FieldSpec> = {},
): FieldSpec => ({
	name,
	label,
	type,
	length,
	...more,
});

const same = (...values: string[]): PicklistValue[] => values.map((value) => ({ display: value, actual: value }));

/** The fields of module Contacts. `id` is a column of every query but not one of the field list. */
export const contactFields: FieldSpec[] = [
	field('Owner', 'Contact Owner', 'ownerlookup', 120),
	field('Lead_Source', 'Lead Source', 'picklist', 120, {
		restricted: true,
		values: [
			{ display: 'WhatsApp', actual: 'whatsapp_inbound' },
			{ display: 'Web site', actual: 'web_form' },
			{ display: 'Trade show', actual: 'Trade show' },
			{ display: 'Cold call', actual: 'cold_call', hidden: true },
		],
	}),
	field('First_Name', 'First Name', 'text', 40),
	field('Last_Name', 'Last Name', 'text', 80, { mandatory: 'system' }),
	field('Full_Name', 'Full Name', 'text', 80, { writable: 'never' }),
	field('Account_Name', 'Account Name', 'lookup', 120),
	field('Email', 'Email', 'email', 100),
	field('Secondary_Email', 'Secondary Email', 'email', 100),
	field('Title', 'Title', 'text', 100),
	field('Department', 'Department', 'text', 50),
	field('Phone', 'Phone', 'phone', 30),
	field('Mobile', 'Mobile', 'phone', 30),
	field('Date_of_Birth', 'Date of Birth', 'date', 20),
	field('Email_Opt_Out', 'Email Opt Out', 'boolean', 5),
	field('Skype_ID', 'Skype ID', 'text', 50),
	field('Twitter', 'Twitter', 'text', 50, { offLayout: true }),
	field('Mailing_Street', 'Mailing Street', 'text', 250),
	field('Mailing_City', 'Mailing City', 'text', 100),
	field('Mailing_State', 'Mailing State', 'text', 100),
	field('Mailing_Zip', 'Mailing Zip', 'text', 30),
	field('Mailing_Country', 'Mailing Country', 'text', 100),
	field('Description', 'Description', 'textarea', 32000),
	field('Created_By', 'Created By', 'ownerlookup', 120, { writable: 'never' }),
	field('Modified_By', 'Modified By', 'ownerlookup', 120, { writable: 'never' }),
	field('Created_Time', 'Created Time', 'datetime', 120, { writable: 'never' }),
	field('Modified_Time', 'Modified Time', 'datetime', 120, { writable: 'never' }),
	field('Origin', 'Origin', 'text', 255, { custom: true }),
	field('Conversation_Summary', 'Conversation Summary', 'textarea', 2000, { custom: true }),
	field('Website', 'Website', 'website', 450, { custom: true }),
	field('Lead_Score', 'Lead Score', 'integer', 9, { custom: true }),
	field('Score_Band', 'Score Band', 'formula', 100, { custom: true, writable: 'never' }),
	field('Segment', 'Segment', 'picklist', 120, {
		custom: true,
		restricted: true,
		values: [...same('Retail', 'Wholesale'), { display: 'Key account', actual: 'KEY' }],
	}),
	field('Interests', 'Interests', 'multiselectpicklist', 2000, {
		custom: true,
		values: same('Coffee', 'Tea', 'Machines'),
	}),
	field('Loyalty_Number', 'Loyalty Number', 'text', 20, { custom: true, unique: true }),
	field('Branch', 'Branch', 'text', 60, { custom: true, mandatory: 'layout' }),
	field('Last_Visit', 'Last Visit', 'datetime', 120, { custom: true }),
	field('Lifetime_Value', 'Lifetime Value', 'currency', 16, { custom: true }),
	field('Discount', 'Discount', 'percent', 5, { custom: true }),
	field('Satisfaction', 'Satisfaction', 'double', 9, { custom: true }),
	field('Customer_Number', 'Customer Number', 'bigint', 18, { custom: true }),
	field('First_Channel', 'First Channel', 'text', 60, { custom: true, writable: 'create' }),
];

export const idField = field('id', 'Record Id', 'bigint', 19, { writable: 'never' });

const byName = new Map([...contactFields, idField].map((each) => [each.name, each]));

export const fieldNamed = (name: string): FieldSpec | undefined => byName.get(name);

/** Fields that upsert matches by when the request names none: the system's own, then those marked unique (B6). */
export const duplicateCheckFields = ['Email', ...contactFields.filter((each) => each.unique).map((each) => each.name)];

/** Multi-line text can't stand in a condition. Ours: B7 has the key `filterable`, not its values. */
export const isFilterable = (spec: FieldSpec): boolean => spec.type !== 'textarea';

export const layoutId = '5725767000000091033';
