import { setTimeout as sleep } from 'node:timers/promises';

import { factsOf, OfflineSyncWorld, people, phoneOf, waiting } from './world';

jest.setTimeout(300_000);

/** Over 65 seconds n8n keeps waiting executions in its database. */
const waitSeconds = 90;
/** They wait when n8n is killed, and are overdue when it is started again. */
const waitingPeople = people(0, 40);
/** The write of this one has begun when n8n is killed: claimed, looked up, not written. */
const caller = 50;

let world: OfflineSyncWorld;

beforeAll(async () => {
	world = await OfflineSyncWorld.start();
	await world.importSync();
});
afterAll(async () => world?.stop());

async function conversationsWait(): Promise<{ firstDueAt: number; lastDueAt: number }> {
	const waitMs = waitSeconds * 1_000;
	const firstDueAt = Date.now() + waitMs;
	for (const name of ['First', 'Last']) {
		await Promise.all(
			waitingPeople.map((person) =>
				world.say('killed', {
					conversationId: `killed-${person}`,
					messageId: name,
					sentAt: Date.now(),
					fields: factsOf(person, `${name} Person${person}`),
				}),
			),
		);
	}
	const areWaiting = async (): Promise<boolean> =>
		(await world.host.executions({ status: 'waiting', limit: 250 })).length === 2 * waitingPeople.length;
	await world.until('all messages to be noted', 60_000, areWaiting);
	return { firstDueAt, lastDueAt: Date.now() + waitMs };
}

test('n8n killed while conversations wait, and back when all are overdue: each is written once, and so is the one whose write had begun', async () => {
	await world.importCaller('offline-sync', { path: 'killed', ...waiting(waitSeconds) });
	await world.import('offline-sync-sweeper', {
		parameters: { 'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } } },
		settings: { Times: { graceMinutes: 5 / 60, stuckMinutes: 0.5 } },
	});
	const { firstDueAt, lastDueAt } = await conversationsWait();

	const lookUp = `/api/ext/v3/contacts/${phoneOf(caller)}`;
	world.wati.fault({ method: 'GET', path: lookUp, delayMs: 300_000 });
	await world.say('killed', {
		conversationId: 'calls',
		callId: 'call-1',
		channel: 'voice',
		callEnded: true,
		sentAt: Date.now(),
		fields: factsOf(caller),
	});
	await world.until('the call to be looked up', 30_000, () => world.wati.requests('GET', lookUp).length === 1);
	expect(Date.now()).toBeLessThan(firstDueAt);
	await world.host.kill('SIGKILL');
	await sleep(lastDueAt + 2_000 - Date.now());

	await world.host.restart();
	const all = [...waitingPeople, caller];
	const isWritten = (person: number): boolean =>
		world.watiWrites(person).length > 0 && world.inSalesforce(person).length > 0;
	await world.until('all to be written', 120_000, () => all.every(isWritten));
	const areDone = async (): Promise<boolean> => (await world.rows()).every(({ state }) => state === 'done');
	await world.until('all to be done', 60_000, areDone);
	await sleep(10_000);

	expect(all.filter((person) => world.watiWrites(person).length !== 1)).toEqual([]);
	expect(world.salesforce.activity.created).toBe(all.length);
	for (const person of waitingPeople) expect(world.inSalesforce(person)).toMatchObject([{ FirstName: 'Last' }]);
});
