import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sharedHost } from '../../host/shared';
import type { Item } from '../../host/execution';
import { inbound, PHONE, picked, TENANT, TriggerWorld } from './triggerWorld';

const content = Buffer.from('\xff\xd8\xff picture of a cat', 'latin1');
const picture = { fileName: 'cat.jpg', mimeType: 'image/jpeg', size: content.length, content };
const withFiles = (options: Record<string, unknown> = {}) => picked({ options: { downloadMedia: true, ...options } });
const aMediaRequest = /messages\/file\//;

let world: TriggerWorld;
/** A host that is not the account's, and what it was asked for. */
let stranger: Server;
const askedOfStranger: string[] = [];

beforeAll(async () => {
	world = await TriggerWorld.start(await sharedHost());
	stranger = createServer((request, response) => {
		askedOfStranger.push(`${request.url} ${request.headers.authorization}`);
		response.end('here');
	});
	await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => world.wati.reset());
afterAll(async () => {
	stranger?.close();
	await world?.stop();
});

const bytesOf = async ({ binary }: Item): Promise<Buffer | undefined> =>
	binary?.data && (await world.host.readBinary(binary.data));

test("the file of a message comes with it, by the connection's token", async () => {
	const trigger = await world.publish(withFiles());
	const message = await world.wati.receive({ phone: PHONE, text: 'My cat', media: picture });
	const [item, ...more] = await trigger.itemsOf(1);
	expect(more).toEqual([]);
	expect(item?.json).toMatchObject({ message: { text: 'My cat', type: 'image', mediaUrl: 'data/images/cat.jpg' } });
	expect(item?.json).not.toHaveProperty('mediaError');
	expect(item?.binary?.data).toMatchObject({ fileName: 'cat.jpg', mimeType: 'image/jpeg' });
	expect(item && (await bytesOf(item))).toEqual(content);
	expect(world.wati.requests('GET', aMediaRequest)).toMatchObject([
		{
			path: `/api/ext/v3/conversations/messages/file/${message.id}`,
			headers: { authorization: `Bearer ${world.wati.token}` },
		},
	]);
});

test("a file at an address of the account's own host is fetched there", async () => {
	const trigger = await world.publish(withFiles());
	const { account } = world.wati;
	const { id } = account.addMessage(account.addConversation(account.addContact({ phone: PHONE })), { media: picture });
	const data = `${world.wati.origin}/${TENANT}/api/file/showFile?fileName=data/images/cat.jpg`;
	await trigger.post(trigger.address(), inbound({ id, type: 'image', data }));
	const [item] = await trigger.itemsOf(1);
	expect(item && (await bytesOf(item))).toEqual(content);
});

test.each([
	['at another port', (port: number) => `http://127.0.0.1:${port}/showFile?fileName=data/images/cat.jpg`],
	['without a scheme', (port: number) => `//127.0.0.1:${port}/x?a=showFile?fileName=data/images/cat.jpg`],
	[
		'behind the name of the account',
		(port: number) =>
			`http://${new URL(world.wati.origin).host}@127.0.0.1:${port}/showFile?fileName=data/images/cat.jpg`,
	],
])('a file on another host %s is not fetched, and the token stays here', async (_what, address) => {
	const trigger = await world.publish(withFiles());
	const { port } = stranger.address() as AddressInfo;
	await trigger.post(trigger.address(), inbound({ type: 'image', text: 'My cat', data: address(port) }));
	const [item] = await trigger.itemsOf(1);
	expect(item?.json).toMatchObject({
		message: { text: 'My cat' },
		mediaError: expect.stringMatching(/not on the host of the connection/),
	});
	expect(item).not.toHaveProperty('binary');
	expect(askedOfStranger).toEqual([]);
	expect(world.wati.requests('GET', aMediaRequest)).toEqual([]);
});

test.each([
	['has thrown it away', { ...picture, gone: true }, {}, /limited time/],
	['has one that is too large', { ...picture, content: undefined, size: 2_000_000 }, { maxMediaSize: 1 }, /larger/],
	[
		'breaks off every time',
		{ ...picture, content: undefined, size: 500_000, breaksAfter: 200_000 },
		{},
		/ended the connection/,
	],
])('the message is not lost when WATI %s: the reason stands in it', async (_what, media, options, reason) => {
	const trigger = await world.publish(withFiles(options));
	await world.wati.receive({ phone: PHONE, text: 'My cat', media });
	const [item, ...more] = await trigger.itemsOf(1);
	expect(more).toEqual([]);
	expect(item?.json).toMatchObject({ message: { text: 'My cat' }, mediaError: expect.stringMatching(reason) });
	expect(item).not.toHaveProperty('binary');
	expect(JSON.stringify(item)).not.toContain(world.wati.token);
});

test('WATI is answered before the file is there', async () => {
	const trigger = await world.publish(withFiles());
	world.wati.fault({ path: aMediaRequest, delayMs: 3_000 });
	await world.wati.receive({ phone: PHONE, media: picture });
	expect(world.wati.deliveries.at(-1)).toMatchObject({ status: 200, attempts: 1 });
	expect(world.wati.requests('GET', aMediaRequest).filter(({ status }) => status !== 0)).toEqual([]);
	const [item] = await trigger.itemsOf(1);
	expect(item && (await bytesOf(item))).toEqual(content);
});
