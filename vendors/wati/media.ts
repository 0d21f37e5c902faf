import { randomBytes } from 'node:crypto';

import type { ApiClient, StreamAnswer } from '../../http/client';
import { path } from '../../http/path';
import { asError, InputProblem, RequestError } from '../../http/errors';
import { multipartBody, type FilePart } from '../../http/multipart';
import { Stalled } from '../../http/stall';
import type { TransportResponse } from '../../http/types';
import { optionalText, requiredText } from '../shared/checks';
import { API } from './call';
import { explainWatiRefusal } from './explain';
import { LIMITS } from './limits';
import { asContent, collect, peek, wasLost, watched, type ByteStream } from './mediaStream';
import { defaultFileName, fileNameIn, mayHoldText, mimeTypeOf } from './mediaType';
import { sendMessage } from './messages';
import type { WatiMessage } from './schemas';

/**
 * POST /conversations/messages/file, multipart with `target`, `file` and `caption`, streamed (apis/wati.md, action 6).
 * @throws InputProblem, RequestError
 */
export async function sendFile(
	client: ApiClient,
	target: string,
	file: Omit<FilePart, 'field'>,
	caption: unknown,
): Promise<WatiMessage> {
	if (file.size === 0) {
		throw new InputProblem('The file is empty', {
			field: 'Input Data Field Name',
			found: file.fileName,
			expected: 'a file with something in it',
		});
	}
	const text = optionalText(caption, 'Caption', LIMITS.caption);
	const fields = { target, ...(text === undefined ? {} : { caption: text }) };
	return await sendMessage(client, {
		purpose: 'send the file',
		path: `${API}/conversations/messages/file`,
		stream: multipartBody(fields, { ...file, field: 'file' }, randomBytes(16).toString('hex')),
	});
}

/** A file that begins to come in. */
export interface IncomingFile {
	fileName: string;
	mimeType: string;
	content: ByteStream | Buffer;
}

export interface FetchedFile<Saved> {
	saved: Saved;
	fileName: string;
	mimeType: string;
	/** Bytes that came. */
	size: number;
}

export interface SizeLimit {
	bytes: number;
	/** The parameter that sets it, for the message. */
	field: string;
}

const ATTEMPTS = 3;
const PURPOSE = 'get the file';

/**
 * GET /conversations/messages/file/{message_id}, from the account's own host only. The file is handed to `save` while it comes in;
 * when the connection breaks before its end, it is fetched again and `save` is called anew.
 * @param limit a larger file is refused, by its announced length where there is one.
 * @throws InputProblem, RequestError
 */
export async function fetchMedia<Saved>(
	client: ApiClient,
	messageId: unknown,
	save: (file: IncomingFile) => Promise<Saved>,
	limit: SizeLimit = { bytes: Infinity, field: '' },
): Promise<FetchedFile<Saved>> {
	const id = checkedMessageId(messageId);
	for (let attempt = 1; ; attempt++) {
		const fetched = await fetchOnce(client, id, save, limit);
		if (fetched !== 'lost') return fetched;
		if (attempt >= ATTEMPTS) throw brokenOff();
	}
}

async function fetchOnce<Saved>(
	client: ApiClient,
	id: string,
	save: (file: IncomingFile) => Promise<Saved>,
	limit: SizeLimit,
): Promise<FetchedFile<Saved> | 'lost'> {
	const response = await open(client, id);
	const announced = Number(response.headers['content-length'] ?? 0);
	if (announced > limit.bytes) {
		response.body.destroy?.();
		throw tooLarge(announced, limit);
	}
	const begun = await begin(response);
	if (begun === 'lost') return 'lost';
	const { content, firstBytes } = begun;
	const named = fileNameIn(response.headers['content-disposition']);
	const disguised = await refusalInDisguise(response, content, firstBytes, named);
	if (disguised) throw await client.withoutSecrets(disguised);
	const mimeType = mimeTypeOf(response.headers['content-type'], named, firstBytes);
	const file = { fileName: named ?? defaultFileName(id, mimeType), mimeType };
	if (Buffer.isBuffer(content)) {
		if (content.length > limit.bytes) throw tooLarge(content.length, limit);
		return { ...file, saved: await save({ ...file, content }), size: content.length };
	}
	const { stream, passage } = watched(content, limit.bytes, response.watch);
	try {
		return { ...file, saved: await save({ ...file, content: stream }), size: passage.bytes };
	} catch (thrown) {
		content.destroy();
		if (passage.tooMany) throw tooLarge(passage.bytes, limit);
		if (wasLost(content) || thrown instanceof Stalled) return 'lost';
		throw asError(thrown);
	}
}

