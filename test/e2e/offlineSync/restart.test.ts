import { setTimeout as sleep } from 'node:timers/promises';

import { emailOf, OfflineSyncWorld, phoneOf } from './world';

jest.setTimeout(300_000);

/** Over 65 seconds, so that n8n keeps the waiting executions in its database. */
const waitSeconds = 70;
const messages = 2;
const written = Array.from({ length: 40 }, (_, person) => person);
/** Its write has begun when n8n is killed: claimed, looked up, not written. */
const caller = 100;

describe('n8n killed while conversations wait, and started again when all are overdue', () => {
	let world: OfflineSyncWorld;

	beforeAll(async () => void (world = await OfflineSyncWorld.start()));
	afterAll(async () => world?.stop());

	test('every conversation is written exactly once, and so is the one that was being written', async () => {
		const sync = await world.importSync();
		await world.importCaller('offline-sync', {
			path: 'killed',
			settings: { Settings: { waitMinutes: waitSeconds / 60 } },
		});
		await world.import('offline-sync-sweeper', {
			parameters: { 'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } } },
			settings: { Times: { graceMinutes: 5 / 60, stuckMinutes: 0.5 } },
		});

		for (let message = 0; message < messages; message += 1) {
			await Promise.all(
				written.map((person) =>
					world.say('killed', {
						conversationId: `chat-${person}`,
						messageId: String(message),
						sentAt: Date.now(),
						fields: { phone: `+${phoneOf(person)}`, email: emailOf(person), name: `Message${message} Person${person}` },
					}),
				),
			);
		}
		await world.until(
			'all messages to be noted',
			60_000,
			async () => (await waiting(world)) === written.length * messages,
		);
		const overdueAt = Date.now() + waitSeconds * 1_000;

		const lookUp = `/api/ext/v3/contacts/${phoneOf(caller)}`;
		world.wati.fault({ method: 'GET', path: lookUp, delayMs: 300_000 });
		await world.say('killed', {
			conversationId: 'calls',
			callId: 'call-1',
			channel: 'voice',
			callEnded: true,
			sentAt: Date.now(),
			fields: { phone: `+${phoneOf(caller)}`, email: emailOf(caller), name: 'Carla Caller' },
		});
		await world.until('the call to be looked up', 30_000, () => world.wati.requests('GET', lookUp).length === 1);
		await world.host.kill('SIGKILL');
		expect(world.salesforce.contacts.size).toBe(0);
		await sleep(Math.max(0, overdueAt + 2_000 - Date.now()));

		await world.host.restart();
		const restartedAt = Date.now();
		await world.waitForContacts(written.length + 1, { timeoutMs: 120_000, thenMs: 12_000 });

		expect(world.salesforce.activity).toMatchObject({ created: written.length + 1, updated: 0 });
		for (const person of [...written, caller]) {
			expect(world.watiWrites(phoneOf(person))).toHaveLength(1);
			expect(world.salesforce.contactsByEmail(emailOf(person))).toHaveLength(1);
		}
		for (const person of written)
			expect(world.wati.account.contactByPhone(phoneOf(person))?.name).toBe(`Message${messages - 1} Person${person}`);
		expect((await world.rows()).map(({ state }) => state)).toEqual([...written, caller].map(() => 'done'));
		const last = Math.max(
			...[...written, caller].flatMap((person) => world.watiWrites(phoneOf(person)).map(({ at }) => at)),
		);
		const lost = (await world.host.executions({ limit: 250 })).filter(
			({ status }) => status === 'crashed' || status === 'error',
		);
		process.stdout.write(
			`restart: ${(await world.syncs(sync)).length} writes begun, the last ${(last - restartedAt) / 1_000} s after the start; ${lost.length} executions lost\n`,
		);
	});
});

async function waiting(world: OfflineSyncWorld): Promise<number> {
	return (await world.host.executions({ status: 'waiting', limit: 250 })).length;
}
