import { join } from 'node:path';

import { ensureHost } from '../host/install';
import { N8nHost } from '../host/n8nHost';
import { discardPackage, packRepository } from '../host/pack';
import { runNode } from '../host/runNode';
import { PHONE, TriggerWorld } from '../e2e/trigger/triggerWorld';
import { allCrms, mapped } from '../support/crms';
import { watiFixture } from '../support/crms';

/** Both generations of n8n: the package installs and loads, and each node runs once. */
const GENERATIONS = [
	{ version: '2.41.1', folder: join(__dirname, '../host/n8n') },
	{ version: '1.123.81', folder: join(__dirname, '../host/n8n-1x') },
];

jest.setTimeout(900_000);

describe.each(GENERATIONS)('n8n $version', ({ version, folder }) => {
	let host: N8nHost;

	beforeAll(async () => {
		const say = (line: string): void => void process.stderr.write(`${line}\n`);
		await ensureHost({ folder, onProgress: say });
		const tarball = await packRepository({ onProgress: say });
		host = await N8nHost.start({ packages: [tarball], hostFolder: folder, onProgress: say });
		await discardPackage(tarball);
	});
	afterAll(async () => await host?.dispose());

	test('is the one that was asked for, and knows all nodes, also as tools, and all connections', async () => {
		expect(host.version).toBe(version);
		const names = (await host.nodeTypes('n8n-nodes-whatsapp-crm.')).map(({ name }) => name.split('.')[1]).sort();
		expect(names).toEqual(
			[
				...[
					'wati',
					'watiCreateOrUpdateContact',
					'salesforceCreateOrUpdateContact',
					'zohoCreateOrUpdateContact',
					'wawpCreateOrUpdateContact',
				].flatMap((name) => [name, `${name}Tool`]),
				'watiTrigger',
			].sort(),
		);
		const connections = (await host.credentialTypes()).map(({ name }) => name);
		expect(connections).toEqual(
			expect.arrayContaining([
				'watiConnectionApi',
				'salesforceConnectionOAuth2Api',
				'zohoConnectionOAuth2Api',
				'wawpConnectionApi',
			]),
		);
	});

	test.each(allCrms())('$name Create or Update Contact creates, and then finds nothing to change', async (crm) => {
		await crm.start();
		try {
			const credential = await host.createCredential(crm.credentialType, crm.name, crm.credentialData());
			const node = {
				type: `n8n-nodes-whatsapp-crm.${crm.node}`,
				credentials: { [crm.credentialType]: credential },
				parameters: {
					fields: { mappingMode: 'defineBelow', value: mapped(crm, 1, 'text'), matchingColumns: [], schema: [] },
					options: {},
				},
			};
			expect((await runNode(host, { node })).items.map(({ json }) => json.action)).toEqual(['created']);
			expect((await runNode(host, { node })).items.map(({ json }) => json.action)).toEqual(['unchanged']);
			expect(crm.stored(1)).toMatchObject([{ text: 'text' }]);
		} finally {
			await crm.stop();
		}
	});

	test('WATI sends a text, and a refusal comes back with its reason', async () => {
		const wati = watiFixture();
		await wati.start();
		try {
			const { account } = wati.simulator;
			account.addConversation(account.addContact({ phone: '14155552671' }));
			const credential = await host.createCredential('watiConnectionApi', 'WATI', wati.credentialData());
			const node = {
				type: 'n8n-nodes-whatsapp-crm.wati',
				credentials: { watiConnectionApi: credential },
				parameters: {
					resource: 'message',
					operation: 'sendText',
					target: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
					text: 'Hello',
					simplify: true,
					options: {},
				},
				onError: 'continueErrorOutput' as const,
			};
			const { items, failed } = await runNode(host, {
				node,
				items: [{ phone: '+14155552671' }, { phone: '+14155552672' }],
			});
			expect(items).toHaveLength(1);
			expect(failed).toMatchObject([
				{ json: { error: expect.stringContaining('WATI refused') }, pairedItem: [{ item: 1 }] },
			]);
		} finally {
			await wati.stop();
		}
	});

	test('WATI Trigger registers itself, and a message starts the workflow', async () => {
		const world = await TriggerWorld.start(host);
		try {
			const trigger = await world.store();
			await host.activate(trigger.workflow);
			await trigger.registered(1);
			await world.wati.receive({ phone: PHONE, text: 'Hi' });
			expect(await trigger.events()).toMatchObject([{ event: 'messageReceived', message: { text: 'Hi' } }]);
		} finally {
			await world.stop();
		}
	});
});
