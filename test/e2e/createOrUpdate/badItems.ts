import type { CrmFixture } from '../../support/crms';

export interface BadItem {
	what: string;
	values: Record<string, unknown>;
	/** What the builder is told: the field by its label. */
	told: RegExp;
	/** Told by the vendor, because only the vendor knows. */
	byVendor?: boolean;
}

/** Fields that were there when the builder mapped them. */
export const GONE = { Loyalty__c: 'Loyalty Level', Loyalty: 'Loyalty Level' };

/** What is no phone number, of those who are found by one. */
const badPhones = (field: string, label: string, name: Record<string, unknown>): BadItem[] =>
	[
		['without country', '0151 234567'],
		['that is a word', 'call me'],
		['that is too short', '+1 415'],
		['that is too long', '+1 415 5550001 4155550001'],
		['with a quote, a backslash and a clause', String.raw`1' OR '1'='1\ `],
		['that climbs out of a path', '../contacts?x=+14155550001'],
		['of two people', '+14155550001, +14155550002'],
	].map(([what, value]) => ({
		what: `a phone number ${what}`,
		values: { ...name, [field]: value },
		told: new RegExp(`^${label} is not a phone number with country code`),
	}));

/** What is no email address. */
const badEmails = (name: Record<string, unknown>): BadItem[] =>
	['anna', 'anna@', 'anna@example', 'an na@example.com', 'a@example.com, b@example.com', "x') OR (Name != '"].map(
		(Email) => ({
			what: `an email such as ${Email}`,
			values: { ...name, Email },
			told: /^Email is not an email address/,
		}),
	);

/** WATI takes any text under any name: it has no lists, no lengths, and a field that is not there is a new attribute. */
const WATI: BadItem[] = [
	{ what: 'no phone number', values: { name: 'A' }, told: /^WhatsApp Number is missing/ },
	{ what: 'an empty phone number', values: { whatsappNumber: ' ', name: 'A' }, told: /^WhatsApp Number is missing/ },
	...badPhones('whatsappNumber', 'WhatsApp Number', { name: 'A' }),
	{
		what: 'a name that is no text',
		values: { whatsappNumber: '+14155550009', name: { first: 'A' } },
		told: /^Name doesn't have the form/,
	},
];

const SALESFORCE: BadItem[] = [
	{ what: 'no email', values: { LastName: 'A' }, told: /^Email is missing/ },
	{ what: 'an empty email', values: { Email: ' ', LastName: 'A' }, told: /^Email is missing/ },
	{ what: 'no last name', values: { Email: 'bad1@example.com' }, told: /^Last Name is missing/ },
	{ what: 'neither', values: { Title: 'CEO' }, told: /^Email and Last Name are missing/ },
	...badEmails({ LastName: 'A' }),
	{
		what: 'a title that is too long',
		values: { Email: 'bad2@example.com', LastName: 'A', Title: 'x'.repeat(129) },
		told: /^Title is too long/,
	},
	{
		what: 'a last name that is too long',
		values: { Email: 'bad3@example.com', LastName: 'x'.repeat(81) },
		told: /^Last Name is too long/,
	},
	{
		what: 'a choice that is none',
		values: { Email: 'bad4@example.com', LastName: 'A', Segment__c: 'Nope' },
		told: /^Segment doesn't have the choice "Nope"/,
	},
	{
		what: 'a choice that is no longer one',
		values: { Email: 'bad5@example.com', LastName: 'A', Segment__c: 'Legacy' },
		told: /^Segment doesn't have the choice "Legacy"/,
	},
	{
		what: 'several choices, of which one is none',
		values: { Email: 'bad6@example.com', LastName: 'A', Interests__c: 'Voice;Nope' },
		told: /^Interests doesn't have the choice "Nope"/,
	},
	{
		what: 'a day that is none',
		values: { Email: 'bad7@example.com', LastName: 'A', Birthdate: '2026-02-30' },
		told: /^Birthdate doesn't have the form/,
	},
	{
		what: 'a number that is none',
		values: { Email: 'bad8@example.com', LastName: 'A', Lead_Score__c: 'many' },
		told: /^Lead Score doesn't have the form/,
	},
	{
		what: 'a field that is no longer there',
		values: { Email: 'bad9@example.com', LastName: 'A', Loyalty__c: 'gold' },
		told: /Loyalty Level/,
		byVendor: true,
	},
	{
		what: 'a field that never was',
		values: { Email: 'bad10@example.com', LastName: 'A', Never__c: 'x' },
		told: /Never__c/,
		byVendor: true,
	},
];

