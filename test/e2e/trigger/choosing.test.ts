import { sharedHost } from '../../host/shared';
import { byHand, CHANNEL, inbound, PHONE, picked, TriggerWorld } from './triggerWorld';

let world: TriggerWorld;

beforeAll(async () => void (world = await TriggerWorld.start(await sharedHost())));
afterAll(async () => world?.stop());

describe('keywords', () => {
	const said = ['my orders please', 'My ORDER, please', 'order 66', '  Order: two', 'hello', 'reorder'];

	test.each([
		['contains', ['my orders please', 'My ORDER, please', 'order 66', '  Order: two', 'reorder']],
		['wholeWord', ['My ORDER, please', 'order 66', '  Order: two']],
		['startsWith', ['order 66', '  Order: two']],
	])('%s', async (keywordMatch, expected) => {
		const events = ['messageReceived', 'messageRead'];
		const trigger = await world.publish(byHand({ events, options: { keywords: 'invoice, order', keywordMatch } }));
		for (const text of said) await trigger.post(trigger.url, inbound({ id: text, text }));
		await trigger.post(trigger.url, inbound({ id: 'button', text: null, buttonReply: { text: 'Order' } }));
		await trigger.post(trigger.url, inbound({ id: 'read', text: 'hello', eventType: 'sentMessageREAD' }));
		const texts = (await trigger.events()).map(({ id }) => id);
		expect(texts).toEqual([...expected, 'button', 'read']);
	});
});

describe('channels', () => {
	test('only the chosen ones, by their addresses and by what the event says', async () => {
		world.wati.account.addChannel('Sales', '15550002222');
		world.wati.account.addChannel('Support', '15550003333');
		const trigger = await world.publish(picked({ options: { moreChannels: '15550002222' } }));
		await trigger.registered(2);
		for (const channelNumber of [CHANNEL, '15550002222', '15550003333']) {
			await world.wati.receive({ phone: PHONE, text: channelNumber, channelNumber });
		}
		await trigger.post(trigger.address(), inbound({ id: 'other', channelPhoneNumber: '15550003333' }));
		expect(await trigger.events()).toMatchObject([
			{ message: { text: CHANNEL }, channel: { phone: `+${CHANNEL}` } },
			{ message: { text: '15550002222' }, channel: { phone: '+15550002222' } },
		]);
	});

	test('by hand: those that were entered, and events that tell none', async () => {
		const trigger = await world.publish(byHand({ options: { moreChannels: '+1 555 000-2222' } }));
		await trigger.post(trigger.url, inbound({ id: 'default' }));
		await trigger.post(trigger.url, inbound({ id: 'sales', channelPhoneNumber: '15550002222' }));
		await trigger.post(trigger.url, inbound({ id: 'none', channelPhoneNumber: null }));
		expect((await trigger.events()).map(({ id }) => id)).toEqual(['sales', 'none']);
	});
});

test("the team's own message is not a received one", async () => {
	const trigger = await world.publish(byHand());
	await trigger.post(trigger.url, inbound({ id: 'own', owner: true }));
	await trigger.post(trigger.url, inbound({ id: 'theirs' }));
	expect((await trigger.events()).map(({ id }) => id)).toEqual(['theirs']);
});
