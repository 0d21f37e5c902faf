import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import type { StoredWorkflow } from '../../host/n8nClient';
import { FakeModel } from './fakeModel';
import { emailOf, OfflineSyncWorld, phoneOf } from './world';

jest.setTimeout(300_000);

const waiting = (seconds: number) => ({ settings: { Settings: { waitMinutes: seconds / 60 } } });
const people = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);
/** All that is known of a sample person from the first message on. */
const factsOf = (person: number, name = `First Person${person}`) => ({
	phone: `+${phoneOf(person)}`,
	email: emailOf(person),
	name,
});

let world: OfflineSyncWorld;
let sync: StoredWorkflow;

beforeAll(async () => void (world = await OfflineSyncWorld.start()));
afterAll(async () => world?.stop());

const inSalesforce = (person: number) => world.salesforce.contactsByEmail(emailOf(person));
const writes = (person: number): number => world.watiWrites(phoneOf(person)).length;
const written = async (person: number, times = 1): Promise<void> =>
	world.until(
		`write ${times} of person ${person}`,
		40_000,
		() => writes(person) >= times && inSalesforce(person).length > 0,
	);

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
	expect(group.filter((person) => writes(person) !== 1 || inSalesforce(person).length !== 1)).toEqual([]);
	expect((await world.syncs(sync)).map(({ status }) => status)).toEqual(group.map(() => 'success'));
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

	const syncs = (await world.syncs(sync)).slice(before);
	expect(syncs.map(({ status }) => status)).toEqual(group.map(() => 'success'));
	expect(world.salesforce.activity).toMatchObject({ created: 150, updated: 0 });
	for (const person of group) {
		expect(inSalesforce(person)).toMatchObject([
			{ FirstName: 'Message4', LastName: `Burst${person}`, MobilePhone: `+${phoneOf(person)}` },
		]);
		expect(writes(person)).toBe(1);
		expect(world.wati.account.contactByPhone(phoneOf(person))?.name).toBe(`Message4 Burst${person}`);
	}
});

describe('with a short wait', () => {
	const say = async (person: number, messageId: string, fields: Record<string, string>, sentAt = Date.now()) =>
		world.say('short', { conversationId: `short-${person}`, messageId, sentAt, fields });

	beforeAll(async () => void (await world.importCaller('offline-sync', { path: 'short', ...waiting(4) })));

	test('a call that ended is written once, however often that is told', async () => {
		const ended = () =>
			world.say('short', {
				conversationId: 'caller-300',
				callId: 'call-300',
				channel: 'voice',
				callEnded: true,
				sentAt: Date.now(),
				fields: factsOf(300),
			});
		await Promise.all([ended(), ended(), ended()]);
		await written(300);
		await ended();
		await sleep(6_000);
		expect(writes(300)).toBe(1);
		expect(inSalesforce(300)).toHaveLength(1);
	});

	test('the same message told again, at once or after the write, changes nothing', async () => {
		const sentAt = Date.now();
		await Promise.all([say(301, 'a', factsOf(301), sentAt), say(301, 'a', factsOf(301), sentAt)]);
		await written(301);
		const before = (await world.syncs(sync)).length;
		await say(301, 'a', factsOf(301), sentAt);
		await sleep(7_000);
		expect((await world.syncs(sync)).length).toBe(before);
		expect(writes(301)).toBe(1);
	});

	test('a message that arrives while the write runs leads to a second write with its data', async () => {
		world.wati.fault({
			method: 'POST',
			when: ({ body }) => JSON.stringify(body).includes(phoneOf(302)),
			stallMs: 3_000,
		});
		await say(302, 'a', factsOf(302));
		await world.until('the first write to begin', 30_000, () => writes(302) === 1);
		await say(302, 'b', { name: 'Second Message' });
		await written(302, 2);
		await world.until('Salesforce to have it', 10_000, () => inSalesforce(302)[0]?.LastName === 'Message');
		expect(world.wati.account.contactByPhone(phoneOf(302))?.name).toBe('Second Message');
		expect(inSalesforce(302)).toMatchObject([
			{ FirstName: 'Second', LastName: 'Message', MobilePhone: `+${phoneOf(302)}` },
		]);
	});

	test('a message that comes late and is older overwrites nothing, and what only it knows is kept', async () => {
		const now = Date.now();
		await say(303, 'b', { name: 'New Name', email: emailOf(303) }, now);
		await say(303, 'a', { name: 'Old Name', phone: `+${phoneOf(303)}` }, now - 10_000);
		await written(303);
		expect(inSalesforce(303)).toMatchObject([{ LastName: 'Name', FirstName: 'New', MobilePhone: `+${phoneOf(303)}` }]);
		const before = (await world.syncs(sync)).length;
		await say(303, 'older', { name: 'Oldest Name' }, now - 20_000);
		await sleep(7_000);
		expect((await world.syncs(sync)).length).toBe(before);
	});

	test('what a vendor refuses is tried again by the sweeper until it is written', async () => {
		world.wati.fault({
			method: 'POST',
			when: ({ body }) => JSON.stringify(body).includes(phoneOf(304)),
			status: 400,
			body: { code: 400, message: 'Not today', timestamp: new Date().toISOString() },
		});
		await say(304, 'a', factsOf(304));
		await world.until('the first try to fail', 30_000, async () =>
			(await world.syncs(sync)).some(({ status }) => status === 'error'),
		);
		expect(inSalesforce(304)).toHaveLength(1);
		const sweeper = await world.import('offline-sync-sweeper', {
			parameters: { 'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } } },
			settings: { Times: { graceMinutes: 0, stuckMinutes: 0.1 } },
		});
		await world.until('the second try', 40_000, () => world.wati.account.contactByPhone(phoneOf(304)) !== undefined);
		await world.host.deactivate(sweeper);
		expect(writes(304)).toBe(2);
		expect(inSalesforce(304)).toHaveLength(1);
	});
});

test('with Offline Sync off the contact is written during the conversation', async () => {
	await world.importCaller('offline-sync', { path: 'off', settings: { Settings: { offlineSync: false } } });
	const say = (messageId: string, fields: Record<string, string>) =>
		world.say('off', { conversationId: 'off-310', messageId, sentAt: Date.now(), fields });
	await say('a', factsOf(310));
	await written(310);
	await say('b', { name: 'Second Message' });
	await world.until('the second write', 15_000, () => inSalesforce(310)[0]?.FirstName === 'Second');
	expect(writes(310)).toBe(2);
});

test('Busy inbox writes once as well, and keeps no execution of a message', async () => {
	const busy = await world.importCaller('busy-inbox', {
		path: 'busy',
		settings: { Settings: { waitMinutes: 5 / 60 } },
		parameters: { 'Every Minute': { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } } },
	});
	for (const name of ['One', 'Two', 'Three'])
		await world.say('busy', {
			conversationId: 'busy-320',
			messageId: name,
			sentAt: Date.now(),
			fields: factsOf(320, `${name} Busy`),
		});
	await written(320);
	await sleep(7_000);
	expect(writes(320)).toBe(1);
	expect(inSalesforce(320)).toMatchObject([{ FirstName: 'Three' }]);
	await world.host.deactivate(busy);
	await world.until(
		'the executions to be gone',
		10_000,
		async () => (await world.host.executions({ workflowId: busy.id })).length === 0,
	);
});

