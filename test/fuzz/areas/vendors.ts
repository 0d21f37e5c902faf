import fc from 'fast-check';

import { InputProblem, RequestError } from '../../../http/errors';
import type { Transport } from '../../../http/types';
import type {
	ContactDirectory,
	ContactKey,
	FieldInfo,
	Problem,
	StoredContact,
	WriteResult,
} from '../../../upsert/types';
import { SalesforceApi } from '../../../vendors/salesforce/api';
import { salesforceDirectory } from '../../../vendors/salesforce/directory';
import { salesforceFields } from '../../../vendors/salesforce/fields';
import { asParameterValues } from '../../../vendors/wati/parameters';
import { watiClient } from '../../../vendors/wati/connection';
import { getContact, listContacts } from '../../../vendors/wati/contacts';
import { watiDirectory, watiFields } from '../../../vendors/wati/directory';
import { listMessages, sendText, showTyping } from '../../../vendors/wati/messages';
import { findTemplate, listTemplates } from '../../../vendors/wati/templates';
import { sendTemplates } from '../../../vendors/wati/templateSends';
import { wawpApi } from '../../../vendors/wawp/connection';
import { wawpDirectory } from '../../../vendors/wawp/directory';
import { zohoApi } from '../../../vendors/zoho/connection';
import { zohoDirectory } from '../../../vendors/zoho/directory';
import { zohoFields } from '../../../vendors/zoho/fields';
import { FakeTransport, type Scripted } from '../../unit/http/fakeTransport';
import { attemptCall, expectWords, property, type Property } from '../kit';
import * as samples from '../samples';
import { anyJson, damaged } from '../values';

const TOKEN = 'secret-token-of-32-characters-ok';

const wati = (transport: Transport) => watiClient(transport, { origin: 'https://live.wati.io', token: TOKEN });
const salesforce = (transport: Transport) =>
	new SalesforceApi(transport, { origin: 'https://example.my.salesforce.com', accessToken: TOKEN });
const zoho = (transport: Transport) =>
	zohoApi(transport, { origin: 'https://www.zohoapis.eu', identity: ['a'], secrets: [TOKEN] }, async () => ({
		access_token: TOKEN,
	}));
const wawp = (transport: Transport) =>
	wawpApi(transport, { origin: 'https://api.wawp.net', instanceId: '123456789012', token: TOKEN, choice: 'automatic' });

interface Vendor {
	name: string;
	field: string;
	key: ContactKey;
	fields: FieldInfo[];
	directory(transport: Transport, fields: FieldInfo[]): ContactDirectory;
	/** Answers as the vendor documents them. */
	answers: unknown[];
}

const email = (field: string): ContactKey => ({
	field,
	label: 'Email',
	value: 'anna@example.com',
	compare: 'anna@example.com',
});
const text = (id: string): FieldInfo => ({ id, label: id, type: 'text' });

const VENDORS: Vendor[] = [
	{
		name: 'WATI',
		field: 'city',
		key: { field: 'whatsappNumber', label: 'WhatsApp Number', value: '14155552671', compare: '14155552671' },
		fields: [text('name'), text('city')],
		directory: (transport, fields) => watiDirectory(wati(transport), fields),
		answers: [samples.watiContact, samples.watiContacts, samples.watiCount, samples.watiRefusal],
	},
	{
		name: 'Salesforce',
		field: 'Phone',
		key: email('Email'),
		fields: [text('Email'), text('LastName'), text('Phone'), { id: 'Tags__c', label: 'Tags', type: 'list' }],
		directory: (transport, fields) => salesforceDirectory(salesforce(transport), fields, { saveAnyway: false }),
		answers: [
			samples.salesforcePage,
			samples.salesforceLoop,
			samples.salesforceSaved,
			samples.salesforceRows,
			samples.salesforceErrors,
			samples.salesforceComposite,
		],
	},
	{
		name: 'Zoho CRM',
		field: 'Phone',
		key: email('Email'),
		fields: [text('Email'), text('Last_Name'), text('Phone')],
		directory: (transport, fields) => zohoDirectory(zoho(transport), fields, { allowUpdate: true }),
		answers: [samples.zohoRows, samples.zohoDone, samples.zohoRefusedRows, samples.zohoRefusal],
	},
	{
		name: 'Wawp',
		field: 'lastName',
		key: { field: 'chatId', label: 'Chat ID', value: '14155552671@c.us', compare: '14155552671@c.us' },
		fields: [text('firstName'), text('lastName')],
		directory: (transport, fields) => wawpDirectory(wawp(transport), fields, new Map()),
		answers: [samples.wawpContact, samples.wawpRefusal, { success: true }],
	},
];

const statuses = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(200, 200, 200, 201, 204, 207) },
	{ weight: 1, arbitrary: fc.constantFrom(400, 401, 403, 404, 409, 422, 500) },
);
const answersLike = (list: readonly unknown[]): fc.Arbitrary<Scripted> =>
	fc.record({
		status: statuses,
		body: fc.oneof(
			{ weight: 5, arbitrary: fc.constantFrom(...list).chain(damaged) },
			{ weight: 1, arbitrary: anyJson },
		),
	});
const scriptOf = (list: readonly unknown[]) => fc.array(answersLike(list), { minLength: 1, maxLength: 4 });

/** Requests after which a handful of contacts counts as never ending. */
const MOST_REQUESTS = 400;

