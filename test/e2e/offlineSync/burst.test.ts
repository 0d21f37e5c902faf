import type { StoredWorkflow } from '../../host/n8nClient';
import { emailOf, factsOf, OfflineSyncWorld, people, phoneOf, waiting } from './world';

jest.setTimeout(300_000);

let world: OfflineSyncWorld;
let sync: StoredWorkflow;

beforeAll(async () => void (world = await OfflineSyncWorld.start()));
afterAll(async () => world?.stop());

test('50 first messages at the same instant on a freshly started n8n without a table: none is lost', async () => {
	await world.importCaller('offline-sync', { path: 'cold', ...waiting(20) });
	await world.host.stop();
	await world.host.restart();
	expect(await world.rows()).toEqual([]);

	const group = people(0, 50);
	await Promise.all(
		group.map((person) =>
			world.say('cold', { conversationId: `cold-${person}`, sentAt: Date.now(), fields: factsOf(person) }),
		),
	);
	sync = await world.importSync();
	await world.waitForContacts(50, { timeoutMs: 90_000 });
	expect(
		group.filter((person) => world.watiWrites(person).length !== 1 || world.inSalesforce(person).length !== 1),
	).toEqual([]);
	expect((await world.syncs(sync, 50)).map(({ status }) => status)).toEqual(group.map(() => 'success'));
});

test('100 conversations of 5 messages in bursts: 100 writes, each with the data of the last message', async () => {
	await world.importCaller('offline-sync', { path: 'burst', ...waiting(20) });
	const before = (await world.syncs(sync)).length;
	const group = people(100, 100);
	const messages: Array<(person: number) => Record<string, string>> = [
		(person) => ({ phone: `+${phoneOf(person)}` }),
		(person) => ({ email: emailOf(person) }),
		() => ({}),
		(person) => ({ lastName: `Burst${person}` }),
		() => ({}),
	];
	for (let first = 0; first < group.length; first += 10) {
		for (const [index, fields] of messages.entries()) {
			await Promise.all(
				group.slice(first, first + 10).map((person) =>
					world.say('burst', {
						conversationId: `burst-${person}`,
						messageId: String(index),
						sentAt: Date.now(),
						fields: { firstName: `Message${index}`, ...fields(person) },
					}),
				),
			);
		}
	}
	await world.waitForContacts(150, { timeoutMs: 120_000 });

	const syncs = (await world.syncs(sync, before + 100)).slice(before);
	expect(syncs.map(({ status }) => status)).toEqual(group.map(() => 'success'));
	expect(world.salesforce.activity).toMatchObject({ created: 150, updated: 0 });
	for (const person of group) {
		expect(world.inSalesforce(person)).toMatchObject([
			{ FirstName: 'Message4', LastName: `Burst${person}`, MobilePhone: `+${phoneOf(person)}` },
		]);
		expect(world.watiWrites(person)).toHaveLength(1);
		expect(world.wati.account.contactByPhone(phoneOf(person))?.name).toBe(`Message4 Burst${person}`);
	}
});