const ZOHO: BadItem[] = [
	{ what: 'no email', values: { Last_Name: 'A' }, told: /^Email is missing/ },
	{ what: 'an empty email', values: { Email: ' ', Last_Name: 'A' }, told: /^Email is missing/ },
	{ what: 'no last name', values: { Email: 'bad1@example.com' }, told: /^Last Name is missing/ },
	{ what: 'neither', values: { Title: 'CEO' }, told: /^Email and Last Name are missing/ },
	...badEmails({ Last_Name: 'A' }),
	{
		what: 'a title that is too long',
		values: { Email: 'bad2@example.com', Last_Name: 'A', Title: 'x'.repeat(101) },
		told: /^Title is too long/,
	},
	{
		what: 'a last name that is too long',
		values: { Email: 'bad3@example.com', Last_Name: 'x'.repeat(81) },
		told: /^Last Name is too long/,
	},
	{
		what: 'a number that is none',
		values: { Email: 'bad4@example.com', Last_Name: 'A', Lead_Score: 'many' },
		told: /^Lead Score doesn't have the form/,
	},
	{
		what: 'a number that is not whole',
		values: { Email: 'bad5@example.com', Last_Name: 'A', Lead_Score: 1.5 },
		told: /^Lead Score doesn't have the form/,
	},
	{
		what: 'a day that is none',
		values: { Email: 'bad6@example.com', Last_Name: 'A', Date_of_Birth: 'soon' },
		told: /^Date of Birth doesn't have the form/,
	},
	// Which of its lists refuse other values Zoho does not tell before.
	{
		what: 'a choice that is none',
		values: { Email: 'bad7@example.com', Last_Name: 'A', Segment: 'Nope' },
		told: /^Segment doesn't have this choice/,
		byVendor: true,
	},
	{
		what: 'a phone number that Zoho takes for none',
		values: { Email: 'bad8@example.com', Last_Name: 'A', Phone: "12'34" },
		told: /^Phone doesn't have the form/,
		byVendor: true,
	},
	{
		what: 'a field that is no longer there',
		values: { Email: 'bad9@example.com', Last_Name: 'A', Loyalty: 'gold' },
		told: /Loyalty Level/,
		byVendor: true,
	},
	{
		what: 'a field that never was',
		values: { Email: 'bad10@example.com', Last_Name: 'A', Never: 'x' },
		told: /Never/,
		byVendor: true,
	},
];

/** Wawp has two names and nothing else: no lists, no lengths, no other field. */
const WAWP: BadItem[] = [
	{ what: 'neither phone nor chat id', values: { firstName: 'A' }, told: /^Phone Number and Chat ID are missing/ },
	{ what: 'no first name', values: { phone: '+14155550001' }, told: /^First Name is missing/ },
	{ what: 'an empty first name', values: { phone: '+14155550002', firstName: ' ' }, told: /^First Name is missing/ },
	...badPhones('phone', 'Phone Number', { firstName: 'A' }),
	...['anna@example.com', '120363021234567890@g.us', String.raw`1'\@c.us`, '../14155550001@c.us'].map((chatId) => ({
		what: `a chat id such as ${chatId}`,
		values: { chatId, firstName: 'A' },
		told: /^Chat ID is not the chat ID of a person/,
	})),
	{
		what: 'a phone and the chat id of somebody else',
		values: { phone: '+14155550003', chatId: '14155550004@c.us', firstName: 'A' },
		told: /^Phone Number and Chat ID mean two different people/,
	},
	{
		what: 'a name that is no text',
		values: { phone: '+14155550005', firstName: { first: 'A' } },
		told: /^First Name doesn't have the form/,
	},
];

/** What the builders of each vendor get wrong. */
export const BAD: Record<CrmFixture['name'], BadItem[]> = {
	WATI,
	Salesforce: SALESFORCE,
	'Zoho CRM': ZOHO,
	Wawp: WAWP,
};
