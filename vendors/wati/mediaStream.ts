import type { BinaryHelperFunctions } from 'n8n-workflow';

import type { StallWatch } from '../../http/stall';
import type { AnswerStream } from '../../http/types';

/** A Node.js stream, by the name that n8n's types have for it. */
export type ByteStream = Exclude<Parameters<BinaryHelperFunctions['prepareBinaryData']>[0], Buffer>;

/** An answer's body as a Node.js stream, or whole where a helper has read it already. */
export async function asContent(body: AnswerStream, watch: StallWatch): Promise<ByteStream | Buffer> {
	if (!isByteStream(body)) return await collect(watch.chunks(body), Infinity);
	// A break while nobody reads must not end n8n: the reader meets it when it reads on.
	body.on('error', () => undefined);
	return body;
}

function isByteStream(body: AnswerStream | ByteStream): body is ByteStream {
	return 'compose' in body && 'unshift' in body;
}

/** The first bytes, which stay in the stream; empty when there are none. */
export async function peek(content: ByteStream | Buffer, watch: StallWatch): Promise<Uint8Array> {
	if (Buffer.isBuffer(content)) return content;
	for (;;) {
		const chunk: unknown = content.read();
		if (chunk instanceof Uint8Array) {
			content.unshift(chunk);
			return chunk;
		}
		if (content.readableEnded || content.destroyed) return new Uint8Array();
		await watch.during(nextEvent(content));
	}
}

async function nextEvent(stream: ByteStream): Promise<void> {
	await new Promise<void>((resolve) => {
		const events = ['readable', 'end', 'error', 'close'];
		const done = (): void => {
			for (const event of events) stream.removeListener(event, done);
			resolve();
		};
		for (const event of events) stream.once(event, done);
	});
}

/** What became of a stream that is being read by somebody else. */
export interface Passage {
	bytes: number;
	/** More bytes came than are wanted. */
	tooMany: boolean;
}

/** The same stream, counted, and broken off when it gets longer than `maxBytes`. */
export function watched(
	content: ByteStream,
	maxBytes: number,
	watch: StallWatch,
): { stream: ByteStream; passage: Passage } {
	const passage: Passage = { bytes: 0, tooMany: false };
	const stream = content.compose<ByteStream>(async function* (source: AsyncIterable<Uint8Array>) {
		for await (const chunk of watch.chunks(source)) {
			passage.bytes += chunk.length;
			passage.tooMany = passage.bytes > maxBytes;
			if (passage.tooMany) throw new Error('The file is too large');
			yield chunk;
		}
	});
	// The one that saves it may have given up before: then nobody listens any more.
	stream.on('error', () => undefined);
	return { stream, passage };
}

/** Codes of a connection that ended early; a full disk, say, has another one. */
const LOST = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Whether a stream stopped because its connection did. */
export function wasLost(content: ByteStream): boolean {
	const error = content.errored;
	return error !== null && 'code' in error && LOST.has(String(error.code));
}

/** Everything, or the first bytes when there are more than `most`: then the result is longer than `most`. */
export async function collect(content: AsyncIterable<Uint8Array | string>, most: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of content) {
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		chunks.push(bytes);
		size += bytes.length;
		if (size > most) break;
	}
	return Buffer.concat(chunks);
}
