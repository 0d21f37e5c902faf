import { axiosTransport } from '../../../http/axiosTransport';
import { createOrUpdate } from '../../../upsert/engine';
import type { ContactInput, UpsertPolicy } from '../../../upsert/types';
import { parseWawpConnection, wawpApi } from '../../../vendors/wawp/connection';
import { WAWP_FIELDS, wawpDirectory } from '../../../vendors/wawp/directory';
import type { WantedNames } from '../../../vendors/wawp/names';
import { DEFAULT_RETRY_LIMITS } from '../../../http/retryTable';
import type { PlaceChoice } from '../../../vendors/wawp/placement';
import type { CredentialPlace } from '../../simulators/wawp';
import { useWawp } from '../../simulators/wawp/testing';
import { batch, policy, problems, words } from '../upsert/builders';

const { wawp } = useWawp();

type Input = Omit<ContactInput, 'itemIndex'>;

const ANA = '14155550001@c.us';
const ATTEMPTS = DEFAULT_RETRY_LIMITS.attempts;

function item(chatId: string, firstName: string, lastName?: string | null): Input {
	const values = new Map<string, string | null>([
		['chatId', chatId],
		['firstName', firstName],
	]);
	if (lastName !== undefined) values.set('lastName', lastName);
	return { key: { field: 'chatId', label: 'Chat ID', value: chatId, compare: chatId }, values };
}

async function run(items: Input[], choices: Partial<UpsertPolicy> = {}, sendCredentialsIn: PlaceChoice = 'automatic') {
	const connection = parseWawpConnection({
		instanceId: wawp.instanceId,
		accessToken: wawp.accessToken,
		apiEndpoint: wawp.origin,
		sendCredentialsIn,
	});
	const api = wawpApi(axiosTransport({ authorize: () => ({}) }), connection, { firstPauseMs: 1, longestPauseMs: 5 });
	const wanted = new Map<string, WantedNames[]>();
	for (const { key, values } of items) {
		const last = values.get('lastName');
		const names = {
			firstName: String(values.get('firstName')),
			lastName: last === undefined || last === null ? undefined : String(last),
		};
		wanted.set(key.compare, [...(wanted.get(key.compare) ?? []), names]);
	}
	const chosen = policy({ alwaysSaveSummary: false, ...choices });
	return await createOrUpdate(batch(...items), chosen, wawpDirectory(api, WAWP_FIELDS, wanted));
}

const written = () => wawp.contacts.writes.map(({ id, firstName, lastName }) => [id, firstName, lastName]);

describe('calls', () => {
	test('one look-up and one write for each contact at most, five at a time', async () => {
		const ids = wawp.seedContacts(100);
		const results = await run(
			ids.map((id, index) => item(id, index < 50 ? 'Ana' : `First${index + 1}`, `Last${index + 1}`)),
		);
		expect(words(results).filter((action) => action === 'updated')).toHaveLength(50);
		expect(words(results).filter((action) => action === 'unchanged')).toHaveLength(50);
		expect(wawp.api.log).toHaveLength(150);
		expect(wawp.api.counters().peakConcurrency).toBeLessThanOrEqual(5);
	});

	test("the path of a write holds the @ as in Wawp's samples, and either form is understood", async () => {
		await run([item(ANA, 'Ana')]);
		expect(wawp.api.requests('PUT', `/v2/contacts/${ANA}`)).toHaveLength(1);
	});

	test('a write whose answer is lost is sent again; the same twice is the same once', async () => {
		wawp.api.fault({ method: 'PUT', drop: 'after' });
		expect(words(await run([item(ANA, 'Ana', 'Silva')]))).toEqual(['created']);
		expect(written()).toEqual([
			[ANA, 'Ana', 'Silva'],
			[ANA, 'Ana', 'Silva'],
		]);
	});
});

