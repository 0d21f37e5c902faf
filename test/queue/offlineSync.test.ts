import { setTimeout as sleep } from 'node:timers/promises';

import { emailOf, factsOf, OfflineSyncWorld, people, waiting } from '../e2e/offlineSync/world';
import type { StoredWorkflow } from '../host/n8nClient';
import { QueueCluster } from './cluster';

jest.setTimeout(20 * 60_000);

const CONVERSATIONS = 200;
const MESSAGES = 5;
/** People who talk at the same time, as in a busy inbox. */
const TALKING = 20;
/** Under 65 seconds a Wait would hold a worker's slot instead of going to the database. */
const WAIT_SECONDS = 70;

let cluster: QueueCluster;
let world: OfflineSyncWorld;
let caller: StoredWorkflow;

const say = (line: string): void => void process.stderr.write(`queue: ${line}\n`);
const since = (start: number): string => `${Math.round((Date.now() - start) / 1_000)} s`;

beforeAll(async () => {
	const started = Date.now();
	cluster = await QueueCluster.start(2, say);
	world = await OfflineSyncWorld.start(async () => cluster.main);
	await world.importSync();
	caller = await world.importCaller('offline-sync', { path: 'queue', ...waiting(WAIT_SECONDS) });
	await world.import('offline-sync-sweeper', {
		parameters: { 'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] } } },
		settings: { Times: { graceMinutes: 0.5, stuckMinutes: 1.5 } },
	});
	say(`ready after ${since(started)}`);
});

afterAll(async () => {
	await world?.stop();
	await cluster?.stop();
});

/** Each person of the group says all they have to say; each message is told once the former one was taken. */
async function talk(group: readonly number[]): Promise<number[]> {
	const answerTimes: number[] = [];
	for (let message = 1; message <= MESSAGES; message++) {
		await Promise.all(
			group.map(async (person) => {
				const started = Date.now();
				const fields = message === 1 ? factsOf(person) : { firstName: `Message${message}` };
				await world.say('queue', {
					conversationId: `queue-${person}`,
					messageId: String(message),
					sentAt: started,
					fields,
				});
				answerTimes.push(Date.now() - started);
			}),
		);
		await sleep(200);
	}
	return answerTimes;
}

/** Messages whose executions have got as far as the Wait, or further. */
async function workedOff(): Promise<boolean> {
	const open = await Promise.all(
		(['new', 'running'] as const).map(
			async (status) => await world.host.executions({ workflowId: caller.id, status, limit: 1 }),
		),
	);
	return open.flat().length === 0;
}

const everybody = people(0, CONVERSATIONS);

test('200 conversations of 5 messages, a worker and then the main process killed during the wait: exactly 200 writes', async () => {
	const started = Date.now();
	const answerTimes: number[] = [];
	for (let first = 0; first < CONVERSATIONS; first += TALKING)
		answerTimes.push(...(await talk(everybody.slice(first, first + TALKING))));
	const accepted = Date.now() - started;
	await world.until('the messages to be worked off', 600_000, workedOff);
	const handled = Date.now() - started;
	say(
		`${CONVERSATIONS * MESSAGES} messages accepted in ${since(Date.now() - accepted)}, worked off after ${since(Date.now() - handled)}`,
	);

	const writtenBefore = world.salesforce.contacts.size;
	await cluster.workers[0]?.kill();
	await sleep(2_000);
	await cluster.main.kill();
	await sleep(3_000);
	const restarted = Date.now();
	await Promise.all([cluster.main.restart(), cluster.workers[0]?.start()]);
	say(`a worker and the main process killed after ${writtenBefore} writes, both up again after ${since(restarted)}`);

	await world.waitForContacts(CONVERSATIONS, { timeoutMs: 600_000, thenMs: 0 });
	await world.until('all rows to be done', 120_000, async () => (await openRows()) === 0);
	const done = since(started);
	await sleep(15_000);
	const fromLast = everybody.filter(
		(person) => world.inSalesforce(person)[0]?.FirstName === `Message${MESSAGES}`,
	).length;
	const ended = await world.host.executions({ workflowId: caller.id, limit: 250, status: 'error' });
	const crashed = await world.host.executions({ workflowId: caller.id, limit: 250, status: 'crashed' });
	const sorted = answerTimes.sort((a, b) => a - b);
	say(
		[
			`${world.salesforce.contacts.size} contacts in Salesforce, ${world.wati.account.contacts.size} in WATI, all after ${done}`,
			`${fromLast} with the data of the last message`,
			`${ended.length} executions in error, ${crashed.length} crashed`,
			`answer time of the webhook: median ${sorted[Math.floor(sorted.length / 2)]} ms, 95 % under ${sorted[Math.floor(sorted.length * 0.95)]} ms`,
			`executions of messages: ${CONVERSATIONS * MESSAGES}, accepted ${((1e3 * answerTimes.length) / accepted).toFixed(0)}/s, worked off ${((1e3 * answerTimes.length) / handled).toFixed(0)}/s`,
		].join('\n       '),
	);

	expect(everybody.filter((person) => world.watiWrites(person).length !== 1)).toEqual([]);
	expect(everybody.filter((person) => world.inSalesforce(person).length !== 1)).toEqual([]);
	const writes = world.wati.log.filter(({ method, path }) => method !== 'GET' && path.endsWith('/contacts'));
	expect(writes).toHaveLength(CONVERSATIONS);
	expect(world.salesforce.activity.created).toBe(CONVERSATIONS);
	expect(fromLast).toBe(CONVERSATIONS);
	expect(everybody.map((person) => world.inSalesforce(person)[0]?.Email)).toEqual(everybody.map(emailOf));
});

async function openRows(): Promise<number> {
	const rows = await world.rows();
	return rows.filter(({ state }) => state !== 'done').length;
}
