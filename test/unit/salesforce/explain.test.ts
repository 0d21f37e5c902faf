import { explainRefusal, explainRow, isConcurrencyLimit } from '../../../vendors/salesforce/explain';
import { errorSchema } from '../../../vendors/salesforce/schemas';

const LABELS: Record<string, string> = {
	Title: 'Job Title',
	LastName: 'Last Name',
	Region__c: 'Region',
	Ext__c: 'Customer Number',
};
const label = (id: string) => LABELS[id] ?? id;

const row = (statusCode: string, message = '', fields: string[] = [], more: object = {}) =>
	explainRow([errorSchema.parse({ statusCode, message, fields, ...more })], label);

/** Refusals of one row; message patterns as captured (apis, A6). */
const ROWS: Array<[code: string, message: string, fields: string[], headline: string, advice: string]> = [
	['REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName'], 'Last Name is missing', 'map it'],
	[
		'REQUIRED_FIELD_MISSING',
		'Required fields are missing: [LastName, Region__c]',
		[],
		'Last Name and Region are missing',
		'map it',
	],
	[
		'STRING_TOO_LONG',
		'Job: data value too large: abc (max length=25)',
		['Title'],
		'Job Title is too long',
		'at most 25 characters',
	],
	[
		'STRING_TOO_LONG',
		`Job: data value too large: ${'x'.repeat(32_000)} (max length=25)`,
		['Title'],
		'Job Title is too long',
		'at most 25 characters',
	],
	['STRING_TOO_LONG', 'Job Title: data value too large: abc', [], 'Job Title is too long', 'Shorten it'],
	[
		'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
		'Region: bad value for restricted picklist field: X',
		['Region__c'],
		"Region doesn't have this choice",
		'record type',
	],
	[
		'INVALID_EMAIL_ADDRESS',
		'Email: invalid email address: x',
		['Email'],
		'Email is not an email address',
		'Correct the address',
	],
	[
		'FIELD_CUSTOM_VALIDATION_EXCEPTION',
		'Say which region',
		['Region__c'],
		'A validation rule of the org refuses the contact: Say which region',
		'ask the admin',
	],
	[
		'DUPLICATE_VALUE',
		'duplicate value found: Ext__c duplicates value on record with id: 0035g000001',
		[],
		'Customer Number must be unique',
		'record with id: 0035g000001',
	],
	[
		'INVALID_FIELD',
		"field 'Email' can not be filtered in a query call",
		[],
		"can't look contacts up by a field that is encrypted",
		'deterministic encryption',
	],
	['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', [], 'was being written by somebody else', 'later'],
	['ENTITY_IS_DELETED', 'entity is deleted', [], 'was deleted in Salesforce meanwhile', 'Run the item again'],
	[
		'INVALID_CROSS_REFERENCE_KEY',
		'invalid cross reference id',
		[],
		'was deleted in Salesforce meanwhile',
		'Run the item again',
	],
	[
		'INSUFFICIENT_ACCESS_OR_READONLY',
		'a person contact can only be changed there',
		[],
		'belongs to a person account',
		'through its account',
	],
	[
		'INSUFFICIENT_ACCESS_OR_READONLY',
		'insufficient access rights',
		[],
		'may not write this contact',
		'permission sets',
	],
	[
		'INVALID_FIELD',
		"No such column 'Gone__c' on sobject of type Contact",
		[],
		'Salesforce has no field Gone__c',
		'Refresh the field list',
	],
	[
		'INVALID_FIELD_FOR_INSERT_UPDATE',
		'Unable to create/update fields: Title.',
		['Title'],
		"Job Title can't be written",
		'permission sets',
	],
	[
		'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
		'ContactTrigger: execution of BeforeInsert',
		[],
		'An automation of the org',
		'ContactTrigger',
	],
	[
		'NUMBER_OUTSIDE_VALID_RANGE',
		'Score: value outside of valid range: 1e20',
		['Region__c'],
		'Region has a form',
		'Correct the value',
	],
	['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded', [], 'storage of the Salesforce org is full', 'space'],
	[
		'SOMETHING_NEW',
		'Words of Salesforce',
		[],
		'Salesforce refused to save the contact: Words of Salesforce',
		'Check the values',
	],
];

test.each(ROWS)('%s: %s', (code, message, fields, headline, advice) => {
	const problem = row(code, message, fields);
	expect(problem.message).toContain(headline);
	expect(problem.description).toContain(advice);
	expect(problem.code).toBe(code);
	expect((problem.message + problem.description).length).toBeLessThan(700);
});

