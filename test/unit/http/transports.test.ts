import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { axiosTransport } from '../../../http/axiosTransport';
import { n8nTransport, type N8nContext } from '../../../http/n8nTransport';
import { plainHeaders } from '../../../http/transportParts';
import type { Transport, TransportRequest } from '../../../http/types';

const request = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
	method: 'GET',
	url,
	headers: { accept: 'application/json' },
	timeoutMs: 2_000,
	...more,
});

async function textOf(body: AsyncIterable<Uint8Array | string>): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString();
}

/** A node's context whose HTTP helper does what it is told. */
function n8nWith(
	helper: (type: string, options: IHttpRequestOptions) => Promise<unknown>,
	signal?: AbortSignal,
): N8nContext {
	const context: unknown = {
		getExecutionCancelSignal: () => signal,
		helpers: { httpRequestWithAuthentication: helper },
	};
	return context as N8nContext;
}

describe('inside n8n', () => {
	const sent: IHttpRequestOptions[] = [];
	const answering = (answer: object): Transport =>
		n8nTransport(
			n8nWith(async (_type, options) => {
				sent.push(options);
				return answer;
			}),
			'watiConnectionApi',
		);
	const failing = (thrown: object, signal?: AbortSignal): Transport =>
		n8nTransport(
			n8nWith(async () => await Promise.reject(thrown), signal),
			'x',
		);

	test('the helper is told to follow no redirect, to judge no status and to stream', async () => {
		await answering({ statusCode: 200, headers: {}, body: 'x' }).send(
			request('https://a.example/b', { method: 'POST', body: '{}' }),
		);
		expect(sent.at(-1)).toMatchObject({
			method: 'POST',
			url: 'https://a.example/b',
			body: '{}',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			encoding: 'stream',
			timeout: 2_000,
		});
	});

	test('an OAuth2 connection leaves a 401 to n8n, which renews the token', async () => {
		const helper = async (_type: string, options: IHttpRequestOptions) => {
			sent.push(options);
			return { statusCode: 200, headers: {}, body: '' };
		};
		await n8nTransport(n8nWith(helper), 'x', { oauth2: true }).send(request('https://a.example/'));
		expect(sent.at(-1)?.ignoreHttpStatusErrors).toEqual({ ignore: true, except: [401] });
	});

	test.each<[unknown, string]>([
		['text', 'text'],
		[{ a: 1 }, '{"a":1}'],
		[undefined, ''],
		[null, ''],
	])('an answer that the helper has read already: %j', async (body, text) => {
		const response = await answering({
			statusCode: 201,
			headers: { 'Content-Type': 'x', 'set-cookie': ['a', 'b'] },
			body,
		}).send(request('https://a.example/'));
		expect(response).toMatchObject({ status: 201, headers: { 'content-type': 'x', 'set-cookie': 'a, b' } });
		expect(await textOf(response.body)).toBe(text);
	});

	test.each<[object, string]>([
		[{ message: 'x', cause: { code: 'ECONNREFUSED' } }, 'notConnected'],
		[{ message: 'x', cause: { code: 'ENOTFOUND' } }, 'notConnected'],
		...[
			'CERT_HAS_EXPIRED',
			'CERT_NOT_YET_VALID',
			'CERT_UNTRUSTED',
			'UNABLE_TO_GET_ISSUER_CERT',
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
			'EADDRNOTAVAIL',
		].map((code): [object, string] => [{ message: 'x', cause: { code } }, 'notConnected']),
		[{ message: 'x', httpCode: 'ETIMEDOUT' }, 'timeout'],
		[{ message: 'x', cause: { code: 'ECONNABORTED' } }, 'timeout'],
		[{ message: 'x', cause: { code: 'ECONNRESET' } }, 'lost'],
		[{ message: 'Socket is not connected', cause: { code: 'ENOTCONN' } }, 'lost'],
		[{ message: 'odd' }, 'lost'],
		[{ message: 'x', cause: { code: 'ERR_CANCELED' } }, 'cancelled'],
		[{ message: 'Unable to sign without access token' }, 'credential'],
		[{ message: 'OAuth credentials not connected' }, 'credential'],
	])('%j is told as %s', async (thrown, trouble) => {
		await expect(failing(thrown).send(request('https://a.example/'))).rejects.toMatchObject({
			name: 'ConnectionFailure',
			trouble,
		});
	});

	test.each<[object, number]>([
		[{ message: 'x', cause: { response: { status: 401, headers: { a: 'b' }, data: 'Unauthorized' } } }, 401],
		[{ message: 'x', httpCode: '403' }, 403],
	])('an answer inside what is thrown is an answer: %j', async (thrown, status) => {
		expect(await failing(thrown).send(request('https://a.example/'))).toMatchObject({ status });
	});

	test('after the workflow was stopped, whatever is thrown is told as cancelled, and pauses end', async () => {
		const transport = failing({ message: 'x', cause: { code: 'ECONNRESET' } }, AbortSignal.abort());
		await expect(transport.send(request('https://a.example/'))).rejects.toMatchObject({ trouble: 'cancelled' });
		expect(transport.isCancelled()).toBe(true);
		const started = Date.now();
		await transport.sleep(60_000);
		expect(Date.now() - started).toBeLessThan(1_000);
	});

	test('a file that can not be opened is told as such, and not as a lost connection', async () => {
		const open = async () => await Promise.reject(new Error('The item has no file'));
		const body = { contentType: 'multipart/form-data', open };
		await expect(answering({}).send(request('https://a.example/', { method: 'POST', body }))).rejects.toThrow(
			'The item has no file',
		);
	});
});

