import type { Item } from '../../host/execution';
import type { N8nClient } from '../../host/n8nClient';
import { runNode, type NodeResult } from '../../host/runNode';
import type { CredentialRef, NodeSpec } from '../../host/workflowBuilder';
import { mediaSha256 } from '../../simulators/wati/media';
import type { Media } from '../../simulators/wati/records';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { REFUSALS } from '../../unit/wati/operationTable';
import { connectWati } from './connectWati';

const PHONE = '14155552671';
const UPLOAD = '/api/ext/v3/conversations/messages/file';
const MB = 1_000_000;

let host: N8nClient;
let credential: CredentialRef;
const wati = new WatiSimulator();

beforeAll(async () => void ({ host, credential } = await connectWati(wati, '/12345')));
beforeEach(() => {
	wati.reset();
	wati.account.addConversation(wati.account.addContact({ phone: PHONE, name: 'Ada' }));
});
afterAll(async () => await wati.stop());

const message = (parameters: Record<string, unknown>): NodeSpec => ({
	type: 'n8n-nodes-whatsapp-crm.wati',
	parameters: { resource: 'message', ...parameters },
	credentials: { watiConnectionApi: credential },
});
const target = { __rl: true, mode: 'phone', value: `+${PHONE}` };
const sendFile = (more: Record<string, unknown> = {}) =>
	message({ operation: 'sendFile', target, binaryPropertyName: 'data', options: { caption: 'Your invoice' }, ...more });
const getMedia = (more: Record<string, unknown> = {}) =>
	message({ operation: 'getMedia', messageId: '={{ $json.id }}', ...more });

/** As a builder makes a file of a text: the field `text`, named by the field `name`. */
const convertToFile: NodeSpec = {
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: {
		operation: 'toText',
		sourceProperty: 'text',
		binaryPropertyName: 'data',
		options: { fileName: '={{ $json.name }}' },
	},
};

/** A message that the customer sent with a file. */
function received(media: Partial<Media>): { id: string; media: Media } {
	const [conversation] = wati.account.conversations.values();
	if (!conversation) throw new Error('No conversation');
	const whole = { fileName: 'photo.png', mimeType: 'image/png', size: 0, ...media };
	return { id: wati.account.addMessage(conversation, { owner: false, media: whole }).id, media: whole };
}

const bytesOf = async ({ items }: NodeResult): Promise<Buffer[]> =>
	await Promise.all(items.map(async ({ binary }) => await host.readBinary(fileOf({ binary }))));

function fileOf({ binary }: Pick<Item, 'binary'>) {
	if (!binary?.data) throw new Error('The item has no file');
	return binary.data;
}

describe('Send File', () => {
	test('sends what another node made, one file for each item', async () => {
		const texts = ['one', 'Grüße, zwei', 'drei'];
		const { items } = await runNode(host, {
			before: [convertToFile],
			node: sendFile(),
			items: texts.map((text, at) => ({ text, name: `Rechnung ${at} ü.txt` })),
		});
		expect(items).toMatchObject(
			texts.map((_, item) => ({ json: { type: 'document', text: 'Your invoice' }, pairedItem: [{ item }] })),
		);
		expect(wati.requests('POST', UPLOAD).map(({ body }) => body)).toMatchObject(
			texts.map((text, at) => ({
				target: PHONE,
				caption: 'Your invoice',
				file: { fileName: `Rechnung ${at} ü.txt`, mimeType: 'text/plain', size: Buffer.byteLength(text) },
			})),
		);
	});

	test('says which field has no file, and sends nothing', async () => {
		const { error } = await runNode(host, { node: sendFile({ binaryPropertyName: 'photo' }) });
		expect(`${error?.message} ${error?.description}`).toContain('photo');
		expect(wati.log).toHaveLength(0);
	});

	test('is not repeated when the connection is lost, and the other items are sent', async () => {
		wati.fault({ path: UPLOAD, drop: 'after', after: 1 });
		const { items } = await runNode(host, {
			before: [convertToFile],
			node: { ...sendFile(), onError: 'continueRegularOutput' },
			items: ['one', 'two', 'three'].map((text) => ({ text, name: 'a.txt' })),
		});
		expect(items.map(({ json }) => json.error ?? json.type)).toEqual([
			'document',
			expect.stringContaining('it is not known whether it did send the file'),
			'document',
		]);
		expect(wati.requests('POST', UPLOAD)).toHaveLength(3);
	});
});

