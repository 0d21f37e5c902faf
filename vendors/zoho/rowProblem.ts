import { z } from 'zod';

import type { Problem } from '../../upsert/types';
import { entryOf } from '../shared/entry';
import type { RowAnswer } from './rows';

/** Details of a row's refusal (crm-oas v8.0, record.json; B6). */
const details = z.object({
	api_name: z.string().optional().catch(undefined),
	id: z.string().optional().catch(undefined),
	expected_data_type: z.string().optional().catch(undefined),
	maximum_length: z.number().optional().catch(undefined),
	supported_values: z.array(z.unknown()).optional().catch(undefined),
	duplicate_record: z.object({ id: z.string() }).optional().catch(undefined),
	errors: z.array(z.record(z.unknown())).optional().catch(undefined),
});

type Details = z.infer<typeof details>;
type Words = Pick<Problem, 'message' | 'description'>;

/** Zoho's names of types, as a builder would say it. */
const FORMS: Record<string, string> = {
	email: 'an email address',
	phone: 'a phone number',
	website: 'a web address such as https://example.com',
	integer: 'a whole number',
	bigint: 'a whole number',
	double: 'a number',
	currency: 'a number',
	percent: 'a number',
	boolean: 'true or false',
	date: 'a date such as 2026-12-24',
	datetime: 'a date and time such as 2026-12-24T10:00:00Z',
	jsonarray: 'a list',
	multiselectpicklist: 'a list of choices',
};

const GONE: Words = {
	message: 'Zoho CRM no longer has this contact',
	description: 'It was deleted or merged after it was found. Run the item again.',
};

function wrongValue(field: string, { api_name, expected_data_type, maximum_length, supported_values }: Details): Words {
	if (api_name === 'id') return GONE;
	if (maximum_length !== undefined) {
		return {
			message: `${field} is too long`,
			description: `Zoho CRM takes at most ${maximum_length} characters. Shorten it.`,
		};
	}
	if (supported_values) {
		return {
			message: `${field} doesn't have this choice`,
			description: `Expected one of ${supported_values.slice(0, 20).map(String).join(', ')}.`,
		};
	}
	if (expected_data_type) {
		return {
			message: `${field} doesn't have the form it should have`,
			description: `Expected ${entryOf(FORMS, expected_data_type) ?? `a value of Zoho's type ${expected_data_type}`}.`,
		};
	}
	return {
		message: `Zoho CRM doesn't take the value of ${field}`,
		description:
			'Check that the field still exists and that the connected user may write it: refresh the field list in the node.',
	};
}

/** What each code means for the builder (B6). `field` is the label of the field it names. */
export const BY_CODE: Record<string, (field: string, details: Details) => Words> = {
	MANDATORY_NOT_FOUND: (field) => ({
		message: `${field} is missing`,
		description: 'Zoho CRM needs it. Map it, or filter out items without it.',
	}),
	INVALID_DATA: wrongValue,
	DUPLICATE_DATA: (field, { duplicate_record, id }) => ({
		message: `Another contact has this ${field} already: ${duplicate_record?.id ?? id ?? 'its ID was not said'}`,
		description: `Zoho CRM allows each ${field} once only. Merge the two contacts, or correct the value.`,
	}),
	PATTERN_NOT_MATCHED: (field) => ({
		message: `${field} doesn't have the form it should have`,
		description: 'Compare it with the rule for this field in Zoho CRM.',
	}),
	DEPENDENT_FIELD_MISSING: (field) => ({
		message: `${field} is missing`,
		description: 'Another mapped field depends on it. Map both.',
	}),
	EXPECTED_FIELD_MISSING: (field) => ({
		message: `${field} is missing`,
		description: 'Zoho CRM expects it together with the other mapped fields. Map it.',
	}),
	RECORD_LOCKED: () => ({
		message: 'The contact is locked in Zoho CRM',
		description: 'Unlock it in Zoho CRM, then run the item again.',
	}),
	RECORD_IN_BLUEPRINT: () => ({
		message: 'The contact is in a Blueprint of Zoho CRM that does not allow this change',
		description: 'Finish the step of the Blueprint in Zoho CRM, then run the item again.',
	}),
	NOT_APPROVED: () => ({
		message: 'The contact waits for approval in Zoho CRM',
		description: 'Approve it in Zoho CRM, then run the item again.',
	}),
	CONVERTED_RECORD: () => ({
		message: 'The record was converted in Zoho CRM and can no longer be changed',
		description: 'Write to the record that it became.',
	}),
	NO_PERMISSION: () => ({
		message: 'The Zoho user of the connection may not write this contact',
		description: 'Look at the profile and the data sharing of the user in Zoho under Setup > Security Control.',
	}),
	LIMIT_EXCEEDED: () => ({
		message: "Zoho CRM's limit is reached",
		description: 'Look in Zoho how much of the plan is used, and run the item again later.',
	}),
	OAUTH_SCOPE_MISMATCH: () => ({
		message: 'The Zoho CRM connection is not allowed to write contacts',
		description:
			'The permission (scope) ZohoCRM.modules.contacts.ALL is missing. Open the connection and connect it again.',
	}),
	TOO_MANY_REQUESTS: () => ({
		message: 'Zoho CRM takes no more calls for now',
		description: 'Run the item again later.',
	}),
	INTERNAL_ERROR: () => ({
		message: 'Zoho CRM could not process this contact',
		description: 'Run the item again later.',
	}),
};

/** Why a row was not written, in the builder's words. @param label the label of a field by its API name. */
export function rowProblem(
	row: Pick<RowAnswer, 'code' | 'message' | 'details'>,
	label: (apiName: string) => string,
): Problem {
	const read = details.catch({}).parse(row.details);
	const [first] = read.errors ?? [];
	if (first) return firstOf(first, label);
	const words = entryOf(BY_CODE, row.code)?.(read.api_name === undefined ? 'a field' : label(read.api_name), read);
	const said = row.message === '' ? '' : ` Zoho CRM said: ${row.message} (${row.code}).`;
	return {
		message: words?.message ?? `Zoho CRM refused the contact: ${row.message || row.code}`,
		description: `${words?.description ?? 'Check the values of this item.'}${said}`,
		field: read.api_name,
		code: row.code,
	};
}

const inner = z.object({
	code: z.string().catch(''),
	message: z.string().catch(''),
	details: z.record(z.unknown()).catch({}),
});

/** MULTIPLE_OR_MULTI_ERRORS: several faults of one row (crm-oas); the first is told, the others come when it is mended. */
function firstOf(error: Record<string, unknown>, label: (apiName: string) => string): Problem {
	return rowProblem(inner.parse(error), label);
}
