import { RequestError } from '../../../http/errors';
import { call, clientOf } from './client';
import { FakeTransport, type Scripted } from './fakeTransport';

const SECRET = 'canary-Token+with/odd="signs"-0123456789';

describe('a request', () => {
	test('carries its query, JSON and headers', async () => {
		const transport = new FakeTransport([{ body: {} }]);
		const client = clientOf(transport, { headers: { 'x-client': '1' }, query: { always: true } });
		await transport.run(
			client.json(
				call({
					method: 'POST',
					path: '/a/b',
					query: { page: 1, q: 'a b&c=ä', none: undefined },
					json: { x: 1 },
					headers: { 'x-call': '2' },
				}),
			),
		);
		expect(transport.sent[0]?.request).toEqual({
			method: 'POST',
			url: 'https://api.vendor.example/a/b?always=true&page=1&q=a%20b%26c%3D%C3%A4',
			headers: { accept: 'application/json', 'content-type': 'application/json', 'x-client': '1', 'x-call': '2' },
			body: '{"x":1}',
			timeoutMs: 30_000,
		});
	});

	test('has no body and no content type when there is nothing to send, and keeps the query of its path', async () => {
		const transport = new FakeTransport([{ body: {} }]);
		await transport.run(clientOf(transport).json(call({ path: '/next?page=2' })));
		expect(transport.sent[0]?.request).toMatchObject({
			url: 'https://api.vendor.example/next?page=2',
			headers: { accept: 'application/json' },
		});
		expect(transport.sent[0]?.request.body).toBeUndefined();
	});

	test('half of a letter in the query is sent as a sign for an unreadable one', async () => {
		const transport = new FakeTransport([{ body: {} }]);
		await transport.run(clientOf(transport).json(call({ query: { q: 'a\ud800' } })));
		expect(transport.sent[0]?.request.url).toBe('https://api.vendor.example/things?q=a%EF%BF%BD');
	});

	test('uploads have five minutes', async () => {
		const transport = new FakeTransport([{ body: {} }]);
		const stream = { contentType: 'multipart/form-data', open: async () => Buffer.from('x') };
		await transport.run(clientOf(transport).json(call({ method: 'POST', stream })));
		expect(transport.sent[0]?.request).toMatchObject({ timeoutMs: 300_000, body: stream });
	});

	test.each([
		'//evil.example/x',
		'https://evil.example/x',
		'/\\evil.example',
		'http://api.vendor.example/x',
		'@evil.example',
	])('never leaves the origin: %s', async (path) => {
		const transport = new FakeTransport([{ body: {} }]);
		const work = transport.run(clientOf(transport).json(call({ path })));
		if (path.startsWith('@')) {
			await work;
			expect(new URL(transport.sent[0]?.request.url ?? '').origin).toBe('https://api.vendor.example');
			return;
		}
		await expect(work).rejects.toMatchObject({ kind: 'badAnswer', message: expect.stringContaining('was refused') });
		expect(transport.sent).toHaveLength(0);
	});
});

describe('an answer', () => {
	test.each([301, 302, 303, 307, 308])('that sends the call on (%i) is not followed', async (status) => {
		const transport = new FakeTransport([{ status, headers: { location: 'https://evil.example/' } }]);
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject({
			status,
			message: expect.stringContaining('another address, which is not followed'),
		});
		expect(transport.sent).toHaveLength(1);
	});

	test('without a body is undefined', async () => {
		const transport = new FakeTransport([{ status: 204 }]);
		expect(await transport.run(clientOf(transport).json(call()))).toEqual({
			status: 204,
			headers: {},
			json: undefined,
		});
	});

	test.each<[Scripted, object]>([
		[
			{ status: 400, body: { message: 'bad name' } },
			{ status: 400, message: 'Vendor refused: {"message":"bad name"}' },
		],
		[
			{ status: 401, body: 'Unauthorized' },
			{ status: 401, message: 'Vendor refused: Unauthorized' },
		],
		[
			{ status: 404, body: '<html>nginx</html>' },
			{ status: 404, message: 'Vendor refused: ' },
		],
		[{ status: 304 }, { status: 304, message: 'Vendor refused: ' }],
	])('%j is explained by the vendor folder and not repeated', async (scripted, expected) => {
		const transport = new FakeTransport([scripted]);
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject(expected);
		expect(transport.sent).toHaveLength(1);
	});

	test('as a stream is handed over unread', async () => {
		const transport = new FakeTransport([
			{ status: 500 },
			{ body: 'the file', headers: { 'content-type': 'application/pdf' } },
		]);
		const response = await transport.run(clientOf(transport).stream(call()));
		const chunks: string[] = [];
		for await (const chunk of response.body) chunks.push(String(chunk));
		expect([chunks.join(''), response.headers['content-type']]).toEqual(['the file', 'application/pdf']);
	});
});

