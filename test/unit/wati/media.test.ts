import type { INodeExecutionData } from 'n8n-workflow';

import { Wati } from '../../../nodes/Wati/Wati.node';
import type { Media } from '../../simulators/wati/records';
import { runNodeFake, type FakeRun } from '../../support/fakeExecute';
import { byPhone, withWatiNode } from './operationTable';

const { wati } = withWatiNode();
const PHONES = ['14155550000', '14155550001', '14155550002'];
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

async function run(parameters: Record<string, unknown>, more: Partial<FakeRun> = {}): Promise<INodeExecutionData[]> {
	const [output] = await runNodeFake(new Wati(), {
		parameters: { resource: 'message', simplify: true, options: {}, ...parameters },
		credentials: { watiConnectionApi: { apiEndpoint: wati.origin, accessToken: wati.token } },
		authorize: () => ({ Authorization: `Bearer ${wati.token}` }),
		...more,
	});
	return output ?? [];
}

describe('Send File', () => {
	const parameters = {
		operation: 'sendFile',
		target: byPhone('+14155550000'),
		binaryPropertyName: 'data',
		options: { caption: 'May' },
	};
	const file = (text: string, fileName = 'Rechnung "Mai" ü.pdf') => ({
		json: {},
		binary: { data: { data: Buffer.from(text).toString('base64'), mimeType: 'application/pdf', fileName } },
	});

	beforeEach(() => {
		for (const phone of PHONES) wati.account.addConversation(wati.account.addContact({ phone }));
	});

	test('sends each item’s file as a form with target, caption and file', async () => {
		const items = ['one', 'two two', 'three'].map((text, item) => file(text, `Rechnung "Mai" ü ${item}.pdf`));
		const perItem = {
			target: (item: number) => byPhone(`+${PHONES[item]}`),
			options: (item: number) => ({ caption: `May ${item}` }),
		};
		const output = await run({ ...parameters, ...perItem }, { items });
		expect(wati.log.map(({ method, path }) => `${method} ${path}`)).toEqual(
			Array(3).fill('POST /api/ext/v3/conversations/messages/file'),
		);
		expect(wati.log.map(({ body }) => body)).toMatchObject(
			[3, 7, 5].map((size, item) => ({
				target: PHONES[item],
				caption: `May ${item}`,
				file: { size, mimeType: 'application/pdf', fileName: `Rechnung %22Mai%22 ü ${item}.pdf` },
			})),
		);
		expect(output).toMatchObject(
			[0, 1, 2].map((item) => ({ json: { type: 'document', text: `May ${item}` }, pairedItem: { item } })),
		);
	});

	test('says how long the upload is, so that it need not be sent in pieces of unknown number', async () => {
		await run(parameters, { items: [file('one')] });
		expect(Number(wati.log[0]?.headers['content-length'])).toBeGreaterThan(3);
	});

	test('leaves out an empty caption and takes another file name', async () => {
		await run({ ...parameters, options: { caption: '', fileName: 'may.pdf' } }, { items: [file('one')] });
		expect(wati.log[0]?.body).toMatchObject({ caption: null, file: { fileName: 'may.pdf' } });
	});

	test.each([
		['a caption that is too long', { options: { caption: 'x'.repeat(1025) } }, file('one'), /^Caption is too long$/],
		['an empty file', {}, file(''), /^The file is empty$/],
		['a field that has no file', { binaryPropertyName: 'photo' }, file('one'), /has no binary field 'photo'/],
	])('refuses before any call: %s', async (_what, more, item, message) => {
		await expect(run({ ...parameters, ...more }, { items: [item] })).rejects.toThrow(message);
		expect(wati.log).toHaveLength(0);
	});

	test('repeats the whole file after a 429', async () => {
		wati.fault({ status: 429, headers: { 'retry-after': '0' } });
		await run(parameters, { items: [file('one')] });
		expect(wati.log[1]?.body).toMatchObject({ file: { size: 3 } });
	});

	test.each([
		['a 500', { status: 500 }, { context: { kind: 'outcomeUnknown' } }],
		[
			'a 400',
			{ status: 400, body: { code: 77, message: 'no', timestamp: '' } },
			{ message: expect.stringContaining('no') },
		],
		[
			'a failed message',
			{ status: 200, body: { message: { status: 'failed', failed_detail: '131026' } } },
			{ message: expect.stringContaining('131026') },
		],
	])('is not sent again after %s', async (_what, fault, told) => {
		wati.fault({ ...fault, times: 5 });
		await expect(run(parameters, { items: [file('one')] })).rejects.toMatchObject(told);
		expect(wati.log).toHaveLength(1);
	});
});