test('header names in lower case, empty ones left out', () => {
	expect(plainHeaders({ 'Retry-After': 5, ETag: null, 'X-A': ['1', '2'], none: undefined })).toEqual({
		'retry-after': '5',
		'x-a': '1, 2',
	});
});

describe('outside n8n', () => {
	const servers: Server[] = [];
	const transport = axiosTransport({ authorize: () => ({ Authorization: 'Bearer canary' }) });

	async function serve(
		answer: (url: string) => { status: number; headers?: Record<string, string>; body?: string } | undefined,
	) {
		const seen: Array<{ url?: string; authorization?: string }> = [];
		const server = createServer((incoming, outgoing) => {
			seen.push({ url: incoming.url, authorization: incoming.headers.authorization });
			const given = answer(incoming.url ?? '');
			if (!given) return void incoming.socket.destroy();
			outgoing.writeHead(given.status, given.headers).end(given.body);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		servers.push(server);
		return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
	}
	afterAll(() => servers.forEach((server) => server.close()));

	test.each([301, 302, 307, 308])('a token never follows a redirect (%i)', async (status) => {
		const thief = await serve(() => ({ status: 200, body: 'thanks' }));
		const vendor = await serve(() => ({ status, headers: { location: `${thief.origin}/` } }));
		const response = await transport.send(request(`${vendor.origin}/x`));
		expect(response.status).toBe(status);
		expect(vendor.seen).toEqual([{ url: '/x', authorization: 'Bearer canary' }]);
		expect(thief.seen).toEqual([]);
	});

	test.each([200, 400, 404, 500])('a status of %i is an answer', async (status) => {
		const vendor = await serve(() => ({ status, headers: { 'X-Trace': 'a' }, body: 'text' }));
		const response = await transport.send(request(vendor.origin));
		expect(response).toMatchObject({ status, headers: { 'x-trace': 'a' } });
		expect(await textOf(response.body)).toBe('text');
	});

	test('a broken connection, a closed port and a silent vendor are told apart', async () => {
		const breaking = await serve(() => undefined);
		await expect(transport.send(request(breaking.origin))).rejects.toMatchObject({ trouble: 'lost' });
		await expect(transport.send(request('http://127.0.0.1:1/'))).rejects.toMatchObject({ trouble: 'notConnected' });
		const silent = createServer(() => undefined);
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
		await expect(transport.send(request(url, { timeoutMs: 100 }))).rejects.toMatchObject({ trouble: 'timeout' });
		silent.closeAllConnections();
		silent.close();
	});
});
