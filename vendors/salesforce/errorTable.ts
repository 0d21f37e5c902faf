import type { RequestErrorKind } from '../../http/errors';
import type { SalesforceError } from './schemas';

/** What an explanation may speak of. */
export interface Told {
	error: SalesforceError;
	/** The field as the builder knows it, or "A value" where Salesforce doesn't say which field it is. */
	field: string;
	/** All fields that the error names, as the builder knows them. */
	fields: string[];
	/** Salesforce's own words, shortened. */
	said: string;
}

export interface Explanation {
	/** Several codes where Salesforce says the same in several ways. */
	codes: readonly string[];
	/** Only where Salesforce's words match. */
	says?: RegExp;
	kind?: RequestErrorKind;
	headline: (told: Told) => string;
	advice: string | ((told: Told) => string);
	/** Whether Salesforce's own words add nothing. */
	complete?: boolean;
}

const REFRESH = 'Refresh the field list in the node.';
const ADMIN = "the connected user's profile or permission sets in Salesforce Setup";

/** Codes of Salesforce and what they mean to a builder; the first entry that fits is taken. Source: apis, A6. */
export const EXPLANATIONS: readonly Explanation[] = [
	{
		codes: ['REQUIRED_FIELD_MISSING'],
		headline: ({ fields, field }) => `${fields.join(' and ') || field} ${fields.length > 1 ? 'are' : 'is'} missing`,
		advice: 'Salesforce saves no contact without it: map it and give it a value.',
		complete: true,
	},
	{
		codes: ['STRING_TOO_LONG'],
		headline: ({ field }) => `${field} is too long`,
		advice: ({ said }) => {
			const most = /max length\s*=\s*(\d+)/.exec(said)?.[1];
			return most === undefined ? `Shorten it. ${REFRESH}` : `Salesforce keeps at most ${most} characters. Shorten it.`;
		},
	},
	{
		codes: ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
		headline: ({ field }) => `${field} doesn't have this choice`,
		advice: `A new choice shows after a refresh of the field list. If the list has it, the record type of the contact, or the field that this one depends on, does not allow it.`,
	},
	{
		codes: ['INVALID_EMAIL_ADDRESS'],
		headline: ({ field }) => `${field} is not an email address that Salesforce accepts`,
		advice: 'Correct the address.',
	},
	{
		codes: ['FIELD_CUSTOM_VALIDATION_EXCEPTION'],
		headline: ({ said }) => `A validation rule of the org refuses the contact: ${said}`,
		advice: 'Change the value, or ask the admin about the rule.',
		complete: true,
	},
	{
		codes: ['DUPLICATES_DETECTED'],
		headline: (told) => `A duplicate rule of Salesforce refuses the contact${duplicateNames(told)}`,
		advice: duplicateAdvice,
	},
	{
		codes: ['DUPLICATE_VALUE', 'DUPLICATE_EXTERNAL_ID'],
		headline: ({ field }) => `${field} must be unique, and another record has the same value`,
		advice: 'Use another value, or merge the two records.',
	},
	{
		codes: ['UNABLE_TO_LOCK_ROW'],
		headline: () => 'The contact, or its account, was being written by somebody else all the time',
		advice: 'It was tried several times. Run the item again later.',
	},
	{
		codes: ['INVALID_PERSON_ACCOUNT_OPERATION'],
		headline: () => 'The contact belongs to a person account',
		advice: 'Salesforce changes such a contact only through its account: change it there.',
	},
	{
		codes: ['INSUFFICIENT_ACCESS_OR_READONLY', 'INVALID_CROSS_REFERENCE_KEY', 'INVALID_FIELD_FOR_INSERT_UPDATE'],
		says: /person (account|contact)/i,
		headline: () => 'The contact belongs to a person account',
		advice: 'Salesforce changes such a contact only through its account: change it there.',
	},
	{
		codes: ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND'],
		headline: () => 'The contact was deleted in Salesforce meanwhile',
		advice: 'Run the item again: it is looked up first.',
	},
	{
		codes: ['INVALID_FIELD'],
		says: /can ?not be filtered/i,
		headline: () => "Salesforce can't look contacts up by a field that is encrypted",
		advice: 'Ask the admin for deterministic encryption of Email: only that can be searched.',
	},
	{
		codes: ['INVALID_FIELD'],
		says: /no such column/i,
		headline: ({ field }) => `Salesforce has no field ${field}, or hides it from the connected user`,
		advice: `${REFRESH} If the field is still there in Salesforce, check ${ADMIN}.`,
		complete: true,
	},
	{
		codes: ['INVALID_FIELD_FOR_INSERT_UPDATE', 'INVALID_FIELD'],
		headline: ({ field }) => `${field} can't be written by the connected user`,
		advice: `Take it out of the mapping, or check ${ADMIN}.`,
	},
	{
		codes: ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'CANNOT_EXECUTE_FLOW_TRIGGER', 'APEX_ERROR'],
		headline: () => 'An automation of the org (a trigger or a flow) stopped the contact from being saved',
		advice: 'Ask the admin of the org about it.',
	},
	{
		codes: [
			'INSUFFICIENT_ACCESS_OR_READONLY',
			'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
			'INSUFFICIENT_ACCESS',
			'CANNOT_UPDATE_CONVERTED_LEAD',
		],
		kind: 'forbidden',
		headline: () => 'The connected user may not write this contact',
		advice: `Check ${ADMIN}, and the sharing of the contact.`,
	},
	{
		codes: [
			'INVALID_TYPE_ON_FIELD_IN_RECORD',
			'NUMBER_OUTSIDE_VALID_RANGE',
			'MALFORMED_ID',
			'FIELD_INTEGRITY_EXCEPTION',
			'FIELD_FILTER_VALIDATION_EXCEPTION',
			'JSON_PARSER_ERROR',
		],
		headline: ({ field }) => `${field} has a form that Salesforce doesn't accept`,
		advice: `Correct the value. ${REFRESH}`,
	},
	{
		codes: ['STORAGE_LIMIT_EXCEEDED'],
		headline: () => 'The data storage of the Salesforce org is full',
		advice: 'Nothing can be created until space is freed or bought.',
	},
	{
		codes: ['REQUEST_LIMIT_EXCEEDED'],
		kind: 'quotaUsedUp',
		headline: () => 'The Salesforce org has used up its API calls of the last 24 hours',
		advice:
			'The limit counts the calls of all integrations; see Setup > Company Information > API Requests. What was written is written; run the rest later.',
	},
	{
		codes: ['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED', 'FUNCTIONALITY_NOT_ENABLED'],
		kind: 'forbidden',
		headline: () => 'Salesforce gives this user or this edition no access to its API',
		advice: 'The edition needs API access, and the connected user the permission "API Enabled".',
	},
	{
		codes: ['INVALID_SESSION_ID'],
		says: /not valid for use/i,
		kind: 'forbidden',
		headline: () => 'The connected app has no access to the REST API of Salesforce',
		advice: 'Give the app the scope "Manage user data via APIs (api)" in Salesforce Setup, then sign in again.',
	},
	{
		codes: ['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER'],
		kind: 'reconnect',
		headline: () => 'Salesforce no longer accepts this connection',
		advice: 'Reconnect: open the Salesforce connection and sign in again.',
	},
	{
		codes: ['UNSUPPORTED_API_VERSION'],
		headline: () => 'Salesforce has retired the version of its API that this node uses',
		advice: 'Update the node package.',
	},
	{
		codes: ['INVALID_TYPE'],
		kind: 'forbidden',
		headline: () => "The connected user can't see contacts",
		advice: `Check ${ADMIN}.`,
	},
];

