import multipart from '@fastify/multipart';
import axios from 'axios';
import fastify from 'fastify';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import { multipartBody, type FilePart } from '../../../http/multipart';

interface Received {
	fields: Record<string, string>;
	file?: { field: string; fileName: string; mimeType: string; size: number; sha256: string };
	contentLength?: string;
}

const app = fastify({ bodyLimit: 64 * 1024 * 1024 });
let origin = '';

beforeAll(async () => {
	await app.register(multipart, { limits: { fileSize: 64 * 1024 * 1024 } });
	app.post('/', async (request): Promise<Received> => {
		const received: Received = { fields: {}, contentLength: request.headers['content-length'] };
		for await (const part of request.parts()) {
			if (part.type === 'field') {
				received.fields[part.fieldname] = String(part.value);
				continue;
			}
			const hash = createHash('sha256');
			let size = 0;
			for await (const chunk of part.file) {
				hash.update(chunk);
				size += chunk.length;
			}
			received.file = {
				field: part.fieldname,
				fileName: part.filename,
				mimeType: part.mimetype,
				size,
				sha256: hash.digest('hex'),
			};
		}
		return received;
	});
	origin = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => await app.close());

async function send(
	fields: Record<string, string>,
	file: Partial<FilePart> & Pick<FilePart, 'open'>,
): Promise<Received> {
	const part: FilePart = { field: 'file', fileName: 'a.txt', mimeType: 'text/plain', ...file };
	const body = multipartBody(fields, part, randomBytes(16).toString('hex'));
	const { data } = await axios.post<Received>(origin, await body.open(), {
		headers: {
			'content-type': body.contentType,
			...(body.contentLength === undefined ? {} : { 'content-length': body.contentLength }),
		},
		maxRedirects: 0,
	});
	return data;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const content = randomBytes(300_000);

describe('what a form parser sees', () => {
	test.each<[string, Partial<FilePart> & Pick<FilePart, 'open'>, string | undefined]>([
		['bytes of known size', { size: content.length, open: async () => content }, 'known'],
		['bytes of unknown size', { open: async () => content }, 'known'],
		[
			'a stream of known size',
			{ size: content.length, open: async () => Readable.from([content.subarray(0, 1_000), content.subarray(1_000)]) },
			'known',
		],
		['a stream of unknown size', { open: async () => Readable.from([content]) }, undefined],
	])('%s', async (_what, file, length) => {
		const received = await send({ target: '14155552671', caption: 'Grüße\r\nund 😀 "Anführung"' }, file);
		expect(received.fields).toEqual({ target: '14155552671', caption: 'Grüße\r\nund 😀 "Anführung"' });
		expect(received.file).toEqual({
			field: 'file',
			fileName: 'a.txt',
			mimeType: 'text/plain',
			size: content.length,
			sha256: sha256(content),
		});
		expect(received.contentLength === undefined).toBe(length === undefined);
	});

	test.each([
		['Rechnung März 😀.pdf', 'Rechnung März 😀.pdf'],
		['a "quoted" name.pdf', 'a %22quoted%22 name.pdf'],
		['a\r\nb.pdf', 'a%0D%0Ab.pdf'],
		['semi; name="x".pdf', 'semi; name=%22x%22.pdf'],
	])('the file name %j', async (fileName, seen) => {
		const received = await send({}, { fileName, open: async () => content });
		expect(received.file?.fileName).toBe(seen);
	});

	test('a media type can not smuggle in another header', async () => {
		const received = await send({}, { mimeType: 'image/png\r\nX-Evil: 1', open: async () => content });
		expect(received.file?.sha256).toBe(sha256(content));
	});

	test('an empty file, and a file that looks like the end of a form', async () => {
		expect((await send({}, { open: async () => Buffer.alloc(0) })).file?.size).toBe(0);
		const tricky = Buffer.from('\r\n--boundary--\r\n');
		expect((await send({ a: '1' }, { open: async () => tricky })).file?.sha256).toBe(sha256(tricky));
	});
});

test('each attempt opens the file anew', async () => {
	let opened = 0;
	const open = async () => {
		opened++;
		return Readable.from([content]);
	};
	const body = multipartBody({}, { field: 'file', fileName: 'a', mimeType: 'b/c', open }, 'x');
	for (let attempt = 0; attempt < 2; attempt++) {
		const stream = await body.open();
		const chunks: Buffer[] = [];
		if (stream instanceof Uint8Array) throw new Error('not a stream');
		for await (const chunk of stream) chunks.push(Buffer.from(chunk));
		expect(Buffer.concat(chunks).includes(content)).toBe(true);
	}
	expect(opened).toBe(2);
});

test('a file of 32 MB flows through in pieces', async () => {
	const piece = Buffer.alloc(64 * 1024, 'x');
	const count = 512;
	let ahead = 0;
	let furthestAhead = 0;
	const source = Readable.from(
		(function* () {
			for (let made = 0; made < count; made++) {
				furthestAhead = Math.max(furthestAhead, ++ahead);
				yield piece;
			}
		})(),
	);
	const body = multipartBody({}, { field: 'f', fileName: 'a', mimeType: 'b/c', open: async () => source }, 'x');
	const stream = await body.open();
	if (stream instanceof Uint8Array) throw new Error('not a stream');
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		ahead--;
	}
	expect(size).toBeGreaterThan(count * piece.length);
	expect(furthestAhead).toBeLessThan(100);
});