async function withVendor<Value>(script: Scripted[], work: (transport: FakeTransport) => Promise<Value>) {
	const transport = new FakeTransport((_request, count) => {
		if (count > MOST_REQUESTS) throw new Error('It asks and asks');
		return script[Math.min(count, script.length) - 1] ?? {};
	});
	const result = await attemptCall(async () => await transport.run(work(transport)));
	expect(transport.sent.length).toBeLessThanOrEqual(MOST_REQUESTS);
	if (!result.done) expectWords(result.problem);
	return result;
}

function expectProblem(problem: Problem): void {
	expect(problem.message.trim()).not.toBe('');
	const isOurs =
		problem.cause === undefined || problem.cause instanceof RequestError || problem.cause instanceof InputProblem;
	if (!isOurs) throw new Error('An error of another kind became a result', { cause: problem.cause });
}

function expectWritten(results: WriteResult[], count: number): void {
	expect(results).toHaveLength(count);
	for (const result of results) {
		if (result.ok) expect(result.id).not.toBe('');
		else expectProblem(result.problem);
	}
}

const directoryProperties = VENDORS.flatMap(({ name, field, key, fields, directory, answers }): Property[] => {
	const keys = Array.from({ length: 3 }, (_, index) => ({
		...key,
		compare: index === 0 ? key.compare : `1${index}${key.compare}`,
		value: index === 0 ? key.value : `1${index}${key.value}`,
	}));
	const ids = fields.map(({ id }) => id);
	const stored: StoredContact = { id: 'id-1', fields: new Map([[field, 'old']]) };
	const values = new Map([[field, 'new']]);
	return [
		property(
			`${name}: a look-up gives a result for each key, whatever is answered, and no contact without an ID`,
			scriptOf(answers),
			async (script) => {
				const found = await withVendor(script, async (transport) => await directory(transport, fields).find(keys, ids));
				if (!found.done) return;
				expect(found.value).toHaveLength(keys.length);
				for (const result of found.value) {
					if (!result.ok) expectProblem(result.problem);
					else for (const contact of result.contacts) expect(contact.id).not.toBe('');
				}
			},
		),
		property(
			`${name}: a create gives a result for each contact, whatever is answered, and no success without an ID`,
			scriptOf(answers),
			async (script) => {
				const made = await withVendor(
					script,
					async (transport) => await directory(transport, fields).create(keys.map((one) => ({ key: one, values }))),
				);
				if (made.done) expectWritten(made.value, keys.length);
			},
		),
		property(
			`${name}: an update gives a result for each contact, whatever is answered`,
			scriptOf(answers),
			async (script) => {
				const written = await withVendor(
					script,
					async (transport) =>
						await directory(transport, fields).update(
							keys.map((one, index) => ({ key: one, contact: { ...stored, id: `${stored.id}${index}` }, values })),
						),
				);
				if (written.done) expectWritten(written.value, keys.length);
			},
		),
	];
});

const WATI_ANSWERS = [
	samples.watiContact,
	samples.watiContacts,
	samples.watiMessage,
	samples.watiMessages,
	samples.watiTemplates,
	samples.watiSent,
	samples.watiRefusal,
];
const recipients = ['14155552671', '14155552672'].map((phoneNumber, index) => ({
	address: { phoneNumber },
	localMessageId: `id-${index}`,
	parameters: asParameterValues({ name: 'Anna' }),
}));

export const vendorProperties: Property[] = [
	...directoryProperties,
	property(
		'WATI: whatever is answered, reading ends in what was asked for or in an error that can be read',
		scriptOf(WATI_ANSWERS),
		async (script) => {
			for (const read of [getContact, listMessages, findTemplate])
				await withVendor(script, async (transport) => await read(wati(transport), '14155552671'));
			for (const list of [listContacts, listTemplates, watiFields])
				await withVendor(script, async (transport) => await list(wati(transport)));
		},
	),
	property(
		'WATI: whatever is answered, a message counts as sent only when WATI says so',
		scriptOf(WATI_ANSWERS),
		async (script) => {
			const sent = await withVendor(
				script,
				async (transport) => await sendText(wati(transport), '14155552671', 'Hello'),
			);
			if (sent.done) expect(sent.value.status?.toLowerCase()).not.toBe('failed');
			await withVendor(script, async (transport) => await showTyping(wati(transport), '14155552671'));
		},
	),
	property(
		'WATI: whatever is answered, each recipient of a template has a result',
		scriptOf(WATI_ANSWERS),
		async (script) => {
			const sent = await withVendor(
				script,
				async (transport) =>
					await sendTemplates(wati(transport), { templateName: 'hello', broadcastName: 'b' }, recipients),
			);
			if (!sent.done) return;
			expect(sent.value).toHaveLength(recipients.length);
			for (const result of sent.value) if (!result.accepted) expect(result.error).toBeInstanceOf(RequestError);
		},
	),
	property(
		'Salesforce and Zoho: whatever is answered, the fields of contacts are a list or an error that can be read',
		scriptOf([samples.salesforceDescribe, samples.zohoFieldList, samples.zohoLayouts]),
		async (script) => {
			for (const list of [
				async (transport: Transport) => await salesforceFields(salesforce(transport)),
				async (transport: Transport) => await zohoFields(zoho(transport)),
			]) {
				const fields = await withVendor(script, list);
				if (fields.done)
					for (const field of fields.value) expect([typeof field.id, typeof field.label]).toEqual(['string', 'string']);
			}
		},
	),
];
