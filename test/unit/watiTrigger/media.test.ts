import { inbound, parameters, PHONE, withTrigger } from './withTrigger';

const scene = withTrigger();
const content = Buffer.from('\xff\xd8\xff picture', 'latin1');
const picture = { fileName: 'cat.jpg', mimeType: 'image/jpeg', size: content.length, content };
const publish = async (options: Record<string, unknown> = {}): Promise<void> => {
	scene.n8n.parameters = parameters({ options: { downloadMedia: true, ...options } });
	await scene.n8n.publish();
};

test('the file of a message comes with it', async () => {
	await publish();
	await scene.wati.receive({ phone: PHONE, text: 'My cat', media: picture });
	expect(scene.n8n.runs.flat()).toMatchObject([
		{
			json: { message: { type: 'image', text: 'My cat', mediaUrl: 'data/images/cat.jpg' } },
			binary: { data: { data: content.toString('base64'), fileName: 'cat.jpg', mimeType: 'image/jpeg' } },
		},
	]);
	expect(scene.n8n.events[0]).not.toHaveProperty('mediaError');
});

test('a message without a file asks WATI for nothing', async () => {
	await publish();
	const before = scene.wati.log.length;
	await scene.wati.receive({ phone: PHONE, text: 'Hi' });
	expect(scene.n8n.events).toHaveLength(1);
	expect(scene.wati.log).toHaveLength(before);
});

test('without Download Media only the address of the file comes', async () => {
	await scene.n8n.publish();
	await scene.wati.receive({ phone: PHONE, media: picture });
	expect(scene.n8n.runs.flat()[0]).not.toHaveProperty('binary');
});

test.each([
	['has thrown it away', { ...picture, gone: true }, {}, /limited time/],
	[
		'has one that is too large',
		{ ...picture, content: undefined, size: 2_000_000 },
		{ maxMediaSize: 1 },
		/larger than/,
	],
	[
		'breaks off every time',
		{ ...picture, content: undefined, size: 500_000, breaksAfter: 200_000 },
		{},
		/ended the connection/,
	],
])('the message is not lost when WATI %s', async (_what, media, options, reason) => {
	await publish(options);
	const deliveries = await scene.wati
		.receive({ phone: PHONE, text: 'My cat', media })
		.then(() => scene.wati.deliveries);
	expect(deliveries).toMatchObject([{ status: 200, attempts: 1 }]);
	expect(scene.n8n.runs.flat()).toMatchObject([
		{ json: { message: { text: 'My cat' }, mediaError: expect.stringMatching(reason) } },
	]);
	expect(scene.n8n.runs.flat()[0]).not.toHaveProperty('binary');
});

test.each([
	['https://evil.example/api/file/showFile?fileName=data/images/cat.jpg'],
	['//evil.example/data/images/cat.jpg?showFile?fileName='],
	['http://127.0.0.1:1/showFile?fileName=data/images/cat.jpg'],
])('a file on another host is refused, and the token stays here: %s', async (data) => {
	await publish();
	const before = scene.n8n.requests.length;
	await scene.n8n.post(scene.address(), inbound({ type: 'image', data }));
	expect(scene.n8n.events).toMatchObject([{ mediaError: expect.stringMatching(/not on the host of the connection/) }]);
	expect(scene.n8n.requests).toHaveLength(before);
});

test("a file at an address of the account's own host is fetched there", async () => {
	await publish();
	const conversation = scene.wati.account.addConversation(scene.wati.account.addContact({ phone: PHONE }));
	const message = scene.wati.account.addMessage(conversation, { type: 'image', media: picture });
	const data = `${scene.wati.origin}/4711/api/file/showFile?fileName=data/images/cat.jpg`;
	await scene.n8n.post(scene.address(), inbound({ id: message.id, type: 'image', data }));
	expect(scene.n8n.runs.flat()[0]?.binary?.data).toMatchObject({ fileName: 'cat.jpg' });
	expect(scene.n8n.requests.at(-1)).toContain(`${scene.wati.origin}/api/ext/v3/`);
});
