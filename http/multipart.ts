import type { StreamBody } from './types';

export interface FilePart {
	/** Name of the form field. */
	field: string;
	fileName: string;
	mimeType: string;
	/** Bytes, where known; the request then carries its length. */
	size?: number;
	open(): Promise<ByteStream | Uint8Array>;
}

/** The part of a Node.js stream that is used here. */
export type ByteStream = NodeJS.ReadableStream & {
	compose?(steps: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>): NodeJS.ReadableStream;
};

/**
 * A multipart/form-data body (RFC 7578) of text fields and one file.
 * The file flows through as it is read, so that its size does not matter to memory.
 * @param boundary must not occur in the file: give 32 random hex digits.
 */
export function multipartBody(fields: Record<string, string>, file: FilePart, boundary: string): StreamBody {
	const texts = Object.entries(fields).map(
		([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
	);
	const head = Buffer.from(
		`${texts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="${quoted(file.field)}"; filename="${quoted(file.fileName)}"\r\n` +
			`Content-Type: ${file.mimeType.replace(/[\r\n]/g, '')}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		contentLength: file.size === undefined ? undefined : head.length + file.size + tail.length,
		async open() {
			const content = await file.open();
			if (content instanceof Uint8Array) return Buffer.concat([head, content, tail]);
			if (!content.compose) return Buffer.concat([head, ...(await collect(content)), tail]);
			return content.compose(async function* (source) {
				yield head;
				yield* source;
				yield tail;
			});
		},
	};
}

async function collect(stream: NodeJS.ReadableStream): Promise<Uint8Array[]> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
	return chunks;
}

/** As browsers do (HTML standard, multipart/form-data encoding): quotes and line breaks percent-encoded. */
function quoted(name: string): string {
	return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
