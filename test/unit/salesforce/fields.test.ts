import { salesforceFields } from '../../../vendors/salesforce/fields';
import { choices, field } from '../../simulators/salesforce';
import { TestOrg } from './harness';

const org = new TestOrg();

const byId = async () => new Map((await salesforceFields(org.api())).map((one) => [one.id, one]));

test('the mapper shows what can be written both on create and on update, with the words of the org', async () => {
	const fields = await byId();
	expect(fields.get('Email')).toMatchObject({ label: 'Email', type: 'text', required: true, key: true, maxLength: 80 });
	expect(fields.get('LastName')).toMatchObject({ label: 'Last Name', required: true });
	expect(fields.get('Phone')).toMatchObject({ label: 'Business Phone', type: 'text', required: false });
	expect(fields.get('Description')).toMatchObject({ multiline: true, maxLength: 32000 });
	expect(fields.get('WhatsApp_Opt_In__c')).toMatchObject({ type: 'boolean', required: false });
	expect(fields.get('Lead_Score__c')).toMatchObject({ type: 'number' });
	expect(fields.get('Birthdate')).toMatchObject({ type: 'date' });
	expect(fields.get('MailingCity')).toMatchObject({ label: 'Mailing City' });
});

test.each([
	'Id',
	'Name',
	'CreatedDate',
	'AccountId',
	'OwnerId',
	'MailingAddress',
	'Is_Reachable__c',
	'Contact_Number__c',
])('%s is not offered', async (id) => expect((await byId()).has(id)).toBe(false));

test('a picklist shows the labels of its active choices; only a restricted one refuses other values', async () => {
	const fields = await byId();
	expect(fields.get('Segment__c')).toMatchObject({
		restricted: true,
		options: [
			{ value: 'Retail', label: 'Retail' },
			{ value: 'Wholesale', label: 'Wholesale' },
			{ value: 'PARTNER', label: 'Partner & Reseller' },
		],
	});
	expect(fields.get('LeadSource')?.restricted).toBeUndefined();
	expect(fields.get('Interests__c')).toMatchObject({ type: 'list', restricted: true });
});

test('a field that the org requires is required', async () => {
	org.simulator.fields.add(field('Region__c', 'Region', 'string', { nillable: false }));
	expect((await byId()).get('Region__c')).toMatchObject({ required: true });
});

test('whole numbers and points in time keep their kind', async () => {
	org.simulator.fields.add(field('Seats__c', 'Seats', 'int', { precision: 5 }));
	org.simulator.fields.add(field('Last_Call__c', 'Last Call', 'datetime'));
	const fields = await byId();
	expect(fields.get('Seats__c')).toMatchObject({ type: 'number', integer: true });
	expect(fields.get('Last_Call__c')).toMatchObject({ type: 'dateTime' });
});

test('two fields with one label are told apart by their API names', async () => {
	org.simulator.fields.add(field('Web__c', 'Website', 'picklist', { picklistValues: choices('a') }));
	const fields = await byId();
	expect([fields.get('Web__c')?.label, fields.get('Website_URL__c')?.label]).toEqual([
		'Website (Web__c)',
		'Website (Website_URL__c)',
	]);
});

test('a user who sees no contacts is told so', async () => {
	org.simulator.fault({
		status: 404,
		body: [{ errorCode: 'INVALID_TYPE', message: "sObject type 'Contact' is not supported." }],
	});
	await expect(byId()).rejects.toMatchObject({ message: "The connected user can't see contacts" });
});
