import { parseEndpoint, parseToken } from '../../http/endpoint';
import { RequestError, show } from '../../http/errors';
import { mappedValues, readMapping, storedFields } from '../../nodes/shared/createOrUpdate/mapper';
import { ItemParameters } from '../../nodes/shared/itemParameters';
import { readSettings } from '../../nodes/WatiTrigger/settings';
import { SalesforceApi } from '../../vendors/salesforce/api';
import { salesforceDirectory } from '../../vendors/salesforce/directory';
import { oneOf } from '../../vendors/shared/checks';
import { fieldValue } from '../../vendors/shared/contactField';
import { loadPhoneReader } from '../../vendors/shared/phone';
import { utcMoment } from '../../vendors/shared/time';
import { watiClient } from '../../vendors/wati/connection';
import { listContacts } from '../../vendors/wati/contacts';
import { readRecipients } from '../../vendors/wati/recipients';
import { scheduledTime } from '../../vendors/wati/schedule';
import { formatTarget } from '../../vendors/wati/target';
import { findTemplate } from '../../vendors/wati/templates';
import { readChatId } from '../../vendors/wawp/chatId';
import { zohoApi } from '../../vendors/zoho/connection';
import { zohoDirectory } from '../../vendors/zoho/directory';
import { fakeExecute } from '../support/fakeExecute';
import { refusalOf } from '../support/refusalOf';
import { FakeTransport } from './http/fakeTransport';
import { theField } from './shared/theField';

/** Each of these failed once in test/fuzz. */

const RULES = { field: 'API Endpoint', example: 'https://live.wati.io/1' };
/** JSON in which a member has the name of what JavaScript calls to make a text. */
const trap: unknown = JSON.parse('{"toString": 1}');
const circular: Record<string, unknown> = {};
circular.self = circular;

describe('a refusal can always be read', () => {
	test.each<[string, unknown, string]>([
		['half of a character becomes the sign for an unreadable letter', 'a\ud800', '"a\uFFFD"'],
		['a character that is cut through is not torn', `${'x'.repeat(75)}👩👩👩`, `"${'x'.repeat(75)}\uFFFD…`],
		['a number too large for JSON', 10n, '10'],
		['an object that holds itself', circular, 'an object that is no JSON'],
	])('%s', (_what, value, shown) => {
		expect(show(value)).toBe(shown);
	});

	test('whatever a vendor says, headline and text have an end', () => {
		const error = new RequestError('refused', 'x'.repeat(10_000), { description: 'y'.repeat(10_000) });
		expect([error.message.length, error.description?.length]).toEqual([398, 1_998]);
	});

	test('a recipient with an endless key is refused in one line', async () => {
		const readPhone = await loadPhoneReader();
		const [result] = readRecipients([{ ['k'.repeat(30_000)]: 1 }], readPhone);
		expect(result && 'error' in result ? result.error.message : '').toMatch(/^Recipient 1 has a key .{1,120}$/);
	});
});

describe('an object where a text belongs is refused by the name of the field', () => {
	test.each<[string, () => unknown, string]>([
		['in a list of choices', () => oneOf(trap, 'Header', ['none']), 'Header'],
		['as a chat ID', () => readChatId(trap), 'Chat ID'],
		['in a box to tick', () => fieldValue(theField({ type: 'boolean' }), trap), 'The Field'],
		['in a list', () => fieldValue(theField({ type: 'list' }), ['a', trap]), 'The Field'],
		['instead of a list', () => fieldValue(theField({ type: 'list' }), { a: 1 }), 'The Field'],
		['as a text of its own', () => fieldValue(theField(), circular), 'The Field'],
	])('%s', (_what, work, named) => {
		expect(refusalOf(work).field).toBe(named);
	});

	test('the number of an address and the largest file fall back to what they are at first', () => {
		const parameters: Record<string, unknown> = { options: { addressNumber: trap, maxMediaSize: trap } };
		const settings = readSettings({ getNodeParameter: (name: string) => parameters[name] ?? null } as never);
		expect(settings).toMatchObject({ addressNumber: 1, largestMedia: 25_000_000 });
	});

	const mapping = (fields: unknown) =>
		readMapping(new ItemParameters(fakeExecute({ parameters: { fields }, credentials: {} }), 0));

	test('a list where a mapping belongs', () => {
		expect(refusalOf(() => mapping([])).message).toBe('Fields is empty');
	});

	test('a choice of a stored mapping that is an object is no choice, and the field is still one', () => {
		const schema = [{ id: 'a', displayName: 'A', type: 'options', options: [{ name: 'A', value: trap }] }];
		const read = mapping({ value: { a: 'x' }, schema });
		expect([...mappedValues(read, storedFields(read).fields, {})]).toEqual([['a', 'x']]);
	});
});

