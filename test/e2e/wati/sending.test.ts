import { join } from 'node:path';

import { resources } from '../../../nodes/Wati/resources';
import type { N8nClient } from '../../host/n8nClient';
import { N8nHost } from '../../host/n8nHost';
import { runNode, type NodeResult } from '../../host/runNode';
import { waitFor } from '../../host/wait';
import type { CredentialRef } from '../../host/workflowBuilder';
import type { Fault } from '../../simulators/kit/faults';
import type { RecordedRequest } from '../../simulators/kit/requests';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { asWorkflow } from '../../support/asWorkflow';
import { connectWati } from './connectWati';
import { READS, seedAccount, SENDS, SETTINGS, WITH_LOOK_UP, type OperationRow } from './everyOperation';

/** What a builder reads when nobody knows whether a person was reached. */
const outcomeUnknown = (happened: string) => ({
	message: expect.stringMatching(
		new RegExp(`WATI ${happened}.*, so it is not known whether it did (send|schedule|start) the `),
	),
	description: expect.stringContaining('It was not sent again, so that nothing happens twice.'),
	context: { kind: 'outcomeUnknown' },
});

const posts = (log: readonly RecordedRequest[]) => log.filter(({ method }) => method === 'POST');

async function runRow(host: N8nClient, credential: CredentialRef, row: OperationRow): Promise<NodeResult> {
	const { parameters, items } = asWorkflow(row.parameters, row.items ?? 1);
	return await runNode(host, {
		before: row.before,
		node: { type: 'n8n-nodes-whatsapp-crm.wati', parameters, credentials: { watiConnectionApi: credential } },
		items: items.map((item) => ({ text: 'Hello', ...item })),
	});
}

/** An n8n in which the time of requests can be ended. It takes its time to start, in which the first tests run. */
let starting: Promise<N8nHost>;

beforeAll(() => {
	starting = N8nHost.start({ env: { NODE_OPTIONS: `--require "${join(__dirname, 'timeIsOver.cjs')}"` } });
	starting.catch(() => 'told to the tests that wait for it');
});
afterAll(async () => await (await starting).dispose());

const ALL = { ...SENDS, ...READS, ...SETTINGS, ...WITH_LOOK_UP };

test('the tables hold every operation of the node', () => {
	const offered = resources.flatMap((resource) => resource.operations.map(({ name }) => `${resource.name} > ${name}`));
	const asked = new Set(Object.keys(ALL).map((name) => name.replace(/,.*/, '')));
	expect([...asked].sort()).toEqual(offered.sort());
});

describe('a call that ends badly', () => {
	const wati = new WatiSimulator();
	let host: N8nClient;
	let credential: CredentialRef;
	beforeAll(async () => void ({ host, credential } = await connectWati(wati, '/12345')));
	beforeEach(() => {
		wati.reset();
		seedAccount(wati.account);
	});
	afterAll(async () => await wati.stop());
	const run = async (row: OperationRow): Promise<NodeResult> => await runRow(host, credential, row);

	/** After each of these nobody knows whether WATI has done it. */
	const TROUBLES: Record<string, Fault> = {
		'a 500': { status: 500 },
		'a 503 that asks to come back': { status: 503, headers: { 'retry-after': '0' } },
		'a connection that WATI ends before it has done anything': { drop: 'before' },
		'a connection that WATI ends after it has done it': { drop: 'after' },
		'an answer that can not be read': { answerAfter: { status: 200, body: '<html>Bad gateway</html>' } },
	};

	describe.each(Object.entries<OperationRow>(SENDS))('%s', (_name, row) => {
		test.each(Object.entries(TROUBLES))(
			'is not repeated after %s, and the builder is told so',
			async (_what, fault) => {
				wati.fault({ method: 'POST', ...fault, times: 9 });
				expect((await run(row)).error).toMatchObject(outcomeUnknown(''));
				expect(posts(wati.log)).toHaveLength(1);
			},
		);
	});

	test.each(Object.entries(TROUBLES))('a look-up is repeated after %s', async (_what, fault) => {
		wati.fault({ ...fault, times: 2 });
		expect((await run(READS['Contact > Get'])).items).toMatchObject([{ json: { name: 'Ada 0' } }]);
		expect(wati.log).toHaveLength(3);
	});

	test('a look-up that WATI never answers ends after four attempts, and says so', async () => {
		wati.fault({ status: 502, times: 9 });
		expect((await run(READS['Contact > Get'])).error).toMatchObject({
			message: 'WATI answered with status 502 when asked to get the contact',
			description: expect.stringContaining('It was tried 4 times.'),
			httpCode: '502',
		});
		expect(wati.log).toHaveLength(4);
	});

	test("a node that n8n tries again sends the same local message id, so that WATI's webhooks can be traced", async () => {
		wati.fault({ method: 'POST', status: 400, body: { code: 400, message: 'not yet', timestamp: '' } });
		const { parameters } = asWorkflow(SENDS['Template > Send'].parameters, 1);
		const { items } = await runNode(host, {
			node: {
				type: 'n8n-nodes-whatsapp-crm.wati',
				parameters,
				credentials: { watiConnectionApi: credential },
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
			},
		});
		expect(items).toMatchObject([{ json: { accepted: true } }]);
		const [first, second] = posts(wati.log).map(({ body }) => JSON.stringify(body));
		expect(first).toContain('"local_message_id"');
		expect(second).toBe(first);
	});
});

