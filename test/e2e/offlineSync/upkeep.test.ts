import { setTimeout as sleep } from 'node:timers/promises';

import type { StoredWorkflow } from '../../host/n8nClient';
import type { NodeSpec } from '../../host/workflowBuilder';
import { wawpFixture, zohoFixture, type CrmFixture } from '../../support/crms';
import { emailOf, factsOf, OfflineSyncWorld, phoneOf, waiting } from './world';

jest.setTimeout(300_000);

let world: OfflineSyncWorld;

beforeAll(async () => {
	world = await OfflineSyncWorld.start();
	await world.importSync();
	await world.importCaller('offline-sync', { path: 'short', ...waiting(1) });
});
afterAll(async () => world?.stop());

const say = async (path: string, person: number, messageId = 'a') =>
	world.say(path, {
		conversationId: `${path}-${person}`,
		messageId,
		sentAt: Date.now(),
		fields: factsOf(person),
	});

const sweep = async (times: Record<string, number>): Promise<StoredWorkflow> =>
	world.import('offline-sync-sweeper', {
		parameters: { 'Every 5 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } } },
		settings: { Times: times },
	});

async function statesOf(conversation: string): Promise<unknown[]> {
	const rows = await world.rows();
	return rows.filter(({ conversationId }) => conversationId === conversation).map(({ state }) => state);
}

test('the sweeper removes rows that are done and old; younger ones and open ones stay', async () => {
	await world.importCaller('offline-sync', { path: 'long', ...waiting(600) });
	await say('long', 400);
	await say('short', 401);
	await world.done('short-401');
	const keepSeconds = 40;
	const sweeper = await sweep({ keepDays: keepSeconds / 86_400 });
	await sleep(6_000);
	expect(await statesOf('short-401')).toEqual(['done']);
	await world.until('the row to be removed', 90_000, async () => (await statesOf('short-401')).length === 0);
	expect(await statesOf('long-400')).toEqual(['waiting']);
	await world.host.deactivate(sweeper);
});

test('what is refused again and again is given up after so many tries, and taken up with the next message', async () => {
	world.wati.fault({
		method: 'POST',
		when: ({ body }) => JSON.stringify(body).includes(phoneOf(402)),
		times: 100,
		status: 400,
		body: { code: 400, message: 'Not today', timestamp: new Date().toISOString() },
	});
	await say('short', 402);
	const sweeper = await sweep({ graceMinutes: 0, stuckMinutes: 0.15, giveUpAfterTries: 2 });
	await world.until('short-402 to be given up', 90_000, async () => (await statesOf('short-402'))[0] === 'failed');
	await sleep(12_000);
	expect(world.watiWrites(402)).toHaveLength(2);
	await world.host.deactivate(sweeper);

	world.wati.faults.clear();
	await say('short', 402, 'b');
	await world.done('short-402');
	expect(world.watiWrites(402)).toHaveLength(3);
	expect(world.inSalesforce(402)).toHaveLength(1);
});

test('Wawp and Zoho CRM in the places of WATI and Salesforce', async () => {
	const crms = [wawpFixture(), zohoFixture()] as const;
	const [wawp, zoho] = crms;
	await Promise.all(crms.map((crm) => crm.start()));
	try {
		await world.importSync({
			replace: {
				'WATI Contact': await node(wawp, { phone: 'phone', firstName: 'firstName', lastName: 'lastName' }),
				'Salesforce Contact': await node(zoho, { Email: 'email', Last_Name: 'lastName', First_Name: 'firstName' }),
			},
		});
		await say('short', 403);
		await world.done('short-403');
		expect(wawp.simulator.contacts.get(`${phoneOf(403)}@c.us`)).toMatchObject({
			firstName: 'First',
			lastName: 'Person403',
		});
		expect(zoho.simulator.contacts.having('Email', emailOf(403))).toMatchObject([
			{ Last_Name: 'Person403', First_Name: 'First' },
		]);
		expect([world.watiWrites(403), world.inSalesforce(403)]).toEqual([[], []]);
	} finally {
		await Promise.all(crms.map((crm) => crm.stop()));
	}
});

/** A Create or Update Contact node with its connection and these fields, as docs/workflows/offline-sync.md tells to put it there. */
async function node(
	{ node: type, credentialType, name, credentialData }: CrmFixture,
	fields: Record<string, string>,
): Promise<NodeSpec> {
	const known = (field: string): string => `={{ $('Contact').first().json.${field} }}`;
	const value = Object.fromEntries(Object.entries(fields).map(([id, field]) => [id, known(field)]));
	return {
		type: `n8n-nodes-whatsapp-crm.${type}`,
		parameters: { fields: { mappingMode: 'defineBelow', matchingColumns: [], value, schema: [] }, options: {} },
		credentials: { [credentialType]: await world.host.createCredential(credentialType, name, credentialData()) },
		onError: 'continueRegularOutput',
	};
}
