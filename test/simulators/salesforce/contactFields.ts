import { choices, field, system, type FieldDefinition, type ReadValue, type StoredRecord } from './fields';

const joined = (record: StoredRecord, names: string[]): string =>
	names
		.map((name) => record[name])
		.filter((part) => part)
		.join(' ');

const address =
	(kind: 'Mailing' | 'Other') =>
	(record: StoredRecord): ReadValue => {
		const parts = Object.fromEntries(
			['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) => [
				part.charAt(0).toLowerCase() + part.slice(1),
				record[`${kind}${part}`] ?? null,
			]),
		);
		return Object.values(parts).every((part) => part === null) ? null : parts;
	};

const addressFields = (kind: 'Mailing' | 'Other'): FieldDefinition[] => {
	const compoundFieldName = `${kind}Address`;
	return [
		field(`${kind}Street`, `${kind} Street`, 'textarea', { compoundFieldName }),
		field(`${kind}City`, `${kind} City`, 'string', { length: 40, compoundFieldName }),
		field(`${kind}State`, `${kind} State/Province`, 'string', { length: 80, compoundFieldName }),
		field(`${kind}PostalCode`, `${kind} Zip/Postal Code`, 'string', { length: 20, compoundFieldName }),
		field(`${kind}Country`, `${kind} Country`, 'string', { length: 80, compoundFieldName }),
		system(compoundFieldName, `${kind} Address`, 'address', { compute: address(kind) }),
	];
};

const alwaysSet = { nillable: false, defaultedOnCreate: true } as const;
const user = (relationshipName: string) => ({ referenceTo: ['User'], relationshipName });

/**
 * Contact as in a sales org with some fields of its own. Lengths: A8 (FirstName 40, LastName 80, Email 80, phones 40,
 * Department 80, Description 32000, AssistantName 40, EmailBouncedReason 255, Jigsaw 20, Name 121).
 */
export const CONTACT_FIELDS: readonly FieldDefinition[] = [
	system('Id', 'Contact ID', 'id', { ...alwaysSet, idLookup: true }),
	system('IsDeleted', 'Deleted', 'boolean'),
	system('MasterRecordId', 'Master Record ID', 'reference', {
		referenceTo: ['Contact'],
		relationshipName: 'MasterRecord',
	}),
	field('AccountId', 'Account ID', 'reference', { referenceTo: ['Account'], relationshipName: 'Account' }),
	system('IsPersonAccount', 'Is Person Account', 'boolean'),
	field('LastName', 'Last Name', 'string', { length: 80, nillable: false, compoundFieldName: 'Name' }),
	field('FirstName', 'First Name', 'string', { length: 40, compoundFieldName: 'Name' }),
	field('Salutation', 'Salutation', 'picklist', {
		length: 40,
		compoundFieldName: 'Name',
		picklistValues: choices('Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'),
	}),
	system('Name', 'Full Name', 'string', {
		length: 121,
		nillable: false,
		nameField: true,
		compute: (record) => joined(record, ['FirstName', 'LastName']),
	}),
	...addressFields('Other'),
	...addressFields('Mailing'),
	field('Phone', 'Business Phone', 'phone'),
	field('Fax', 'Business Fax', 'phone'),
	field('MobilePhone', 'Mobile Phone', 'phone'),
	field('HomePhone', 'Home Phone', 'phone'),
	field('OtherPhone', 'Other Phone', 'phone'),
	field('AssistantPhone', 'Assistant Phone', 'phone'),
	field('ReportsToId', 'Reports To ID', 'reference', { referenceTo: ['Contact'], relationshipName: 'ReportsTo' }),
	field('Email', 'Email', 'email', { idLookup: true }),
	field('Title', 'Title', 'string', { length: 128 }),
	field('Department', 'Department', 'string', { length: 80 }),
	field('AssistantName', "Assistant's Name", 'string', { length: 40 }),
	field('LeadSource', 'Lead Source', 'picklist', {
		picklistValues: choices('Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'),
	}),
	field('Birthdate', 'Birthdate', 'date'),
	field('Description', 'Contact Description', 'textarea', { length: 32000 }),
	field('OwnerId', 'Owner ID', 'reference', { ...alwaysSet, ...user('Owner') }),
	field('HasOptedOutOfEmail', 'Email Opt Out', 'boolean'),
	field('DoNotCall', 'Do Not Call', 'boolean'),
	system('CreatedDate', 'Created Date', 'datetime', alwaysSet),
	system('CreatedById', 'Created By ID', 'reference', { ...alwaysSet, ...user('CreatedBy') }),
	system('LastModifiedDate', 'Last Modified Date', 'datetime', alwaysSet),
	system('LastModifiedById', 'Last Modified By ID', 'reference', { ...alwaysSet, ...user('LastModifiedBy') }),
	system('SystemModstamp', 'System Modstamp', 'datetime', alwaysSet),
	system('LastActivityDate', 'Last Activity', 'date'),
	system('EmailBouncedReason', 'Email Bounced Reason', 'string', { length: 255 }),
	system('EmailBouncedDate', 'Email Bounced Date', 'datetime'),
	system('IsEmailBounced', 'Is Email Bounced', 'boolean'),
	system('PhotoUrl', 'Photo URL', 'url'),
	field('Jigsaw', 'Data.com Key', 'string', { length: 20 }),

	field('Origin__c', 'Origin', 'string'),
	field('Summary__c', 'Summary', 'textarea', { length: 32768 }),
	field('Conversation_Summary__c', 'Conversation Summary', 'textarea', { length: 32768 }),
	field('WhatsApp_Opt_In__c', 'WhatsApp Opt In', 'boolean'),
	field('Lead_Score__c', 'Lead Score', 'double', { precision: 18, scale: 2 }),
	field('Segment__c', 'Segment', 'picklist', {
		restrictedPicklist: true,
		picklistValues: [
			...choices('Retail', 'Wholesale', ['PARTNER', 'Partner & Reseller']),
			{ active: false, defaultValue: false, label: 'Legacy', validFor: null, value: 'Legacy' },
		],
	}),
	field('Interests__c', 'Interests', 'multipicklist', {
		restrictedPicklist: true,
		picklistValues: choices('Analytics', 'Messaging', 'Support', 'Voice'),
	}),
	field('Last_Seen__c', 'Last Seen', 'datetime'),
	field('Lifetime_Value__c', 'Lifetime Value', 'currency', { precision: 16, scale: 2 }),
	field('Discount__c', 'Discount', 'percent', { precision: 5, scale: 2 }),
	field('Signup_Channel__c', 'Signup Channel', 'string', { length: 60, updateable: false }),
	field('Website_URL__c', 'Website', 'url'),
	field('External_Id__c', 'External ID', 'string', { length: 64, externalId: true, idLookup: true, unique: true }),
	system('Is_Reachable__c', 'Is Reachable', 'boolean', {
		calculated: true,
		defaultedOnCreate: false,
		compute: (record) => Boolean(record.Phone ?? record.MobilePhone ?? record.Email),
	}),
	system('Contact_Number__c', 'Contact Number', 'string', {
		...alwaysSet,
		length: 30,
		autoNumber: true,
	}),
];