/** For refusals without a code that is known: what their status means. */
export const EXPLANATIONS_BY_STATUS: Readonly<Record<number, Omit<Explanation, 'codes'>>> = {
	401: {
		kind: 'reconnect',
		headline: () => 'Salesforce no longer accepts this connection',
		advice: 'Reconnect: open the Salesforce connection and sign in again.',
	},
	403: {
		kind: 'forbidden',
		headline: () => 'The connected user may not do this in Salesforce',
		advice: `Check ${ADMIN}.`,
	},
	404: {
		kind: 'notFound',
		headline: () => "Salesforce doesn't know this",
		advice: 'Check that the connection leads to the right org, and sign in again.',
	},
	410: {
		headline: () => 'Salesforce has retired the version of its API that this node uses',
		advice: 'Update the node package.',
	},
	414: { headline: () => 'The query is too long for Salesforce', advice: 'Map fewer fields.' },
	431: { headline: () => 'The query is too long for Salesforce', advice: 'Map fewer fields.' },
};

/** ": it looks like Contact 003…, Lead 00Q…", as far as Salesforce says so. */
function duplicateNames({ error }: Told): string {
	const records = (error.duplicate?.matchResults ?? []).flatMap(({ entityType, matchRecords }) =>
		matchRecords.map(({ record }) => `${entityType} ${record.Id}`),
	);
	if (records.length === 0) return '';
	const more = records.length > 5 ? ` and ${records.length - 5} more` : '';
	return `: it looks like ${records.slice(0, 5).join(', ')}${more}`;
}

function duplicateAdvice({ error: { duplicate } }: Told): string {
	const rule = duplicate?.duplicateRule ? `The rule is "${duplicate.duplicateRule}".` : '';
	const isLead = duplicate?.matchResults.some(({ entityType }) => entityType === 'Lead');
	const remedy =
		duplicate?.allowSave === false
			? 'It blocks the contact whatever the node asks for: merge the records, or have the admin change the rule.'
			: 'Correct or merge the records, or switch on the option "Save Despite Duplicate Rules", which works for rules that only warn.';
	return [rule, isLead ? 'Convert the lead if it is the same person.' : '', remedy].filter(Boolean).join(' ');
}