test('all errors of a row are told, the first one as the headline', () => {
	const errors = [
		errorSchema.parse({ statusCode: 'STRING_TOO_LONG', message: 'x', fields: ['Title'] }),
		errorSchema.parse({ statusCode: 'REQUIRED_FIELD_MISSING', message: 'y', fields: ['Region__c'] }),
	];
	expect(explainRow(errors, label)).toMatchObject({
		message: 'Job Title is too long',
		description: expect.stringContaining('Also: Region is missing.'),
		field: 'Title',
	});
});

const duplicate = (more: object = {}) => ({
	allowSave: true,
	duplicateRule: 'Standard_Contact_Duplicate_Rule',
	matchResults: [{ entityType: 'Contact', matchRecords: [{ record: { Id: '0035g00000AAAAA' } }] }],
	...more,
});

describe('a duplicate rule', () => {
	test.each(['duplicateResut', 'duplicateResult'])(
		'with the details under %s names the rule and the records',
		(key) => {
			expect(row('DUPLICATES_DETECTED', 'Use one of these records?', [], { [key]: duplicate() })).toMatchObject({
				message: 'A duplicate rule of Salesforce refuses the contact: it looks like Contact 0035g00000AAAAA',
				description: expect.stringMatching(/Standard_Contact_Duplicate_Rule.*Save Despite Duplicate Rules/),
			});
		},
	);

	test('without details still says what to do', () => {
		expect(row('DUPLICATES_DETECTED', 'Use one of these records?')).toMatchObject({
			message: 'A duplicate rule of Salesforce refuses the contact',
			description: expect.stringMatching(/Use one of these records\?.*Save Despite Duplicate Rules/),
		});
	});

	test('that found a lead says so', () => {
		const matchResults = [{ entityType: 'Lead', matchRecords: [{ record: { Id: '00Q5g00000AAAAA' } }] }];
		expect(row('DUPLICATES_DETECTED', '', [], { duplicateResult: duplicate({ matchResults }) })).toMatchObject({
			message: expect.stringContaining('Lead 00Q5g00000AAAAA'),
			description: expect.stringContaining('Convert the lead'),
		});
	});

	test('that blocks is not offered to be overruled', () => {
		const { description } = row('DUPLICATES_DETECTED', '', [], { duplicateResult: duplicate({ allowSave: false }) });
		expect(description).toContain('It blocks the contact');
		expect(description).not.toContain('switch on the option');
	});
});

const refusal = (status: number, json: unknown, text = '') => ({
	status,
	headers: {},
	json,
	text,
	purpose: 'look up contacts',
});
const code = (errorCode: string, message: string) => [{ errorCode, message }];

/** Refusals of a whole call. */
test.each([
	[401, code('INVALID_SESSION_ID', 'Session expired or invalid'), 'reconnect', 'no longer accepts this connection'],
	[401, undefined, 'reconnect', 'no longer accepts this connection'],
	[
		401,
		code('INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
		'forbidden',
		'no access to the REST API',
	],
	[
		403,
		code('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
		'quotaUsedUp',
		'used up its API calls of the last 24 hours',
	],
	[403, code('API_DISABLED_FOR_ORG', 'API is not enabled'), 'forbidden', 'no access to its API'],
	[403, undefined, 'forbidden', 'may not do this'],
	[410, code('ANYTHING', 'gone'), 'refused', 'retired the version of its API'],
	[414, undefined, 'refused', 'too long'],
	[
		400,
		code('MALFORMED_QUERY', "unexpected token: 'x'"),
		'refused',
		"Salesforce refused to look up contacts: unexpected token: 'x'",
	],
	[400, { errorCode: 'INVALID_TYPE', message: 'not supported' }, 'forbidden', "can't see contacts"],
	[404, undefined, 'notFound', "Salesforce doesn't know this"],
])('status %s with %j is %s: %s', (status, json, kind, headline) => {
	const error = explainRefusal(refusal(status, json), label);
	expect(error).toMatchObject({ kind, status });
	expect(error.message).toContain(headline);
	expect(error.description).toBeTruthy();
});

test('too many long calls at one time pass by themselves, the daily limit does not', () => {
	const limit = (message: string) => isConcurrencyLimit(refusal(403, code('REQUEST_LIMIT_EXCEEDED', message)));
	expect(limit('ConcurrentPerOrgLongTxn Limit exceeded.')).toBe(true);
	expect(limit('TotalRequests Limit exceeded.')).toBe(false);
});