/**
 * Each operation against an account of its own, all of them at the same time: with an answer that WATI has ready but does
 * not send until the time of all requests is over, with a gateway that says 502 in WATI's place, and with a 429.
 */
describe('each operation', () => {
	type Trouble = 'does not answer in time' | 'answers with a 502' | 'says that it is one call too many';
	interface Ended {
		result: NodeResult;
		log: RecordedRequest[];
	}
	const ended = new Map<string, Promise<Ended>>();
	const accounts = new Map<string, WatiSimulator>();

	/** Look-ups that come before a write are let through. */
	const isTroubled =
		(name: string) =>
		({ method }: RecordedRequest): boolean =>
			name in READS || method !== 'GET';

	beforeAll(async () => {
		const n8n = await starting;
		const rows = await Promise.all(
			Object.entries<OperationRow>(ALL).map(async ([name, row]) => {
				const wati = await new WatiSimulator().start();
				accounts.set(name, wati);
				const credential = await n8n.createCredential('watiConnectionApi', name, {
					apiEndpoint: `${wati.origin}/12345`,
					accessToken: wati.token,
				});
				return { name, row, wati, credential };
			}),
		);
		type Row = (typeof rows)[number];
		const runOne = async ({ name, row, wati, credential }: Row, fault: Fault): Promise<Ended> => {
			wati.reset();
			seedAccount(wati.account);
			wati.fault({ ...fault, when: isTroubled(name) });
			const result = await runRow(n8n, credential, row);
			return { result, log: [...wati.log] };
		};
		// What goes wrong with one of them is told by its own tests.
		const runAll = async (trouble: Trouble, fault: Fault) => {
			for (const row of rows) ended.set(`${row.name} ${trouble}`, runOne(row, fault));
			await Promise.allSettled(ended.values());
		};
		const running = runAll('does not answer in time', { stallMs: 120_000 });
		await Promise.all([running, timeIsOverWhenAllWait(n8n)]);
		await runAll('answers with a 502', { status: 502, body: '<html>Bad gateway</html>' });
		await runAll('says that it is one call too many', { status: 429, headers: { 'retry-after': '1' } });
	}, 240_000);

	async function timeIsOverWhenAllWait({ connection }: N8nHost): Promise<void> {
		const missing = () =>
			[...accounts].filter(([name, { log }]) => !log.some((call) => isTroubled(name)(call) && call.status !== 0));
		await waitFor(async () => (missing().length === 0 ? true : undefined), {
			what: 'each operation to wait for its answer',
			timeoutMs: 120_000,
			details: () =>
				missing()
					.map(([name]) => name)
					.join(', '),
		});
		process.kill(connection.pid, 'SIGUSR2');
	}

	afterAll(async () => await Promise.all([...accounts.values()].map(async (wati) => await wati.stop())));

	const outcome = async (name: string, trouble: Trouble): Promise<Ended> => {
		const found = ended.get(`${name} ${trouble}`);
		if (found === undefined) throw new Error(`${name} was not run`);
		return await found;
	};

	describe.each([
		['does not answer in time', 'did not answer in time', true],
		['answers with a 502', 'answered with status 502', false],
	] as const)('when WATI %s:', (trouble, happened, handled) => {
		test.each(Object.keys(SENDS))(
			'%s is sent once, and the builder is told that it may have been sent',
			async (name) => {
				const { result, log } = await outcome(name, trouble);
				expect(result.error).toMatchObject(outcomeUnknown(happened));
				expect(posts(log)).toMatchObject([{ handled }]);
			},
		);

		test.each(Object.keys({ ...READS, ...SETTINGS }))('%s is asked for again, and done', async (name) => {
			const { result, log } = await outcome(name, trouble);
			expect(result.error).toBeUndefined();
			expect(result.items.map(({ json }) => json.error)).toEqual(result.items.map(() => undefined));
			const [first, second] = log.map(({ method, path, query, body }) => ({ method, path, query, body }));
			expect(log).toHaveLength(2);
			expect(second).toEqual(first);
			expect(log[1]).toMatchObject({ status: 200, handled: true });
		});
	});

	test.each(Object.keys(ALL))('when WATI says that it is one call too many: %s is done once', async (name) => {
		const { result, log } = await outcome(name, 'says that it is one call too many');
		expect(result.error).toBeUndefined();
		const refused = log.findIndex(({ status }) => status === 429);
		expect(log[refused]?.handled).toBe(false);
		const again = log.filter(({ method, path }) => method === log[refused]?.method && path === log[refused]?.path);
		expect(again.map(({ status }) => status)).toEqual([429, 200]);
	});

	test.each([
		['Contact > Create', 'POST GET', 'POST GET POST'],
		['Contact > Create or Update', 'GET POST GET', 'GET POST GET POST'],
		['Contact > Delete', 'DELETE GET', 'DELETE GET DELETE'],
	])('%s is looked up, and repeated only where it was not done', async (name, done, notDone) => {
		const late = await outcome(name, 'does not answer in time');
		const refused = await outcome(name, 'answers with a 502');
		expect([late.result.error, refused.result.error]).toEqual([undefined, undefined]);
		expect(late.log.map(({ method }) => method).join(' ')).toBe(done);
		expect(refused.log.map(({ method }) => method).join(' ')).toBe(notDone);
	});
});