describe('a stopped workflow', () => {
	const cancelled = { kind: 'cancelled', message: 'The workflow was stopped' };

	test('sends nothing', async () => {
		const transport = new FakeTransport([{ body: {} }]);
		transport.cancelled = true;
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject(cancelled);
		expect(transport.sent).toHaveLength(0);
	});

	test.each<[string, Scripted]>([
		['a pause after a 503', { status: 503 }],
		['a pause after a 429', { status: 429, headers: { 'retry-after': '60' } }],
	])('sends nothing after %s', async (_what, scripted) => {
		const transport: FakeTransport = new FakeTransport(() => {
			transport.cancelled = true;
			return scripted;
		});
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject(cancelled);
		expect(transport.sent).toHaveLength(1);
	});

	test('in the middle of a call is told as such', async () => {
		const transport = new FakeTransport([{ trouble: 'cancelled' }]);
		await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject(cancelled);
	});

	test('lets those that wait for a refused one go', async () => {
		const transport: FakeTransport = new FakeTransport((_request, count) => {
			if (count === 3) transport.cancelled = true;
			return count === 1 ? { status: 429, takes: 10 } : { trouble: 'cancelled', takes: 10 };
		});
		const client = clientOf(transport);
		const results = await transport.run(Promise.allSettled([1, 2, 3, 4].map(async () => await client.json(call()))));
		expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
	});
});

test('a connection that has to be signed in again says so', async () => {
	const transport = new FakeTransport([{ trouble: 'credential' }]);
	await expect(transport.run(clientOf(transport).json(call()))).rejects.toMatchObject({ kind: 'reconnect' });
});

describe('secrets', () => {
	const leaks = (text: string): Scripted[] => [
		{ status: 400, body: { message: text } },
		{ status: 401, body: text },
		{ status: 403, body: `${'x'.repeat(280)} ${text}` },
		{ status: 503, body: { message: text } },
		{ status: 503, body: text },
		{ status: 200, body: `not JSON: ${text}` },
		{ status: 429, body: text, headers: { 'retry-after': '999999' } },
	];

	test.each([SECRET, encodeURIComponent(SECRET)].flatMap(leaks))('never stand in an error: %j', async (scripted) => {
		for (const effect of ['read', 'message'] as const) {
			const transport = new FakeTransport(() => ({ ...scripted }));
			const client = clientOf(transport, { secrets: [SECRET] });
			const error: unknown = await transport
				.run(client.json(call({ effect, method: 'POST' })))
				.catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(RequestError);
			const told = error instanceof Error ? `${error.message} ${error.stack} ${JSON.stringify(error)}` : '';
			for (const form of [SECRET, encodeURIComponent(SECRET), SECRET.slice(0, 16)]) expect(told).not.toContain(form);
		}
	});

	test('never stand in what a vendor answers', async () => {
		const transport = new FakeTransport([{ body: { you: { sent: `Bearer ${SECRET}` }, phone: '14155552671' } }]);
		const client = clientOf(transport, { secrets: [SECRET, '4155'] });
		expect(await transport.run(client.json(call()))).toMatchObject({
			json: { you: { sent: 'Bearer …' }, phone: '14155552671' },
		});
	});

	test('never stand in an error of another kind', async () => {
		const transport = new FakeTransport([{ body: {} }]);
		transport.send = async () => await Promise.reject(new Error(`odd: ${SECRET}`));
		const client = clientOf(transport, { secrets: [SECRET] });
		await expect(transport.run(client.json(call()))).rejects.toThrow(/^odd: …$/);
	});
});
