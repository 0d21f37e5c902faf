import { rowProblem } from '../../../vendors/zoho/rowProblem';

const label = (apiName: string): string => apiName.replaceAll('_', ' ');
const told = (code: string, details: Record<string, unknown> = {}, message = 'zoho words') =>
	rowProblem({ code, message, details }, label);

test.each([
	['MANDATORY_NOT_FOUND', { api_name: 'Last_Name' }, 'Last Name is missing'],
	['INVALID_DATA', { api_name: 'Age', expected_data_type: 'integer' }, "Age doesn't have the form it should have"],
	['INVALID_DATA', { api_name: 'Phone', maximum_length: 30 }, 'Phone is too long'],
	['INVALID_DATA', { api_name: 'Tier', supported_values: ['A', 'B'] }, "Tier doesn't have this choice"],
	['INVALID_DATA', { api_name: 'Tier' }, "Zoho CRM doesn't take the value of Tier"],
	['INVALID_DATA', { api_name: 'id', id: '7' }, 'Zoho CRM no longer has this contact'],
	['INVALID_DATA', {}, "Zoho CRM doesn't take the value of a field"],
	[
		'DUPLICATE_DATA',
		{ api_name: 'Phone', duplicate_record: { id: '42' } },
		'Another contact has this Phone already: 42',
	],
	['DUPLICATE_DATA', { api_name: 'Phone', id: '42' }, 'Another contact has this Phone already: 42'],
	['PATTERN_NOT_MATCHED', { api_name: 'Tax_ID' }, "Tax ID doesn't have the form it should have"],
	['DEPENDENT_FIELD_MISSING', { api_name: 'Country' }, 'Country is missing'],
	['RECORD_LOCKED', {}, 'The contact is locked in Zoho CRM'],
	['RECORD_IN_BLUEPRINT', {}, 'The contact is in a Blueprint of Zoho CRM that does not allow this change'],
	['NOT_APPROVED', {}, 'The contact waits for approval in Zoho CRM'],
	['NO_PERMISSION', {}, 'The Zoho user of the connection may not write this contact'],
	['LIMIT_EXCEEDED', {}, "Zoho CRM's limit is reached"],
	['OAUTH_SCOPE_MISMATCH', {}, 'The Zoho CRM connection is not allowed to write contacts'],
	['SOMETHING_NEW', {}, 'Zoho CRM refused the contact: zoho words'],
])('%s %j: %s', (code, details, message) => {
	expect(told(code, details)).toMatchObject({ message, code, description: expect.stringContaining('zoho words') });
});

test('of several faults the first is told', () => {
	const errors = [
		{ code: 'MANDATORY_NOT_FOUND', details: { api_name: 'Branch' }, message: 'x' },
		{ code: 'INVALID_DATA', details: { api_name: 'Phone' }, message: 'y' },
	];
	expect(told('MULTIPLE_OR_MULTI_ERRORS', { errors })).toMatchObject({ message: 'Branch is missing', field: 'Branch' });
});

test('details in an unexpected form are no reason to fail', () => {
	expect(told('INVALID_DATA', { api_name: 7, maximum_length: 'long', errors: 'none' }).message).toContain(
		"doesn't take the value",
	);
});