describe('both names are always sent, and none is invented', () => {
	test.each([
		['a new contact without a last name', undefined, item(ANA, 'Ana'), ['Ana', '']],
		['a known one keeps its last name', { firstName: 'Anna', lastName: 'Silva' }, item(ANA, 'Ana'), ['Ana', 'Silva']],
		['an empty one is ignored', { firstName: 'Anna', lastName: 'Silva' }, item(ANA, 'Ana', null), ['Ana', 'Silva']],
		['both are mapped', { firstName: 'Anna', lastName: 'Silva' }, item(ANA, 'Ana', 'Souza'), ['Ana', 'Souza']],
	])('%s', async (_, stored, input, names) => {
		if (stored) wawp.addContact({ id: ANA, ...stored });
		await run([input]);
		expect(written()).toEqual([[ANA, ...names]]);
	});

	test('an empty last name clears it where that is wanted', async () => {
		wawp.addContact({ id: ANA, firstName: 'Ana', lastName: 'Silva' });
		expect(words(await run([item(ANA, 'Ana', null)], { emptyValues: 'clear' }))).toEqual(['updated']);
		expect(written()).toEqual([[ANA, 'Ana', '']]);
	});
});

describe('the name that is stored', () => {
	test.each([
		['Ana Maria', 'Silva'],
		['Ana', 'Maria Silva'],
		['Ana Maria Silva', ''],
		['Ana Maria', undefined],
		['Ana  Maria ', undefined],
		['Ana  Maria', 'Silva'],
	])('is the same however it was cut: %s, %s', async (firstName, lastName) => {
		wawp.addContact({ id: ANA, firstName: 'Ana', lastName: 'Maria Silva' });
		expect(words(await run([item(ANA, firstName, lastName)]))).toEqual(['unchanged']);
	});

	test('a number that nobody saved is a new contact, although Wawp answers for it', async () => {
		const results = await run([item(ANA, 'Ana')], { allowCreate: false });
		expect(words(results)).toEqual(['creationOff']);
	});

	test('a saved one is not renamed where updates are off', async () => {
		wawp.addContact({ id: ANA, firstName: 'Theirs' });
		expect(words(await run([item(ANA, 'Ana')], { allowUpdate: false }))).toEqual(['updatesOff']);
		expect(written()).toEqual([]);
	});

	test.each([
		[{ name: 'annie', pushname: 'annie', isMyContact: false }, 'created'],
		[{ name: '+1 415 555 0001', isMyContact: false }, 'created'],
		[{ isMyContact: true }, 'updated'],
		[{ name: 'Saved Name', pushname: 'annie', isMyContact: false }, 'updated'],
		[{ firstName: 'Ana', lastName: 'Silva' }, 'updated'],
	])('%j means that the contact is %s', async (answer, action) => {
		wawp.api.fault({ method: 'GET', status: 200, body: { id: ANA, ...answer } });
		expect(words(await run([item(ANA, 'New', 'Name')]))).toEqual([action]);
	});
});

describe('credentials', () => {
	const inUrl = () => wawp.api.log.filter(({ query }) => 'access_token' in query);

	test('stay out of the URL', async () => {
		await run([item(ANA, 'Ana'), item('14155550002@c.us', 'Bea')]);
		expect(inUrl()).toEqual([]);
	});

	test.each<CredentialPlace>(['query', 'body', 'headers'])(
		'are found out where Wawp reads them only from the %s',
		async (place) => {
			wawp.settings.acceptCredentialsIn = place === 'body' ? ['body', 'query'] : [place];
			const ids = wawp.seedContacts(20);
			expect(new Set(words(await run(ids.map((id) => item(id, 'Ana')))))).toEqual(new Set(['updated']));
			const refused = wawp.api.log.filter(({ status }) => status === 401).length;
			expect(refused).toBeLessThanOrEqual(3);
			if (place === 'headers') expect(inUrl()).toEqual([]);
		},
	);

	test('are still found out when the first call met a server that was down', async () => {
		wawp.settings.acceptCredentialsIn = ['query'];
		wawp.api.fault({ method: 'GET', status: 502, body: '<html>Bad gateway</html>', times: ATTEMPTS });
		const results = await run([item('14155550001@c.us', 'Ana'), item('14155550002@c.us', 'Bea')]);
		expect(words(results)).toEqual(['error', 'created']);
	});

	test('are never put into the URL where the connection forbids it', async () => {
		wawp.settings.acceptCredentialsIn = ['query'];
		const results = await run([item(ANA, 'Ana'), item('14155550002@c.us', 'Bea')], {}, 'neverUrl');
		expect(words(results)).toEqual(['error', 'error']);
		expect(inUrl()).toEqual([]);
	});

	test('go into the URL at once where the connection says so', async () => {
		await run([item(ANA, 'Ana')], {}, 'url');
		expect(inUrl()).toHaveLength(2);
	});

	test('that are wrong end the run after a few calls, and are in no error', async () => {
		wawp.settings.acceptCredentialsIn = [];
		const results = await run(Array.from({ length: 50 }, (_, index) => item(`141555500${10 + index}@c.us`, 'Ana')));
		expect(new Set(words(results))).toEqual(new Set(['error']));
		expect(wawp.api.log.length).toBeLessThan(10);
		expect(JSON.stringify(results)).not.toContain(wawp.accessToken);
	});
});