test('a WhatsApp message that WATI tells of is written when its conversation is over', async () => {
	const number = world.wati.account.defaultChannel.number;
	await world.import('offline-sync', {
		parameters: {
			'WATI Trigger': {
				events: ['messageReceived'],
				registration: 'automatic',
				channelNumber: { __rl: true, mode: 'number', value: number },
				simplify: true,
				options: {},
			},
		},
		...waiting(4),
	});
	await world.wati.receive({ phone: phoneOf(330), name: 'Wanda Wati', text: 'Hello' });
	await world.wati.receive({ phone: phoneOf(330), name: 'Wanda Wati', text: 'Are you there?' });
	expect(world.wati.deliveries.every(({ delivered }) => delivered)).toBe(true);
	const before = (await world.syncs(sync)).length;
	await world.until('the sync', 30_000, async () => (await world.syncs(sync)).length === before + 1);
	await sleep(3_000);
	const [last, ...more] = (await world.syncs(sync)).slice(before);
	expect(more).toEqual([]);
	const run = await world.host.waitForExecution(last?.id ?? '');
	expect(run.nodes['WATI Contact']?.[0]?.items[0]?.[0]?.json).toMatchObject({
		matchedBy: { value: `+${phoneOf(330)}` },
	});
	expect(run.nodes['No Email']?.[0]?.items[0]?.[0]?.json).toMatchObject({ action: 'skipped' });
});

test('Setup makes both tables and says whether everything is ready', async () => {
	const setup = await world.import('offline-sync-setup', { publish: false });
	const started = z
		.object({ executionId: z.string() })
		.parse(
			await world.host.rest.rest('POST', `/workflows/${setup.id}/run`, { triggerToStartFrom: { name: 'Run Once' } }),
		);
	const run = await world.host.waitForExecution(started.executionId);
	expect(run.nodes.Ready?.[0]?.items[0]?.[0]?.json).toMatchObject({ result: expect.stringContaining('you are done') });
});

test('with a chat model, the summary lands in Salesforce even where other fields may not be updated', async () => {
	const model = new FakeModel('Wants 20 seats; call back on Monday.');
	await model.start();
	try {
		const openAiApi = await world.host.createCredential('openAiApi', 'Fake model', model.credentialData());
		const colleague = world.salesforce.addUser({
			name: 'A Colleague',
			username: 'colleague@example.com',
			email: 'colleague@example.com',
			password: 'unused',
		});
		world.salesforce.addContact({ LastName: 'Kept', Email: emailOf(340), CreatedById: colleague.id });
		await world.wati.receive({ phone: phoneOf(340), name: 'Sam Summary', text: 'I need 20 seats' });
		await world.importSync({
			credentials: { openAiApi },
			enable: ['Get Messages', 'Transcript', 'Anything to Summarise?', 'Summarise', 'Chat Model'],
			parameters: { 'Salesforce Contact': { allowUpdate: false } },
		});
		await world.say('short', {
			conversationId: 'summary-340',
			messageId: 'a',
			sentAt: Date.now(),
			fields: factsOf(340),
		});
		await world.until(
			'the summary',
			30_000,
			() => inSalesforce(340)[0]?.Description !== undefined && inSalesforce(340)[0]?.Description !== null,
		);
		expect(inSalesforce(340)).toMatchObject([
			{ LastName: 'Kept', Description: 'Wants 20 seats; call back on Monday.' },
		]);
		expect(model.asked.join()).toContain('I need 20 seats');
	} finally {
		await model.stop();
	}
});