/** The content with its first bytes, which tell what it is. */
async function begin(
	response: StreamAnswer,
): Promise<{ content: ByteStream | Buffer; firstBytes: Uint8Array } | 'lost'> {
	try {
		const content = await asContent(response.body, response.watch);
		const firstBytes = await peek(content, response.watch);
		return !Buffer.isBuffer(content) && wasLost(content) ? 'lost' : { content, firstBytes };
	} catch (thrown) {
		if (thrown instanceof Stalled) return 'lost';
		throw asError(thrown);
	}
}

async function open(client: ApiClient, id: string): Promise<StreamAnswer> {
	try {
		return await client.stream({
			purpose: PURPOSE,
			effect: 'read',
			method: 'GET',
			path: path`/api/ext/v3/conversations/messages/file/${id}`,
			headers: { accept: '*/*' },
			timeoutMs: 120_000,
		});
	} catch (thrown) {
		throw thrown instanceof RequestError ? explained(thrown) : asError(thrown);
	}
}

const WHICH_ID =
	'Use the "id" of the message as the WATI Trigger or Message > Get Many gives it. WhatsApp\'s own ID (whatsappMessageId, "wamid...") is another one.';

function checkedMessageId(value: unknown): string {
	const id = requiredText(value, 'Message ID', 200).trim();
	if (!/^wamid\./i.test(id)) return id;
	throw new InputProblem("Message ID is WhatsApp's own ID, by which WATI knows no file", {
		field: 'Message ID',
		found: id,
		expected: "WATI's ID of the message, such as 6a9f0c1d2e3b4a5f6c7d8e9f",
		mend: WHICH_ID,
	});
}

/** What WATI measurably says of an id of the wrong kind, and what a 404 means here (apis/wati.md, action 7). */
function explained(error: RequestError): RequestError {
	if (error.status === 400 && /message id is invalid/i.test(error.message)) {
		return new RequestError(error.kind, error.message, { ...error, description: WHICH_ID });
	}
	if (error.status !== 404) return error;
	return new RequestError('notFound', 'WATI has no file for this message', {
		...error,
		description: `The message has no file, or the file is no longer there. ${WHICH_ID}`,
	});
}

/** Bytes of a text that are read to find a refusal in it. */
const LONGEST_REFUSAL = 64 * 1024;

/** What is meant by a 200 whose body is a little JSON or a web page where a file should be (apis/wati.md, action 7). */
async function refusalInDisguise(
	response: TransportResponse,
	content: ByteStream | Buffer,
	firstBytes: Uint8Array,
	fileName: string | undefined,
): Promise<RequestError | undefined> {
	const start = Buffer.from(firstBytes.subarray(0, 200)).toString('utf8').trimStart();
	if (firstBytes.length > 0 && (mayHoldText(fileName) || !/^([{[]|<(!doctype|html|\?xml))/i.test(start)))
		return undefined;
	const text = (Buffer.isBuffer(content) ? content : await collect(content, LONGEST_REFUSAL)).toString('utf8');
	const { status, headers } = response;
	if (firstBytes.length === 0 || text.trim() === '') return noFile(status);
	const json = parsed(text);
	const refusal = explainWatiRefusal({ status, headers, json, text: '', purpose: PURPOSE });
	return json === undefined ? noFile(status) : explained(refusal);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function noFile(status: number): RequestError {
	return new RequestError('badAnswer', 'WATI answered without the file', {
		status,
		description:
			'Something else came in its place, such as a web page. Run this item again later; if it stays so, look at the message in the Team Inbox.',
	});
}

function tooLarge(size: number, { bytes, field }: SizeLimit): InputProblem {
	return new InputProblem(`The file is larger than ${field} allows`, {
		field,
		found: `${megabytes(size)} MB or more`,
		expected: `at most ${megabytes(bytes)} MB`,
	});
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 10_000) / 100;

function brokenOff(): RequestError {
	return new RequestError('unavailable', 'WATI ended the connection before the whole file had come', {
		description: `It was tried ${ATTEMPTS} times. Run this item again later.`,
	});
}