describe('what Wawp refuses', () => {
	test.each([422, 'sessionNotFound', 404, 200] as const)(
		'a session that waits for its phone (told by %s) says what to do, once',
		async (whenNotWorking) => {
			Object.assign(wawp.settings, { session: 'SCAN_QR_CODE', whenNotWorking });
			const results = await run(Array.from({ length: 20 }, (_, index) => item(`141555500${10 + index}@c.us`, 'Ana')));
			expect(problems(results)[0]?.message).toBe("The instance's WhatsApp session is not working");
			expect(problems(results)[0]?.description).toContain('scan the QR code');
			expect(wawp.api.log.length).toBeLessThanOrEqual(6);
		},
	);

	test('what the engine refuses in a body is told in its words', async () => {
		const message = ['firstName must be a string', 'lastName must be a string'];
		wawp.api.fault({ method: 'PUT', status: 400, body: { statusCode: 400, message, error: 'Bad Request' } });
		expect(problems(await run([item(ANA, 'Ana')]))[0]?.message).toBe(
			`Wawp refused to save the contact: ${message.join(', ')}`,
		);
	});

	test('an answer that is no contact is not taken for somebody who is not saved', async () => {
		wawp.api.fault({ method: 'GET', status: 200, body: { success: true } });
		const [result] = await run([item(ANA, 'Ana')], { allowUpdate: false });
		expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('in an unexpected form') } });
		expect(written()).toEqual([]);
	});

	test('a contact in an envelope is read all the same', async () => {
		const data = { id: ANA, name: 'Their Name', isMyContact: true };
		wawp.api.fault({ method: 'GET', status: 200, body: { code: 'success', data } });
		expect(words(await run([item(ANA, 'Ana')], { allowUpdate: false }))).toEqual(['updatesOff']);
	});

	test('a refusal under HTTP 200 is a refusal', async () => {
		wawp.settings.refusalStatus = 200;
		const results = await run([item('12@c.us', 'Ana'), item(ANA, 'Bea')]);
		expect(words(results)).toEqual(['error', 'created']);
	});

	test('a web page of a proxy is no answer: nothing is created after a failed look-up', async () => {
		wawp.api.fault({ method: 'GET', status: 502, body: '<html>Bad gateway</html>', times: 99 });
		const results = await run([item(ANA, 'Ana')]);
		expect(problems(results)[0]?.message).toBe('Wawp answered with status 502 when asked to look up the contact');
		expect(written()).toEqual([]);
	});

	test.each(['empty', 'echo'] as const)('an %s answer to a write is a good one', async (successBody) => {
		wawp.settings.successBody = successBody;
		expect(words(await run([item(ANA, 'Ana')]))).toEqual(['created']);
	});
});

test('two items with one chat id: the second meets what the first made', async () => {
	expect(words(await run([item(ANA, 'Ana', 'Silva'), item(ANA, 'Ana', 'Souza'), item(ANA, 'Ana', 'Souza')]))).toEqual([
		'created',
		'updated',
		'unchanged',
	]);
});

test('a dry run writes nothing and tells what the run then does', async () => {
	wawp.addContact({ id: ANA, firstName: 'Anna' });
	const items = [item(ANA, 'Ana'), item('14155550002@c.us', 'Bea')];
	const said = await run(items, { dryRun: true });
	expect(written()).toEqual([]);
	expect(words(said)).toEqual(words(await run(items)));
});