test('Send File via URL gives WATI the address, and sends no file', async () => {
	const node = message({
		operation: 'sendFileViaUrl',
		target,
		fileUrl: '={{ $json.url }}',
		options: { caption: 'May' },
	});
	const { items } = await runNode(host, { node, items: [{ url: 'https://example.com/may.pdf' }] });
	expect(items).toMatchObject([{ json: { type: 'document', text: 'May' } }]);
	expect(wati.log).toMatchObject([
		{ path: `${UPLOAD}ViaUrl`, body: { target: PHONE, file_url: 'https://example.com/may.pdf', caption: 'May' } },
	]);
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

describe.each([
	{ name: 'Send File', before: [convertToFile], node: sendFile },
	{ name: 'Get Media File', before: [], node: getMedia },
])('$name', ({ before, node }) => {
	const run = async (count: number, onError?: NodeSpec['onError']): Promise<NodeResult> =>
		await runNode(host, {
			before,
			node: { ...node(), ...(onError && { onError }) },
			items: Array.from({ length: count }, () => ({
				text: 'one',
				name: 'a.txt',
				id: received({ content: PNG }).id,
			})),
		});

	test.each(REFUSALS)('shows $what with its reason', async ({ answer, told }) => {
		wati.fault({ ...answer, times: 10 });
		expect((await run(1)).error).toMatchObject(told);
		expect(wati.log).toHaveLength(1);
	});

	test('waits for WATI after a 429 and goes on', async () => {
		wati.fault({ status: 429, headers: { 'retry-after': '0' } });
		expect((await run(1)).items).toHaveLength(1);
		expect(wati.log.map(({ status }) => status)).toEqual([429, 200]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'keeps the other items when one is refused and On Error is %s',
		async (onError) => {
			wati.fault({ status: 400, body: { code: 400, message: 'not this one', timestamp: '' }, after: 1 });
			const { branches } = await run(3, onError);
			const items = branches.flat();
			expect(items.map(({ pairedItem }) => pairedItem[0]?.item).sort()).toEqual([0, 1, 2]);
			expect(items.filter(({ json }) => json.error !== undefined)).toMatchObject([
				{ json: { error: expect.stringContaining('not this one') }, pairedItem: [{ item: 1 }] },
			]);
		},
	);
});

describe('Get Media File', () => {
	test('gives each item its file, with name and kind, to the field that was asked for', async () => {
		const files = ['a.png', 'b ü.png', 'c.png'].map((fileName, at) =>
			received({ fileName, content: Buffer.concat([PNG, Buffer.from([at])]) }),
		);
		const result = await runNode(host, { node: getMedia(), items: files.map(({ id }) => ({ id })) });
		expect(result.items).toMatchObject(
			files.map(({ id, media }, item) => ({
				json: { messageId: id, fileName: media.fileName, mimeType: 'image/png', size: PNG.length + 1 },
				binary: { data: { fileName: media.fileName, mimeType: 'image/png', fileExtension: 'png' } },
				pairedItem: [{ item }],
			})),
		);
		expect(await bytesOf(result)).toEqual(files.map(({ media }) => media.content));
		expect(result.items[0]?.json).not.toHaveProperty('base64');
	});

	test('gives the file as a Base64 string too, when asked', async () => {
		const { id, media } = received({ content: PNG });
		const result = await runNode(host, { node: getMedia({ options: { base64: true } }), items: [{ id }] });
		expect(result.items[0]?.json.base64).toBe(PNG.toString('base64'));
		expect(await bytesOf(result)).toEqual([media.content]);
	});

	test('fetches the file again when the connection breaks in its middle', async () => {
		const { id, media } = received({ size: MB, breaksAfter: 200_000 });
		wati.fault({ when: () => healed(media, wati.log.length) });
		const { items } = await runNode(host, { node: getMedia(), items: [{ id }] });
		expect(items).toMatchObject([{ json: { size: MB } }]);
		expect(wati.log).toHaveLength(2);
	});

	test('a file that WATI no longer has is an error of that item, with what to do', async () => {
		const there = received({ content: PNG });
		const { failed, items } = await runNode(host, {
			node: { ...getMedia(), onError: 'continueErrorOutput' },
			items: [{ id: received({ gone: true }).id }, { id: there.id }],
		});
		expect(failed).toMatchObject([
			{
				json: {
					error: expect.stringContaining('Message Not Found'),
					message: expect.objectContaining({ code: '5004' }),
				},
			},
		]);
		expect(items).toMatchObject([{ json: { messageId: there.id }, pairedItem: [{ item: 1 }] }]);
	});
});

test('100 MB go through n8n each way with at most 40 MB of memory', async () => {
	const throughN8n = async (size: number): Promise<Media> => {
		const { id, media } = received({ fileName: 'film.mp4', mimeType: 'video/mp4', size });
		const { items, error } = await runNode(host, { before: [getMedia()], node: sendFile(), items: [{ id }] });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		return media;
	};
	await throughN8n(20 * MB);
	// What n8n does beside it and has not yet collected only adds to it: the least of some times is what the file itself takes.
	const rises: number[] = [];
	for (let time = 1; time <= 4 && !rises.some((rise) => rise <= 40); time++) {
		wati.resetTraffic();
		await host.resetPeakMemory();
		const before = await host.memory();
		const media = await throughN8n(100 * MB);
		const { peakBytes } = await host.memory();
		rises.push(Math.round((peakBytes - before.rssBytes) / MB));
		expect(wati.requests('POST', UPLOAD)).toMatchObject([
			{ body: { file: { size: 100 * MB, sha256: mediaSha256(media) } } },
		]);
	}
	process.stdout.write(`100 MB from WATI and 100 MB to WATI: memory rose by ${rises.join(', then ')} MB\n`);
	expect(Math.min(...rises)).toBeLessThanOrEqual(40);
});

/** Whole again from the second call on; as a filter of a fault it is asked before each call and lets all of them through. */
function healed(media: Media, calls: number): false {
	if (calls === 2) delete media.breaksAfter;
	return false;
}
