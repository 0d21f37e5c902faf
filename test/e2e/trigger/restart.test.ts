import { N8nHost } from '../../host/n8nHost';
import { inbound, picked, TriggerWorld, type PublishedTrigger } from './triggerWorld';

jest.setTimeout(300_000);

let host: N8nHost;
let world: TriggerWorld;
let trigger: PublishedTrigger;
/** The address that WATI got at first. */
let address: URL;

beforeAll(async () => {
	host = await N8nHost.start();
	world = await TriggerWorld.start(host);
	trigger = await world.publish(picked({ channelNumber: { __rl: true, mode: 'list', value: '' } }));
	address = trigger.address();
	await trigger.post(address, inbound({ id: 'before' }));
});
afterAll(async () => {
	await world?.stop();
	await host?.dispose();
});

const ids = async (): Promise<unknown[]> => (await trigger.events()).map(({ id }) => id);

/** What was taken before is told again, and something new: once, and once more. */
async function tell(known: string[], fresh: string): Promise<void> {
	for (const id of [...known, fresh, ...known, fresh]) {
		expect(await trigger.post(address, inbound({ id }))).toMatchObject({ status: 200, body: '' });
	}
}

test('published and told of one event', async () => {
	expect(trigger.registrations()).toHaveLength(1);
	expect(await ids()).toEqual(['before']);
});

test('stopped and started, n8n answers at the same address without asking WATI, and knows what it has taken', async () => {
	const asked = world.wati.log.length;
	await host.stop();
	await host.restart();
	await trigger.answers();
	await tell(['before'], 'after the stop');
	expect(await ids()).toEqual(['before', 'after the stop']);
	expect(world.wati.log).toHaveLength(asked);
	expect(trigger.webhooks().map(({ url }) => url)).toEqual([address.href]);
});

test('killed, and started while WATI is away, it does so as well', async () => {
	const asked = world.wati.log.length;
	world.wati.fault({ drop: 'before', times: 999 });
	await host.kill();
	await host.restart();
	await trigger.answers();
	await tell(['before', 'after the stop'], 'after the kill');
	expect(await ids()).toEqual(['before', 'after the stop', 'after the kill']);
	expect(world.wati.log).toHaveLength(asked);
	world.wati.faults.clear();
});

test('then still refuses who does not know the secret, and publishes again without a second registration', async () => {
	await trigger.post(trigger.url, inbound({ id: 'forged' }));
	await trigger.unpublish();
	await trigger.publish();
	expect(trigger.registrations()).toHaveLength(1);
	await tell(['after the kill'], 'published again');
	expect(await ids()).toEqual(['before', 'after the stop', 'after the kill', 'published again']);
});
