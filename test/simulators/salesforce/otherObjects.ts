import { choices, field, system, type FieldDefinition } from './fields';

const name = (label: string): FieldDefinition => field('Name', label, 'string', { nillable: false, nameField: true });
const id = (label: string): FieldDefinition => system('Id', label, 'id', { nillable: false, defaultedOnCreate: true });

/** Objects that a contact points at; they can be read, not written. */
export const ACCOUNT_FIELDS: readonly FieldDefinition[] = [
	id('Account ID'),
	name('Account Name'),
	system('IsPersonAccount', 'Is Person Account', 'boolean'),
	system('PersonContactId', 'Contact ID', 'reference', { referenceTo: ['Contact'] }),
];

export const USER_FIELDS: readonly FieldDefinition[] = [
	id('User ID'),
	name('Full Name'),
	field('Username', 'Username', 'string', { length: 80, nillable: false }),
	field('Email', 'Email', 'email', { nillable: false }),
	field('IsActive', 'Active', 'boolean'),
];

export const LEAD_FIELDS: readonly FieldDefinition[] = [
	id('Lead ID'),
	field('LastName', 'Last Name', 'string', { length: 80, nillable: false }),
	field('FirstName', 'First Name', 'string', { length: 40 }),
	field('Company', 'Company', 'string', { nillable: false }),
	field('Email', 'Email', 'email', { idLookup: true }),
	field('Phone', 'Phone', 'phone'),
	field('MobilePhone', 'Mobile Phone', 'phone'),
	field('Street', 'Street', 'textarea'),
	field('City', 'City', 'string', { length: 40 }),
	field('PostalCode', 'Zip/Postal Code', 'string', { length: 20 }),
	field('Status', 'Status', 'picklist', { picklistValues: choices('Open - Not Contacted', 'Working - Contacted') }),
	system('CreatedDate', 'Created Date', 'datetime'),
	system('LastModifiedDate', 'Last Modified Date', 'datetime'),
];
