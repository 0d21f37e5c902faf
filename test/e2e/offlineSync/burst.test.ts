import { setTimeout as sleep } from 'node:timers/promises';

import type { StoredWorkflow } from '../../host/n8nClient';
import { emailOf, OfflineSyncWorld, phoneOf } from './world';

jest.setTimeout(240_000);

const seconds = (count: number): number => count / 60;
const people = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('Offline sync', () => {
	let world: OfflineSyncWorld;
	let sync: StoredWorkflow;

	beforeAll(async () => void (world = await OfflineSyncWorld.start()));
	afterAll(async () => world?.stop());

	test('50 first messages at the same instant on a freshly started n8n without a table: none is lost', async () => {
		await world.importCaller('offline-sync', { path: 'cold', settings: { Settings: { waitMinutes: seconds(25) } } });
		await world.host.stop();
		await world.host.restart();
		expect(await world.rows()).toEqual([]);

		const group = people(0, 50);
		await Promise.all(
			group.map((person) =>
				world.say('cold', {
					conversationId: `cold-${person}`,
					sentAt: Date.now(),
					fields: { phone: `+${phoneOf(person)}`, email: emailOf(person), name: `First Person${person}` },
				}),
			),
		);
		sync = await world.importSync();
		await world.waitForContacts(50, { timeoutMs: 90_000 });
		expect(group.map((person) => world.salesforce.contactsByEmail(emailOf(person)).length)).toEqual(group.map(() => 1));
		expect(await world.syncs(sync)).toHaveLength(50);
	});

	test('100 conversations of 5 messages in bursts: 100 writes, each with the data of the last message', async () => {
		await world.importCaller('offline-sync', { path: 'burst', settings: { Settings: { waitMinutes: seconds(20) } } });
		const before = (await world.syncs(sync)).length;
		const group = people(100, 100);
		const facts = [{ phone: true }, { email: true }, {}, { lastName: true }, {}];
		for (let first = 0; first < group.length; first += 10) {
			const talking = group.slice(first, first + 10);
			for (const [index, fact] of facts.entries()) {
				await Promise.all(
					talking.map((person) =>
						world.say('burst', {
							conversationId: `burst-${person}`,
							messageId: String(index),
							sentAt: Date.now(),
							fields: {
								firstName: `Message${index}`,
								...('phone' in fact ? { phone: `+${phoneOf(person)}` } : {}),
								...('email' in fact ? { email: emailOf(person) } : {}),
								...('lastName' in fact ? { lastName: `Burst${person}` } : {}),
							},
						}),
					),
				);
				await sleep(100);
			}
		}
		await world.waitForContacts(150, { timeoutMs: 120_000 });

		expect((await world.syncs(sync)).length - before).toBe(100);
		expect(world.salesforce.activity).toMatchObject({ created: 150, updated: 0 });
		for (const person of group) {
			expect(world.salesforce.contactsByEmail(emailOf(person))).toMatchObject([
				{ FirstName: 'Message4', LastName: `Burst${person}`, MobilePhone: `+${phoneOf(person)}` },
			]);
			expect(world.watiWrites(phoneOf(person))).toHaveLength(1);
			expect(world.wati.account.contactByPhone(phoneOf(person))?.name).toBe(`Message4 Burst${person}`);
		}
	});
});
