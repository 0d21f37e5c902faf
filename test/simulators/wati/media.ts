import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import { scopes } from './access';
import { kindOfFile, sendSession } from './messages';
import type { Media, Upload } from './records';
import { badRequest } from './refusal';
import { noQuery, parse } from './validation';
import { param, type Call, type Route } from './world';

const CHUNK = 64 * 1024;

export const mediaRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/ext/v3/conversations/messages/file/:message_id',
		scopes: scopes.media,
		body: 'none',
		handle: download,
	},
	{
		method: 'POST',
		path: '/api/ext/v3/conversations/messages/file',
		scopes: scopes.upload,
		body: 'multipart',
		handle: upload,
	},
];

/** Both refusals as measured (section 6.7): code 5004 for what is gone, code 400 for a wamid or another kind of id. */
function download(call: Call): Readable {
	parse(noQuery, call.query);
	const id = param(call, 'message_id');
	if (!/^[0-9a-f]{24}$/i.test(id)) throw badRequest('Message ID is invalid');
	const media = call.world.account.messages.get(id.toLowerCase())?.media;
	if (!media || media.gone) throw badRequest('Message Not Found', 5004);
	const type = call.world.behaviour.mediaContentType === 'real' ? media.mimeType : 'application/octet-stream';
	void call.reply.headers({ 'content-type': type, 'content-disposition': contentDisposition(media.fileName) });
	if (media.declaresLength ?? true) void call.reply.header('content-length', sizeOf(media));
	return Readable.from(bytesOf(media));
}

const sizeOf = ({ content, size }: Media): number => content?.length ?? size;

function* bytesOf(media: Media): Generator<Buffer> {
	const end = Math.min(sizeOf(media), media.breaksAfter ?? Infinity);
	for (let at = 0; at < end; at += CHUNK) {
		const length = Math.min(CHUNK, end - at);
		yield media.content ? media.content.subarray(at, at + length) : pattern.subarray(0, length);
	}
	if (media.breaksAfter !== undefined) throw new Error('The media stream broke');
}

const pattern = Buffer.from(Array.from({ length: CHUNK }, (_, index) => (index * 31 + (index >> 8)) % 256));

/** SHA-256 of a medium's bytes in hexadecimal, without keeping them. */
export function mediaSha256(media: Media): string {
	const hash = createHash('sha256');
	for (const chunk of bytesOf({ ...media, breaksAfter: undefined })) hash.update(chunk);
	return hash.digest('hex');
}

/** As ASP.NET writes it: a plain name, and the UTF-8 one behind `filename*`. */
function contentDisposition(fileName: string): string {
	const plain = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '_');
	const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Fields `target` and `file` are required, `caption` may be there, nothing else (section 6.6). */
async function upload({ world, request, query }: Call): Promise<unknown> {
	parse(noQuery, query);
	const fields = new Map<string, string>();
	let file: Upload | undefined;
	for await (const part of request.parts()) {
		if (part.type === 'file') {
			const received = await receive(part.file, part.filename, part.mimetype);
			if (part.fieldname !== 'file' || file) throw badRequest(`${part.fieldname}: is not a field of this form`);
			file = received;
		} else if (['target', 'caption'].includes(part.fieldname) && !fields.has(part.fieldname)) {
			fields.set(part.fieldname, String(part.value));
		} else {
			throw badRequest(`${part.fieldname}: is not a field of this form, or not of this kind`);
		}
	}
	const target = fields.get('target');
	const caption = fields.get('caption') ?? null;
	world.recordBody(request, { target, caption, file });
	if (!target?.trim()) throw badRequest('target: Required');
	if (!file) throw badRequest('file: Required');
	if (file.size === 0) throw badRequest('file: is empty');
	return sendSession(world, target, {
		type: kindOfFile(file.fileName),
		text: caption,
		upload: file,
		request: { target, caption, file },
	});
}

async function receive(stream: AsyncIterable<unknown>, fileName: string, mimeType: string): Promise<Upload> {
	const hash = createHash('sha256');
	let size = 0;
	for await (const chunk of stream) {
		if (!Buffer.isBuffer(chunk)) throw new Error('A file comes as bytes');
		hash.update(chunk);
		size += chunk.length;
	}
	return { fileName, mimeType, size, sha256: hash.digest('hex') };
}