describe('times', () => {
	const now = Date.UTC(2026, 10, 20);
	test.each<[string, () => unknown]>([
		['31 February with an offset is not 3 March', () => scheduledTime('2027-02-31T10:00:00Z', 'UTC', now)],
		['31 February is no date of a filter', () => utcMoment('2026-02-31T10:00:00Z', 'Date', 'UTC')],
		[
			'31 February is no point in time of a contact',
			() => fieldValue(theField({ type: 'dateTime' }), '2026-02-31T10:00Z'),
		],
		[
			'the year 10000 after the offset is taken off',
			() => fieldValue(theField({ type: 'dateTime' }), '9999-12-31T23:59:59-12:00'),
		],
		['the year 10000 by the clock of the workflow', () => scheduledTime('9999-12-31T23:59', 'America/New_York', now)],
		['the same in a filter', () => utcMoment('9999-12-31T23:59', 'Date', 'America/New_York')],
		['a date made out of nothing, in a filter', () => utcMoment(new Date('x'), 'Date', 'UTC')],
		['a date made out of nothing, in a contact', () => fieldValue(theField({ type: 'date' }), new Date('x'))],
		['a scheduled time that holds itself', () => scheduledTime(circular, 'UTC', now)],
	])('%s is refused', (_what, work) => {
		expect(refusalOf(work).message).toMatch(/^(Date|The Field|Scheduled At) /);
	});
});

describe('values of contacts', () => {
	test('minus zero is zero: what is stored has no minus', () => {
		expect(fieldValue(theField({ type: 'number' }), '-0')).toBe(0);
	});

	test('a choice that stores nothing is nothing', () => {
		const options = [{ value: '', label: 'None' }];
		expect(fieldValue(theField({ options }), 'None')).toBeNull();
		expect(fieldValue(theField({ type: 'list', options }), 'None')).toEqual([]);
	});
});

describe('phone numbers and targets', () => {
	test.each([
		['has more than 15 digits, as a German one may by its plan', 10_000_000_000_000, 'DE'],
		['loses a digit each time it is read', '+86000000000', undefined],
	])('a number that %s is refused', async (_what, value, country) => {
		const readPhone = await loadPhoneReader();
		expect(refusalOf(() => readPhone(value, 'Phone', country)).field).toBe('Phone');
	});

	test('a channel with half of a character is refused before it is put into a path', async () => {
		const readPhone = await loadPhoneReader();
		const value = 'shop\ud800:+14155552671';
		expect(refusalOf(() => formatTarget({ mode: 'channelPhone', family: 'contact', value }, readPhone)).field).toBe(
			'Target',
		);
	});
});

