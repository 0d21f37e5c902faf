import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import type { StoredWorkflow } from '../../host/n8nClient';
import { FakeModel } from './fakeModel';
import { emailOf, factsOf, OfflineSyncWorld, phoneOf, waiting } from './world';

jest.setTimeout(300_000);

let world: OfflineSyncWorld;
let sync: StoredWorkflow;

beforeAll(async () => {
	world = await OfflineSyncWorld.start();
	sync = await world.importSync();
});

afterAll(async () => world?.stop());

describe('with a short wait', () => {
	const say = async (person: number, messageId: string, fields: Record<string, string>, sentAt = Date.now()) =>
		world.say('short', { conversationId: `short-${person}`, messageId, sentAt, fields });

	const waitMs = 3_000;
	beforeAll(async () => void (await world.importCaller('offline-sync', { path: 'short', ...waiting(waitMs / 1_000) })));

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
		await world.written(300);
		await ended();
		await sleep(5_000);
		expect(world.watiWrites(300)).toHaveLength(1);
		expect(world.inSalesforce(300)).toHaveLength(1);
	});

	test('the same message told again, at once or after the write, changes nothing', async () => {
		const sentAt = Date.now();
		await Promise.all([say(301, 'a', factsOf(301), sentAt), say(301, 'a', factsOf(301), sentAt)]);
		const written = await world.done('short-301');
		await say(301, 'a', factsOf(301), sentAt);
		await sleep(6_000);
		expect(await world.done('short-301')).toEqual(written);
		expect(world.watiWrites(301)).toHaveLength(1);
	});

	test('a message that arrives while the write runs leads to a second write with its data, a whole wait later', async () => {
		world.wati.fault({
			method: 'POST',
			when: ({ body }) => JSON.stringify(body).includes(phoneOf(302)),
			stallMs: 3_000,
		});
		const saidAt = [Date.now()];
		await say(302, 'a', factsOf(302));
		await world.until('the first write to begin', 30_000, () => world.watiWrites(302).length === 1);
		saidAt.push(Date.now());
		await say(302, 'b', { name: 'Second Message' });
		await world.written(302, 2);
		const waited = world.watiWrites(302).map((at, write) => at - (saidAt[write] ?? 0));
		expect(Math.min(...waited)).toBeGreaterThanOrEqual(waitMs);
		await world.until('Salesforce to have it', 10_000, () => world.inSalesforce(302)[0]?.LastName === 'Message');
		expect(world.inSalesforce(302)).toMatchObject([
			{ FirstName: 'Second', LastName: 'Message', MobilePhone: `+${phoneOf(302)}` },
		]);
	});

	test('a message that comes late and is older overwrites nothing, and what only it knows is kept', async () => {
		const now = Date.now();
		await say(303, 'b', { name: 'New Name', email: emailOf(303) }, now);
		await say(303, 'a', { name: 'Old Name', phone: `+${phoneOf(303)}` }, now - 10_000);
		const written = await world.done('short-303');
		expect(world.inSalesforce(303)).toMatchObject([
			{ LastName: 'Name', FirstName: 'New', MobilePhone: `+${phoneOf(303)}` },
		]);
		await say(303, 'older', { name: 'Oldest Name' }, now - 20_000);
		await sleep(6_000);
		expect(await world.done('short-303')).toEqual(written);
		expect(world.inSalesforce(303)).toMatchObject([{ FirstName: 'New' }]);
	});

	test('an older message that comes while the write runs brings no second one', async () => {
		const now = Date.now();
		world.wati.fault({
			method: 'POST',
			when: ({ body }) => JSON.stringify(body).includes(phoneOf(305)),
			stallMs: 5_000,
		});
		await say(305, 'a', factsOf(305), now);
		await world.until('the write to begin', 30_000, () => world.watiWrites(305).length === 1);
		await say(305, 'older', { name: 'Oldest Name' }, now - 20_000);
		const written = await world.done('short-305');
		expect(written).toHaveLength(1);
		await sleep(6_000);
		expect(await world.done('short-305')).toEqual(written);
	});

	test('what a vendor refuses is tried again by the sweeper until it is written', async () => {
		world.wati.fault({
			method: 'POST',
			when: ({ body }) => JSON.stringify(body).includes(phoneOf(304)),
			times: 2,
			status: 400,
			body: { code: 400, message: 'Not today', timestamp: new Date().toISOString() },
		});
		await say(304, 'a', factsOf(304));
		await world.until('the first try to fail', 30_000, async () =>
			(await world.syncs(sync)).some(({ status }) => status === 'error'),
		);
		expect(world.inSalesforce(304)).toHaveLength(1);
		const sweeper = await world.import('offline-sync-sweeper', {
			parameters: { 'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } } },
			settings: { Times: { graceMinutes: 0, stuckMinutes: 0.1 } },
		});
		await world.until('the third try', 40_000, () => world.wati.account.contactByPhone(phoneOf(304)) !== undefined);
		await world.host.deactivate(sweeper);
		expect(world.watiWrites(304)).toHaveLength(3);
		expect(world.inSalesforce(304)).toHaveLength(1);
	});
});

test('with Offline Sync off the contact is written during the conversation', async () => {
	await world.importCaller('offline-sync', { path: 'off', settings: { Settings: { offlineSync: false } } });
	const say = (messageId: string, fields: Record<string, string>) =>
		world.say('off', { conversationId: 'off-310', messageId, sentAt: Date.now(), fields });
	await say('a', factsOf(310));
	await world.written(310);
	await say('b', { name: 'Second Message' });
	await world.until('the second write', 15_000, () => world.inSalesforce(310)[0]?.FirstName === 'Second');
	expect(world.watiWrites(310)).toHaveLength(2);
});

test('Busy inbox writes once as well, and keeps no execution of a message', async () => {
	const busy = await world.importCaller('busy-inbox', {
		path: 'busy',
		settings: { Settings: { waitMinutes: 8 / 60 } },
		parameters: { 'Every Minute': { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } } },
	});
	for (const name of ['One', 'Two', 'Three'])
		await world.say('busy', {
			conversationId: 'busy-320',
			messageId: name,
			sentAt: Date.now(),
			fields: factsOf(320, `${name} Busy`),
		});
	await world.written(320);
	await sleep(6_000);
	expect(world.watiWrites(320)).toHaveLength(1);
	expect(world.inSalesforce(320)).toMatchObject([{ FirstName: 'Three' }]);
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
		...waiting(3),
	});
	await world.until('the address to be registered', 20_000, () => world.wati.account.webhooks.size > 0);
	const before = (await world.syncs(sync)).length;
	await world.wati.receive({ phone: phoneOf(330), name: 'Wanda Wati', text: 'Hello' });
	await world.wati.receive({ phone: phoneOf(330), name: 'Wanda Wati', text: 'Are you there?' });
	expect(world.wati.deliveries.every(({ delivered }) => delivered)).toBe(true);
	await world.syncs(sync, before + 1);
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
		const summarising = await world.importSync({
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
			() => world.inSalesforce(340)[0]?.Description !== undefined && world.inSalesforce(340)[0]?.Description !== null,
		);
		expect(world.inSalesforce(340)).toMatchObject([
			{ LastName: 'Kept', Description: 'Wants 20 seats; call back on Monday.' },
		]);
		expect(model.asked.join()).toContain('I need 20 seats');
		await world.host.deactivate(summarising);
		await world.host.deactivate(sync);
		await world.publishAgain(sync);
	} finally {
		await model.stop();
	}
});
