import { toMapperFields } from '../../../nodes/shared/createOrUpdate/mapper';
import { SalesforceCreateOrUpdateContact } from '../../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { Wati } from '../../../nodes/Wati/Wati.node';
import { WatiCreateOrUpdateContact } from '../../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { mimeTypeOf } from '../../../vendors/wati/mediaType';
import { phone, watiFixture } from '../../support/crms';
import { runNodeFake } from '../../support/fakeExecute';
import { told, withVendors } from '../kit/bench';
import { salesforce } from '../steps/salesforce';
import { wati } from '../steps/wati';
import { wawp } from '../steps/wawp';
import { zoho } from '../steps/zoho';

/** Names that every object knows already. */
const NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'valueOf',
	'hasOwnProperty',
	'__defineGetter__',
	'__lookupSetter__',
	'isPrototypeOf',
	'toLocaleString',
];

const VENDORS = [wati, salesforce, zoho, wawp];
const { run } = withVendors(VENDORS);

/** What would be there if anything had written to the prototype of all objects. */
const untouched = Object.getOwnPropertyNames(Object.prototype);
afterEach(() => {
	expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(untouched);
	expect(Object.prototype.toString.call({})).toBe('[object Object]');
});

describe.each(NAMES)('%s', (name) => {
	test.each(VENDORS)('as the code of a refusal by $name is told as words', async (vendor) => {
		for (const step of vendor.steps.filter(({ effect }) => effect !== 'token')) {
			vendor.reset();
			step.prepare?.();
			const words = { code: name, errorCode: name, statusCode: name, status: name, error: name, message: name };
			const row = { ...words, status: 'error', details: { expected_data_type: name, api_name: name } };
			for (const body of [words, [words], { ...words, status: 'error' }, { data: [row, row, row] }]) {
				step.server().fault({ method: step.method, path: step.path, status: 400, body });
				const output = await run(step.run);
				expect(told(output)).not.toMatch(/native code|\[object|undefined|function/);
				expect(output).toHaveLength(step.items ?? 3);
			}
		}
	});

	test('as an attribute of a WATI contact is written, read back and shown as any other', async () => {
		const crm = watiFixture();
		await crm.start();
		try {
			const schema = ['whatsappNumber', 'name'].map((id) => ({ id, displayName: id, field: { type: 'text' } }));
			const upsert = async (value: string) =>
				(
					await runNodeFake(new WatiCreateOrUpdateContact(), {
						parameters: {
							fields: {
								mappingMode: 'defineBelow',
								value: { whatsappNumber: `+${phone(0)}`, name: 'Ann' },
								schema,
							},
							options: { newAttributes: { attribute: [{ name, value }] } },
						},
						credentials: { watiConnectionApi: { apiEndpoint: crm.simulator.origin, accessToken: crm.simulator.token } },
						authorize: () => ({ Authorization: `Bearer ${crm.simulator.token}` }),
					})
				)[0]?.[0]?.json;
			expect(await upsert('old')).toMatchObject({ action: 'created' });
			const updated = await upsert('new');
			const stored = crm.simulator.account.contactByPhone(phone(0));
			expect([...(stored?.attributes ?? [])]).toContainEqual([name, 'new']);
			expect(Object.entries(Object(updated?.changedFields))).toEqual([[name, { from: 'old', to: 'new' }]]);
			expect(Object.getPrototypeOf(updated)).toBe(Object.prototype);
		} finally {
			await crm.stop();
		}
	});

	test('as a field of the mapper reaches no prototype, and is not taken for a field', async () => {
		const value = JSON.parse(`{"Email":"a@b.example","LastName":"Doe","${name}":"x"}`) as object;
		const schema = ['Email', 'LastName'].map((id) => ({ id, displayName: id, type: name, field: { type: 'text' } }));
		for (const entry of [{}, { id: name, displayName: name, type: name }]) {
			const [output] = await runNodeFake(new SalesforceCreateOrUpdateContact(), {
				parameters: {
					fields: { mappingMode: 'defineBelow', value, schema: [...schema, entry] },
					options: {},
				},
				credentials: {
					salesforceConnectionOAuth2Api: {
						oauthTokenData: { access_token: 'token', instance_url: 'https://acme.my.salesforce.com', id: 'x' },
					},
				},
				http: async () =>
					await Promise.resolve({ statusCode: 400, headers: {}, body: '[{"errorCode":"NOT_TODAY","message":"no"}]' }),
				onError: 'continueRegularOutput',
			});
			expect(told(output ?? [])).not.toMatch(/native code|is not a function/);
			expect(output).toHaveLength(1);
		}
	});

	test('as a field or a type that a vendor names is shown in the field list, or left out', () => {
		const shown = toMapperFields([{ id: name, label: name, type: 'text', required: false }], ['Email']);
		expect(shown.fields).toMatchObject([{ id: name, displayName: name, type: 'string' }]);
	});

	test('as the ending of a file says nothing of its type', () => {
		expect(mimeTypeOf(undefined, `photo.${name}`, Buffer.from('x'))).toBe('application/octet-stream');
	});

	test('as a resource, an operation or a way of naming a target is none', async () => {
		const work = async (parameters: Record<string, unknown>) =>
			await runNodeFake(new Wati(), {
				parameters: { options: {}, simplify: true, ...parameters },
				credentials: { watiConnectionApi: { apiEndpoint: 'https://live-mt-server.wati.io', accessToken: 'token' } },
				http: async () => await Promise.reject(new Error('A call was made')),
			});
		const get = { resource: 'contact', operation: 'get', target: { mode: name, value: 'x' } };
		for (const parameters of [{ ...get, resource: name }, { ...get, operation: name }, get]) {
			await expect(work(parameters)).rejects.toThrow(/^(?!.*(A call was made|not a function|undefined))/);
		}
	});
});
