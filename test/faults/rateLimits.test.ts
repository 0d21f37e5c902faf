import type { INodeExecutionData } from 'n8n-workflow';

import { Wati } from '../../nodes/Wati/Wati.node';
import { WatiCreateOrUpdateContact } from '../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { WawpCreateOrUpdateContact } from '../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import type { RateLimitRule } from '../simulators/kit/rateLimit';
import { phone, watiFixture, wawpFixture } from '../support/crms';
import { runNodeFake } from '../support/fakeExecute';
import { n8nHttp, type N8nHttpOptions } from '../support/n8nHttp';
import { runCreateOrUpdate } from './kit/contacts';
import { paceOf } from './kit/limited';
import { Network } from './kit/network';
import type { RunContext } from './kit/vendor';
import { time } from './kit/virtualTime';

const wati = watiFixture();
const wawp = wawpFixture();
const network = new Network();

beforeAll(async () => void (await Promise.all([wati.start(), wawp.start(), network.open()])));
afterAll(async () => void (await Promise.all([wati.stop(), wawp.stop()])));
jest.setTimeout(60_000);
beforeEach(async () => {
	await time.settle();
	for (const crm of [wati, wawp]) crm.reset();
});
afterEach(async () => {
	time.isReal = false;
	await time.settle();
});

const context = (onError: RunContext['onError'] = 'continueRegularOutput'): RunContext => ({
	onError,
	hints: [],
	http: (options: N8nHttpOptions) => n8nHttp({ ...options, send: network.send }),
});

const watiConnection = (): N8nHttpOptions => ({
	credentials: { watiConnectionApi: { ...wati.credentialData(), accessToken: wati.simulator.token } },
	authorize: () => ({ Authorization: `Bearer ${wati.simulator.token}` }),
});

const people = (count: number): number[] => Array.from({ length: count }, (_, person) => person);

const contactsOfWati = async (count: number, more = context()) =>
	await runCreateOrUpdate(wati, new WatiCreateOrUpdateContact(), watiConnection(), more, people(count));

const contactsOfWawp = async (count: number) =>
	await runCreateOrUpdate(
		wawp,
		new WawpCreateOrUpdateContact(),
		{ credentials: { wawpConnectionApi: { ...wawp.credentialData(), sendCredentialsIn: 'automatic' } } },
		context(),
		people(count),
	);

async function messagesOfWati(count: number): Promise<INodeExecutionData[]> {
	for (const person of people(count)) {
		wati.simulator.account.addConversation(wati.simulator.account.addContact({ phone: phone(person) }));
	}
	const http = watiConnection();
	const [output] = await runNodeFake(new Wati(), {
		parameters: {
			resource: 'message',
			operation: 'sendText',
			target: (item: number) => ({ mode: 'phone', value: `+${phone(item)}` }),
			text: 'Hello',
			simplify: true,
			options: {},
		},
		items: people(count).map(() => ({ json: {} })),
		credentials: http.credentials,
		http: context().http(http),
		onError: 'continueRegularOutput',
	});
	return output ?? [];
}

const messages = (): number => [...wati.simulator.account.messages.values()].length;

interface Work {
	name: string;
	run(count: number): Promise<INodeExecutionData[]>;
	server: typeof wati.simulator | typeof wawp.simulator.api;
	/** What the vendor has in the end. */
	kept(): number;
}

const WORKS: Work[] = [
	{
		name: 'new WATI contacts',
		run: contactsOfWati,
		server: wati.simulator,
		kept: () => wati.simulator.account.contacts.size,
	},
	{ name: 'WATI messages', run: messagesOfWati, server: wati.simulator, kept: messages },
	{
		name: 'new Wawp contacts',
		run: contactsOfWawp,
		server: wawp.simulator.api,
		kept: () => wawp.simulator.contacts.all().length,
	},
];

/**
 * A window of 10 s, and the second by which Retry-After may be rounded up. Where the vendor says nothing, the door is tried
 * more seldom each time, so that once it may be found open 5 s late.
 */
const LONGEST_GAP_MS = { seconds: 12_000, date: 12_000, none: 15_500 };

/** Where the vendor says nothing, the limit has to be felt out. */
const MOST_REFUSED = 0.05;

describe.each(['seconds', 'date', 'none'] as const)('a limit that tells when to come back: %s', (retryAfter) => {
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
	afterEach(() => jest.restoreAllMocks());
	const limit: RateLimitRule = { calls: 10, perMs: 10_000, retryAfter };

	test.each(WORKS)('200 $name at 10 calls in 10 s: all of them, once, and no slower than the limit', async (work) => {
		work.server.rateLimit(limit);
		const output = await time.run(work.run(200));
		expect(output.filter(({ json }) => json.error !== undefined)).toEqual([]);
		expect(output).toHaveLength(200);
		expect(work.kept()).toBe(200);
		const pace = paceOf(work.server.log, limit);
		expect(pace.refusedPart).toBeLessThanOrEqual(MOST_REFUSED);
		expect(pace.tookMs).toBeLessThanOrEqual(pace.leastMs * 1.15);
		expect(pace.longestGapMs).toBeLessThanOrEqual(LONGEST_GAP_MS[retryAfter]);
	});
});

test('by the clock on the wall: 60 WATI contacts at 10 calls a second', async () => {
	time.isReal = true;
	const limit: RateLimitRule = { calls: 10, perMs: 1_000 };
	wati.simulator.rateLimit(limit);
	const output = await contactsOfWati(60);
	expect(output.map(({ json }) => json.action)).toEqual(Array(60).fill('created'));
	expect(wati.simulator.account.contacts.size).toBe(60);
	const pace = paceOf(wati.simulator.log, limit);
	// The five with which a run begins may be refused together.
	expect(pace.refusedPart).toBeLessThanOrEqual(0.05 + 5 / 60);
	expect(pace.tookMs).toBeLessThanOrEqual(pace.leastMs * 1.5 + 1_000);
});

describe('a quota of the month', () => {
	const MONTH = 30 * 24 * 60 * 60 * 1_000;

	test.each([
		{ retryAfter: 'seconds', longestMs: 1_000, mostRefused: 20 },
		{ retryAfter: 'none', longestMs: 121_000, mostRefused: 40 },
	] as const)(
		'ends the run with a clear sentence, told by $retryAfter; the rest fails at once, without calls',
		async ({ retryAfter, longestMs, mostRefused }) => {
			wati.simulator.rateLimit({ calls: 50, perMs: MONTH, retryAfter });
			const started = time.now();
			const output = await time.run(contactsOfWati(200));
			expect(time.now() - started).toBeLessThanOrEqual(longestMs);

			const created = output.filter(({ json }) => json.action === 'created');
			const failed = output.filter(({ json }) => json.error !== undefined);
			expect(created.length + failed.length).toBe(200);
			expect(wati.simulator.account.contacts.size).toBe(created.length);
			expect(failed.map(({ json }) => json.error)).toEqual(
				failed.map(() => 'WATI takes no more calls from this account for now'),
			);
			const refused = wati.simulator.log.filter(({ status }) => status === 429);
			expect(refused.length).toBeLessThanOrEqual(mostRefused);
		},
	);

	test('says how many were written when the node is set to stop', async () => {
		wati.simulator.rateLimit({ calls: 50, perMs: MONTH });
		const run = time.run(contactsOfWati(200, context('stopWorkflow')));
		await expect(run).rejects.toMatchObject({
			message: expect.stringMatching(/^\d+ of 200 items were not written$/),
			description: expect.stringContaining('WATI takes no more calls from this account for now'),
		});
	});
});
