import type { ICredentialTestFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import axios from 'axios';

import { WawpCreateOrUpdateContact } from '../../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import { useWawp } from '../../simulators/wawp/testing';
import { fakeExecute, runNodeFake, type FakeRun } from '../../support/fakeExecute';
import { TRUTH_CASES } from '../upsert/truthTable';

const { wawp } = useWawp();
const node = new WawpCreateOrUpdateContact();

const credential = () => ({ instanceId: wawp.instanceId, accessToken: wawp.accessToken, apiEndpoint: wawp.origin });

function given(items: Array<Record<string, unknown>>, parameters: Record<string, unknown> = {}): FakeRun {
	return {
		parameters: {
			fields: (index: number) => ({ mappingMode: 'defineBelow', value: items[index], schema: SCHEMA }),
			options: {},
			...parameters,
		},
		credentials: { wawpConnectionApi: credential() },
		items: items.map(() => ({ json: {} })),
		onError: 'continueRegularOutput',
	};
}

const SCHEMA = Object.entries({
	phone: 'Phone Number',
	chatId: 'Chat ID',
	firstName: 'First Name',
	lastName: 'Last Name',
}).map(([id, displayName]) => ({ id, displayName, field: { type: 'text' } }));

const run = async (...args: Parameters<typeof given>) => (await runNodeFake(node, given(...args)))[0] ?? [];
const words = (outputs: Awaited<ReturnType<typeof run>>) =>
	outputs.map(({ json }) => json.error ?? json.reason ?? json.action);

const ANA = { phone: '+1 415 555 0001', firstName: 'Ana', lastName: 'Silva' };
const ID = '14155550001@c.us';

/** Wawp has neither a summary nor a sign of who made a contact: nobody there counts as ours. */
const CASES = TRUTH_CASES.filter(({ found, summary }) => found !== 'one, ours' && summary === '');

test.each(CASES)('$found, C $c, U $u: $expected', async ({ found, c, u, word, written }) => {
	if (found !== 'none') wawp.addContact({ id: ID, firstName: 'Old' });
	expect(words(await run([ANA], { allowCreate: c === 'on', allowUpdate: u === 'on' }))).toEqual([word]);
	expect(wawp.contacts.writes).toHaveLength(written.includes('fields') ? 1 : 0);
});

test('the outcome names the contact by its chat id, and what changed', async () => {
	wawp.addContact({ id: ID, firstName: 'Ana', lastName: 'Souza' });
	const [output] = await run([ANA]);
	expect(output?.json).toMatchObject({
		action: 'updated',
		id: ID,
		matchedBy: { field: 'phone', value: '+14155550001' },
		changedFields: { lastName: { from: 'Souza', to: 'Silva' } },
		contact: { id: ID, phone: '+14155550001', firstName: 'Ana', lastName: 'Silva' },
	});
});

test('a phone number and its chat id are one contact', async () => {
	expect(words(await run([ANA, { chatId: ID, firstName: 'Ana', lastName: 'Silva' }]))).toEqual([
		'created',
		'unchanged',
	]);
});

test.each([
	[{ ...ANA, firstName: '' }, 'First Name is missing'],
	[{ firstName: 'Ana' }, 'Phone Number and Chat ID are missing'],
	[{ ...ANA, phone: '555 0001' }, 'Phone Number is not a phone number'],
	[{ firstName: 'Ana', chatId: '1203@g.us' }, 'Chat ID is not the chat ID of a person'],
])('%j is refused before any call: %s', async (values, message) => {
	expect(words(await run([values]))).toEqual([expect.stringContaining(message)]);
	expect(wawp.api.log).toHaveLength(0);
});

test('the fields need no call: the keys first, then the names', async () => {
	const context = fakeExecute(given([])) as unknown as ILoadOptionsFunctions;
	const { fields } = await node.methods.resourceMapping.getContactFields.call(context);
	expect(fields.map(({ id, required, removed }) => [id, required, removed])).toEqual([
		['chatId', false, false],
		['phone', false, false],
		['firstName', true, false],
		['lastName', false, true],
	]);
	expect(wawp.api.log).toHaveLength(0);
});

test('a field that Wawp has no place for is told, and not left out without a word', async () => {
	const output = await run([
		{ ...ANA, email: 'ana@example.com' },
		{ ...ANA, email: '' },
	]);
	expect(words(output)).toEqual(['Wawp keeps no field "email" of a contact', 'created']);
});

test('options that Wawp has no use for are not offered', () => {
	const options = node.description.properties.find(({ name }) => name === 'options')?.options?.map(({ name }) => name);
	expect(options).toEqual(['defaultCountry', 'dryRun', 'emptyValues']);
});

describe('the test of the connection', () => {
	interface OldOptions {
		method: string;
		uri: string;
		headers: Record<string, string>;
		body?: string;
	}
	const helpers = {
		request: async ({ method, uri, headers, body }: OldOptions) => {
			const answer = await axios.request<string>({
				method,
				url: uri,
				headers,
				data: body,
				validateStatus: () => true,
				transformResponse: (text: string) => text,
			});
			return { statusCode: answer.status, headers: { ...answer.headers }, body: answer.data };
		},
	};
	const testConnection = async (change: Record<string, string> = {}) =>
		await node.methods.credentialTest.wawpConnectionTest.call({ helpers } as unknown as ICredentialTestFunctions, {
			id: '1',
			name: 'Wawp',
			type: 'wawpConnectionApi',
			data: { ...credential(), ...change },
		});

	test('passes where the session works', async () => {
		expect(await testConnection()).toEqual({ status: 'OK', message: 'Connection works' });
		expect(wawp.api.log.map(({ path, query }) => [path, query])).toEqual([['/v2/session/info', {}]]);
	});

	test.each([
		['SCAN_QR_CODE', 'scan the QR code'],
		['STOPPED', 'start it'],
		['STARTING', 'Wait a minute'],
		['FAILED', 'Restart'],
	] as const)('tells a session that is %s', async (session, words) => {
		wawp.settings.session = session;
		const { status, message } = await testConnection();
		expect([status, message]).toEqual(['Error', expect.stringContaining('are right, but WhatsApp is not ready')]);
		expect(message).toContain(words);
	});

	test.each([
		[{ accessToken: 'wrong-token' }, "doesn't accept the Access Token"],
		[{ instanceId: 'Z1Z2Z3Z4Z5Z6' }, 'has no session for this Instance ID'],
		[{ instanceId: '' }, 'The Instance ID is empty'],
		[{ accessToken: ' ' }, 'The Access Token is empty'],
		[{ apiEndpoint: 'http://api.wawp.net' }, 'API Endpoint'],
		[{ apiEndpoint: 'http://127.0.0.1:9' }, 'There is no Wawp at this API Endpoint'],
	])('tells what is wrong with %j', async (change, words) => {
		const { status, message } = await testConnection(change);
		expect([status, message]).toEqual(['Error', expect.stringContaining(words)]);
		expect(message).not.toContain('wrong-token');
	});
});