describe('Get Media File', () => {
	const get = (messageId: string, more: Record<string, unknown> = {}) => ({
		operation: 'getMedia',
		messageId,
		binaryPropertyName: 'data',
		...more,
	});

	/** A message with a file, and its id. */
	const received = (media: Partial<Media>): string => {
		const conversation = wati.account.addConversation(wati.account.addContact({ phone: '14155550000' }));
		const whole = { fileName: 'photo.png', mimeType: 'image/png', size: 0, content: PNG, ...media };
		return wati.account.addMessage(conversation, { media: whole }).id;
	};

	const inPlaceOfFile = (body: string | object, headers: Record<string, string> = {}) =>
		wati.fault({ status: 200, body, headers, times: 9 });

	test('gives each item its file and says what it is', async () => {
		const ids = ['a.png', 'b ü.png', 'c.png'].map((fileName) => received({ fileName }));
		const output = await run(get(''), { items: [{ json: {} }] }).catch((error: Error) => error.message);
		expect(output).toBe('Message ID is empty');
		const files = await run(
			{ ...get(''), messageId: (item: number) => ids[item] },
			{ items: ids.map(() => ({ json: {} })) },
		);
		expect(files).toMatchObject(
			['a.png', 'b ü.png', 'c.png'].map((fileName, item) => ({
				json: { messageId: ids[item], fileName, mimeType: 'image/png', size: PNG.length },
				binary: { data: { data: PNG.toString('base64'), mimeType: 'image/png', fileName } },
				pairedItem: { item },
			})),
		);
		expect(wati.log.map(({ path }) => path)).toEqual(ids.map((id) => `/api/ext/v3/conversations/messages/file/${id}`));
	});

	test('gives a Base64 string as well, only when asked, and the file in the field that was named', async () => {
		const id = received({});
		const [plain] = await run(get(id));
		expect(plain?.json).not.toHaveProperty('base64');
		const [both] = await run(get(id, { options: { base64: true }, binaryPropertyName: 'photo' }));
		expect(both?.json.base64).toBe(PNG.toString('base64'));
		expect(both?.binary?.photo?.data).toBe(PNG.toString('base64'));
	});

	test.each([
		['the header', { fileName: 'x.bin', mimeType: 'image/heic' }, 'real' as const, 'image/heic'],
		['the name', { fileName: 'x.ogg', content: Buffer.from('??') }, 'octetStream' as const, 'audio/ogg'],
		['the first bytes', { fileName: 'x' }, 'octetStream' as const, 'image/png'],
		['nothing', { fileName: 'x', content: Buffer.from('??') }, 'octetStream' as const, 'application/octet-stream'],
	])('knows the type by %s', async (_what, media, behaviour, mimeType) => {
		wati.behaviour.mediaContentType = behaviour;
		const [item] = await run(get(received(media)));
		expect(item?.json.mimeType).toBe(mimeType);
	});

	test('names a file that comes without a name by its message', async () => {
		inPlaceOfFile('%PDF-1.7', { 'content-type': 'application/octet-stream' });
		const [item] = await run(get('6a9f0c1d2e3b4a5f6c7d8e9f'));
		expect(item?.json).toMatchObject({ fileName: '6a9f0c1d2e3b4a5f6c7d8e9f.pdf', mimeType: 'application/pdf' });
	});

	test('takes no folders from a file’s name', async () => {
		inPlaceOfFile('data', { 'content-disposition': 'attachment; filename="../../etc/pass\\\\wd.txt"' });
		const [item] = await run(get('6a9f0c1d2e3b4a5f6c7d8e9f'));
		expect(item?.json.fileName).toBe('wd.txt');
	});

	test('leaves a file alone that is JSON or a web page by its name', async () => {
		inPlaceOfFile({ code: 5004, message: 'my data' }, { 'content-disposition': 'attachment; filename="data.json"' });
		const [item] = await run(get('6a9f0c1d2e3b4a5f6c7d8e9f'));
		expect(item?.json).toMatchObject({ fileName: 'data.json', mimeType: 'application/json' });
	});

	test.each([
		[
			'JSON with a reason',
			{ code: 5004, message: 'Message Not Found' },
			{},
			/get the file: Message Not Found/,
			/no longer there/,
		],
		[
			'JSON under the name of a photo',
			{ message: 'Oops' },
			{ 'content-disposition': 'filename=a.jpg' },
			/get the file: Oops/,
			/./,
		],
		['a web page', '<!DOCTYPE html><title>Sign in</title>', {}, /answered without the file/, /web page/],
		['nothing', '', {}, /answered without the file/, /./],
	])('takes %s under HTTP 200 for a refusal', async (_what, body, headers, message, description) => {
		inPlaceOfFile(body, headers);
		await expect(run(get('6a9f0c1d2e3b4a5f6c7d8e9f'))).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.stringMatching(description),
		});
	});

	test.each([
		['a file that is gone', () => received({ gone: true }), /Message Not Found/, /no longer there/],
		['an id of another kind', () => 'abc', /Message ID is invalid/, /Use the "id" of the message/],
	])('explains %s', async (_what, id, message, description) => {
		await expect(run(get(id()))).rejects.toMatchObject({
			message: expect.stringMatching(message),
			description: expect.stringMatching(description),
			httpCode: '400',
		});
	});

	test('refuses WhatsApp’s own id before any call', async () => {
		await expect(run(get('wamid.HBgL'))).rejects.toThrow(/WhatsApp's own ID/);
		expect(wati.log).toHaveLength(0);
	});

	test.each([
		['announced', true],
		['found while it comes', false],
	])('breaks off a file that is too large, its size %s', async (_what, declaresLength) => {
		const id = received({ content: undefined, size: 5_000_000, declaresLength });
		await expect(run(get(id, { options: { maxSize: 2 } }))).rejects.toThrow(
			'The file is larger than Max File Size (MB) allows',
		);
		expect(wati.log).toHaveLength(1);
	});

	test('makes no Base64 string of more than 20 MB', async () => {
		const id = received({ content: undefined, size: 20_000_001, declaresLength: false });
		await expect(run(get(id, { options: { base64: true } }))).rejects.toThrow(
			'The file is larger than Base64 String allows',
		);
	});

	test('fetches a file again whose connection broke, and gives up in the end', async () => {
		const id = received({ content: undefined, size: 3_000_000, breaksAfter: 1_000_000 });
		await expect(run(get(id))).rejects.toMatchObject({
			message: expect.stringContaining('before the whole file had come'),
		});
		expect(wati.log).toHaveLength(3);
		const message = wati.account.messages.get(id);
		if (message?.media) message.media.breaksAfter = undefined;
		const [item] = await run(get(id));
		expect(item?.json.size).toBe(3_000_000);
	});

	test('does not follow a redirect', async () => {
		wati.fault({ status: 302, headers: { location: 'https://example.com/file' } });
		await expect(run(get('6a9f0c1d2e3b4a5f6c7d8e9f'))).rejects.toThrow(/another address, which is not followed/);
		expect(wati.log).toHaveLength(1);
	});
});