describe('endpoints and tokens', () => {
	test.each([
		'https://.example',
		'https://a..example',
		'https://0.0.0.0+',
		'https://wati.io$.example',
		'https://a,b.example',
	])('what no name server knows is no host: %s', (typed) => {
		expect(refusalOf(() => parseEndpoint(typed, RULES)).field).toBe('API Endpoint');
	});

	test.each(['https://u:se/CRET@live.wati.io', 'https://:CRET#x@live.wati.io', 'file:///:CRET@live.wati.io'])(
		'a refused address never shows a password with odd signs in it: %s',
		(typed) => {
			expect(refusalOf(() => parseEndpoint(typed, RULES)).description).not.toContain('CRET');
		},
	);

	test.each(['""token""', '"Bearer \'token\'"', "'Authorization: Bearer token'", 'Bearer "token"'])(
		'a token comes out of all that stands around it: %s',
		(typed) => {
			expect(parseToken(typed, 'Access Token')).toBe('token');
		},
	);
});

describe('a vendor that repeats itself', () => {
	const wati = (page: object) => {
		const transport = new FakeTransport([{ body: page }]);
		return { transport, client: watiClient(transport, { origin: 'https://live.wati.io', token: 'a-token' }) };
	};
	const hundred = Array.from({ length: 100 }, (_, index) => ({ id: `id-${index}`, name: 'other', status: 'APPROVED' }));

	test('WATI gives the same full page for ever: the list has an end', async () => {
		const { transport, client } = wati({ contact_list: hundred });
		expect(await transport.run(listContacts(client))).toHaveLength(100);
		expect(transport.sent).toHaveLength(2);
	});

	test('and a template that is not on it is not found', async () => {
		const { transport, client } = wati({ templates: hundred });
		expect(await transport.run(findTemplate(client, 'mine'))).toBeUndefined();
	});

	const keys = [{ field: 'Email', label: 'Email', value: 'anna@example.com', compare: 'anna@example.com' }];
	const failed = [
		{ ok: false, problem: { message: expect.stringMatching(/rest of the contacts|the same contacts again/) } },
	];

	test('Salesforce says that the next page is the same one: the look-up fails, and nothing is created', async () => {
		const nextRecordsUrl = '/services/data/v66.0/query/01g000000000001-2000';
		const transport = new FakeTransport([{ body: { done: false, nextRecordsUrl, records: [] } }]);
		const api = new SalesforceApi(transport, { origin: 'https://example.my.salesforce.com', accessToken: 'a-token' });
		const directory = salesforceDirectory(api, [], { saveAnyway: false });
		expect(await transport.run(directory.find(keys, []))).toMatchObject(failed);
	});

	test('Zoho says for ever that there is more: the look-up fails, and nothing is created', async () => {
		const page = { data: [{ id: '1', Email: 'anna@example.com' }], info: { more_records: true } };
		const transport = new FakeTransport([{ body: page }]);
		const connection = { origin: 'https://www.zohoapis.eu', identity: ['a'], secrets: [] };
		const directory = zohoDirectory(
			zohoApi(transport, connection, async () => ({})),
			[],
			{ allowUpdate: true },
		);
		expect(await transport.run(directory.find(keys, []))).toMatchObject(failed);
	});
});

describe('Salesforce answers without the ID of a contact', () => {
	const directoryOf = (body: unknown) => {
		const transport = new FakeTransport([{ body }]);
		const api = new SalesforceApi(transport, { origin: 'https://example.my.salesforce.com', accessToken: 'a-token' });
		return { transport, directory: salesforceDirectory(api, [], { saveAnyway: false }) };
	};
	const key = { field: 'Email', label: 'Email', value: 'anna@example.com', compare: 'anna@example.com' };

	test('a contact found without one is a failed look-up, not one to update', async () => {
		const { transport, directory } = directoryOf({ done: true, records: [{ Email: 'anna@example.com' }] });
		expect(await transport.run(directory.find([key], []))).toMatchObject([{ ok: false }]);
	});

	test('a contact created without one may be there: it is looked up again', async () => {
		const { transport, directory } = directoryOf({ success: true, errors: [] });
		const created = directory.create([{ key, values: new Map([['LastName', 'Doe']]) }]);
		expect(await transport.run(created)).toMatchObject([{ ok: false, outcomeUnknown: true }]);
	});
});
