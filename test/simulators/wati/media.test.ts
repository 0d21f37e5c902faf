import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

import axios from 'axios';

import { refused, withWati } from './harness';
import { mediaSha256 } from './media';
import type { Media } from './records';

const { wati, call } = withWati();
const phone = '14155550100';
const MB = 1024 * 1024;

const withMedia = (media: Partial<Media> = {}) => {
	const conversation = wati.account.addConversation(wati.account.addContact({ phone }));
	const whole = { fileName: 'invoice.pdf', mimeType: 'application/pdf', size: 1000, ...media };
	return { media: whole, message: wati.account.addMessage(conversation, { type: 'document', media: whole }) };
};
const get = async (id: string) =>
	await call('get', `/conversations/messages/file/${id}`, undefined, { responseType: 'arraybuffer' });
const json = (data: unknown): unknown => JSON.parse(String(data));

describe('GET a media file', () => {
	test('streams the bytes with the name in Content-Disposition', async () => {
		const { media, message } = withMedia({ content: Buffer.from('%PDF-1.7') });
		const answer = await get(message.id);
		expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/octet-stream' } });
		expect(String(answer.data)).toBe('%PDF-1.7');
		expect(answer.headers['content-disposition']).toContain(`filename="${media.fileName}"`);
	});

	test('tells the real type when the account does so, and writes an odd name safely', async () => {
		wati.behaviour.mediaContentType = 'real';
		const { message } = withMedia({ fileName: 'Fac"ture été.pdf' });
		const { headers } = await get(message.id);
		expect(headers['content-type']).toBe('application/pdf');
		expect(headers['content-disposition']).toBe(
			`attachment; filename="Fac_ture _t_.pdf"; filename*=UTF-8''Fac%22ture%20%C3%A9t%C3%A9.pdf`,
		);
	});

	test('100 MB are generated while they are read, never kept', async () => {
		const { media, message } = withMedia({ fileName: 'film.mp4', mimeType: 'video/mp4', size: 100 * MB });
		const { data, headers } = await axios.get<Readable>(
			`${wati.origin}/api/ext/v3/conversations/messages/file/${message.id}`,
			{ responseType: 'stream', headers: { authorization: `Bearer ${wati.token}` } },
		);
		const hash = createHash('sha256');
		let size = 0;
		for await (const chunk of data) {
			hash.update(chunk);
			size += chunk.length;
		}
		expect(size).toBe(100 * MB);
		expect(headers['content-length']).toBe(String(100 * MB));
		expect(hash.digest('hex')).toBe(mediaSha256(media));
	});

	test('a stream that breaks half-way is an error for the caller', async () => {
		const { message } = withMedia({ size: MB, breaksAfter: MB / 2 });
		await expect(get(message.id)).rejects.toThrow();
	});

	test('what is gone is 400 with code 5004', async () => {
		const { message } = withMedia({ gone: true });
		const { status, data } = await get(message.id);
		expect({ status, data: json(data) }).toMatchObject(refused('Message Not Found', 5004));
		const unknown = await get('e0ffffffffffffffffffffff');
		expect(json(unknown.data)).toMatchObject({ code: 5004 });
	});

	test('a wamid is not an id of this endpoint', async () => {
		const { message } = withMedia();
		const { status, data } = await get(encodeURIComponent(message.whatsappMessageId));
		expect({ status, data: json(data) }).toMatchObject(refused('Message ID is invalid', 400));
	});
});

describe('POST a file', () => {
	const form = (fields: Array<[string, string | Blob, string?]>): FormData => {
		const data = new FormData();
		for (const [name, value, fileName] of fields) {
			if (typeof value === 'string') data.append(name, value);
			else data.append(name, value, fileName);
		}
		return data;
	};
	const pdf = new Blob(['%PDF-1.7'], { type: 'application/pdf' });
	const send = async (body: unknown) => await call('post', '/conversations/messages/file', body);

	test('is counted and hashed, in whatever order the fields come', async () => {
		withMedia();
		const answer = await send(
			form([
				['file', pdf, 'offer.pdf'],
				['caption', 'Our offer'],
				['target', phone],
			]),
		);
		expect(answer).toMatchObject({
			status: 200,
			data: { message: { type: 'document', text: 'Our offer', status: 'sent', local_message_id: expect.any(String) } },
		});
		const file = {
			fileName: 'offer.pdf',
			mimeType: 'application/pdf',
			size: 8,
			sha256: createHash('sha256').update('%PDF-1.7').digest('hex'),
		};
		expect([...wati.account.messages.values()].at(-1)?.upload).toEqual(file);
		expect(wati.log[0]?.body).toEqual({ target: phone, caption: 'Our offer', file });
	});

	test('a large file is taken as a stream', async () => {
		withMedia();
		const large = new Blob(
			Array.from({ length: 20 }, () => Buffer.alloc(MB, 7)),
			{ type: 'video/mp4' },
		);
		expect(
			(
				await send(
					form([
						['target', phone],
						['file', large, 'film.mp4'],
					]),
				)
			).status,
		).toBe(200);
		expect([...wati.account.messages.values()].at(-1)).toMatchObject({ type: 'video', upload: { size: 20 * MB } });
	});

	test.each<[string, Array<[string, string | Blob, string?]>]>([
		['no target', [['file', pdf, 'a.pdf']]],
		[
			'an empty target',
			[
				['target', ''],
				['file', pdf, 'a.pdf'],
			],
		],
		['no file', [['target', phone]]],
		[
			'a file that is a text field',
			[
				['target', phone],
				['file', 'JVBERi0='],
			],
		],
		[
			'a file under another name',
			[
				['target', phone],
				['media', pdf, 'a.pdf'],
			],
		],
		[
			'two files',
			[
				['target', phone],
				['file', pdf, 'a.pdf'],
				['file', pdf, 'b.pdf'],
			],
		],
		[
			'an empty file',
			[
				['target', phone],
				['file', new Blob([]), 'a.pdf'],
			],
		],
		[
			'another field',
			[
				['target', phone],
				['file', pdf, 'a.pdf'],
				['fileName', 'a.pdf'],
			],
		],
		[
			'a phone with +',
			[
				['target', `+${phone}`],
				['file', pdf, 'a.pdf'],
			],
		],
	])('%s is refused', async (_what, fields) => {
		withMedia();
		expect(await send(form(fields))).toMatchObject(refused());
	});

	test('a JSON body is refused', async () => {
		expect((await send({ target: phone, file: 'JVBERi0=' })).status).toBe(415);
	});

	test('outside of the 24 hours it is not sent, in a 200', async () => {
		wati.account.addContact({ phone });
		expect(
			await send(
				form([
					['target', phone],
					['file', pdf, 'a.pdf'],
				]),
			),
		).toMatchObject({
			status: 200,
			data: { message: { status: 'failed', failed_detail: expect.stringContaining('131047') } },
		});
	});
});
