/** Answers as the vendors document them (apis/wati.md, apis/salesforce-zoho-wawp.md); the cases damage them. */

const attributes = [{ name: 'city', value: 'Rome' }];
export const watiContact = {
	id: '6a9f0c1d2e3b4a5f6c7d8e9f',
	wa_id: '14155552671',
	phone: '14155552671',
	name: 'Anna',
	created: '2026-11-20T10:00:00Z',
	custom_params: attributes,
};
/** A full page, as a vendor that takes no notice of page numbers would give it for ever. */
export const watiContacts = {
	contact_list: Array.from({ length: 100 }, (_, index) => ({ ...watiContact, id: `id-${index}`, custom_params: [] })),
};
export const watiCount = { contact_count: 3 };
export const watiRefusal = { result: false, code: 400, message: 'Contact not found', info: 'x', failed_detail: null };
export const watiMessage = { message: { id: 'message-1', status: 'sent', failed_detail: null } };
export const watiMessages = {
	message_list: Array.from({ length: 100 }, (_, index) => ({ id: `message-${index}`, type: 0, text: 'Hello' })),
};
export const watiTemplates = {
	templates: Array.from({ length: 100 }, (_, index) => ({
		id: `template-${index}`,
		name: 'other',
		status: 'APPROVED',
		custom_params: attributes,
	})),
};
export const watiSent = {
	success: true,
	broadcast_id: 'b-1',
	recipients: [
		{ local_message_id: 'id-0', phone_number: '14155552671', errors: [] },
		{ local_message_id: 'id-1', phone_number: '14155552672', errors: ['bad'] },
	],
};

const record = {
	attributes: { type: 'Contact' },
	Id: '003000000000001AAA',
	Email: 'anna@example.com',
	LastName: 'Doe',
	CreatedDate: '2026-11-20T10:00:00.000+0000',
	CreatedById: '005000000000001AAA',
};
export const salesforcePage = { totalSize: 1, done: true, records: [record] };
/** It leads to itself. */
export const salesforceLoop = {
	totalSize: 2,
	done: false,
	nextRecordsUrl: '/services/data/v66.0/query/01g000000000001-2000',
	records: [record],
};
export const salesforceComposite = {
	compositeResponse: [{ httpStatusCode: 200, body: salesforcePage, referenceId: 'query0' }],
};
const errors = [
	{
		statusCode: 'DUPLICATES_DETECTED',
		message: 'Use one of these records?',
		fields: ['Email'],
		duplicateResut: {
			allowSave: true,
			matchResults: [{ entityType: 'Contact', matchRecords: [{ record: { Id: record.Id } }] }],
		},
	},
];
export const salesforceSaved = { id: record.Id, success: true, errors: [] };
export const salesforceRows = [
	salesforceSaved,
	{ success: false, errors },
	{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'locked', fields: [] }] },
];
export const salesforceErrors = [
	{ errorCode: 'INVALID_FIELD', message: "No such column 'Phone' on entity 'Contact'", fields: ['Phone'] },
];
export const salesforceDescribe = {
	fields: [
		{
			name: 'Email',
			label: 'Email',
			type: 'email',
			length: 80,
			createable: true,
			updateable: true,
			nillable: true,
			picklistValues: [],
		},
		{
			name: 'Stage__c',
			label: 'Stage',
			type: 'picklist',
			length: 10,
			createable: true,
			updateable: true,
			restrictedPicklist: true,
			picklistValues: [{ active: true, label: 'A', value: 'a' }],
		},
	],
};

export const zohoRows = {
	data: [{ id: '5554443330001', Email: 'anna@example.com', Last_Name: 'Doe', Created_By: { id: '1', name: 'Owner' } }],
	info: { more_records: true, count: 1 },
};
export const zohoDone = {
	data: [1, 2, 3].map((row) => ({
		code: 'SUCCESS',
		status: 'success',
		message: 'record added',
		action: 'insert',
		details: { id: `555444333000${row}`, Created_By: { id: '1', name: 'Owner' } },
	})),
};
export const zohoRefusedRows = {
	data: [1, 2, 3].map(() => ({
		code: 'INVALID_DATA',
		status: 'error',
		message: 'invalid data',
		details: {
			api_name: 'Phone',
			expected_data_type: 'phone',
			maximum_length: 30,
			errors: [{ code: 'INVALID_DATA', message: 'x', details: {} }],
		},
	})),
};
export const zohoRefusal = {
	code: 'INVALID_QUERY',
	status: 'error',
	message: 'column given seems to be invalid',
	details: { column_name: 'Phone' },
};
export const zohoFieldList = {
	fields: [
		{
			api_name: 'Email',
			display_label: 'Email',
			data_type: 'email',
			length: 100,
			system_mandatory: false,
			read_only: false,
			visible: true,
			operation_type: { api_create: true, api_update: true },
			pick_list_values: [{ actual_value: 'a', display_value: 'A', type: 'used' }],
		},
	],
};
export const zohoLayouts = {
	layouts: [{ status: 'active', sections: [{ fields: [{ api_name: 'Last_Name', required: true }] }] }],
};

export const wawpContact = {
	id: '14155552671@c.us',
	number: '14155552671',
	name: 'Anna Doe',
	pushname: 'Anna',
	shortName: 'Anna',
	isMyContact: true,
};
export const wawpRefusal = { code: 'invalid_session', message: 'Session is not working', data: { status: 401 } };
