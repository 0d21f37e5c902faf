import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { INodeExecutionData } from 'n8n-workflow';

import { Wati } from '../../../nodes/Wati/Wati.node';
import { runNodeFake } from '../../support/fakeExecute';
import { n8nHttp } from '../../support/n8nHttp';
import { told, withVendors } from '../kit/bench';
import { time } from '../kit/virtualTime';
import { salesforce } from '../steps/salesforce';
import { wati } from '../steps/wati';
import { wawp } from '../steps/wawp';
import { zoho } from '../steps/zoho';

const MEGABYTE = 1024 * 1024;
const LEVELS = 100_000;

const VENDORS = [wati, salesforce, zoho, wawp];
const { run } = withVendors(VENDORS);

const nested = (open: string, close: string): string => open.repeat(LEVELS) + close.repeat(LEVELS);

/** JSON that a program may choke on. */
const ODD_JSON = {
	'100,000 lists in one another': nested('[', ']'),
	'100,000 objects in one another': `${nested('{"a":', '}').replace('}', '1}')}`,
	'100,000 levels in a field that is passed on': `{"id":"1","custom_params":[],"extra":${nested('[', ']')}}`,
	'100,000 levels that are not closed': '['.repeat(LEVELS),
	'a number that no number holds': `{"id":${'9'.repeat(100_000)}}`,
	'a hundred thousand keys': `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
	'the same key a hundred thousand times': `{${'"id":"1",'.repeat(100_000)}"id":"2"}`,
	'half of a letter': '{"id":"\\ud800","name":"\\udfff"}',
	'nothing but null': 'null',
	'a list of nulls': '[null,null,null]',
	'a text': '"text"',
};

describe.each(Object.entries(ODD_JSON))('%s', (_what, body) => {
	test.each(VENDORS)(
		'from $name ends as an error or as nothing at all, with each item in its place',
		async (vendor) => {
			for (const step of vendor.steps.filter(({ effect }) => effect !== 'token')) {
				vendor.reset();
				step.prepare?.();
				const answerAfter = { status: 200, headers: { 'content-type': 'application/json' }, body };
				step.server().fault({ method: step.method, path: step.path, answerAfter });
				const output = await run(step.run);
				expect(output).toHaveLength(step.items ?? 3);
				expect(() => JSON.stringify(output)).not.toThrow();
				expect(told(output)).not.toMatch(/RangeError|stack|native code|is not a function|Cannot read/i);
			}
		},
	);
});

describe('100 MB', () => {
	let written = 0;

	/** Answers every request with 100 MB as fast as they are taken. */
	const flood = (_request: IncomingMessage, response: ServerResponse): void => {
		const chunk = Buffer.alloc(MEGABYTE, 'x');
		response.writeHead(200, { 'content-type': 'application/json' });
		response.write('{"padding":"');
		const push = (): void => {
			while (written < 100 && !response.destroyed) {
				written++;
				if (!response.write(chunk)) return void response.once('drain', push);
			}
			response.end('"}');
		};
		push();
	};

	/** 100 MB that are 100 kB on the way. */
	const bomb = gzipSync(
		Buffer.concat([Buffer.from('{"padding":"'), Buffer.alloc(100 * MEGABYTE, 'x'), Buffer.from('"}')]),
	);

	async function sendText(origin: string): Promise<INodeExecutionData[]> {
		const credentials = { watiConnectionApi: { apiEndpoint: origin, accessToken: 'token' } };
		const [output] = await runNodeFake(new Wati(), {
			parameters: {
				resource: 'message',
				operation: 'sendText',
				target: { mode: 'phone', value: '+14155552671' },
				text: 'Hello',
				simplify: true,
				options: {},
			},
			credentials,
			http: n8nHttp({ credentials }),
			onError: 'continueRegularOutput',
		});
		return output ?? [];
	}

	test.each([
		['as they are', flood],
		[
			'packed into 100 kB',
			(_request: IncomingMessage, response: ServerResponse): void =>
				void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb),
		],
	])('%s are not read to their end', async (_how, answer) => {
		time.isReal = true;
		written = 0;
		const server = createServer(answer);
		await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
		const before = process.memoryUsage();
		try {
			const output = await sendText(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
			expect(told(output)).toContain('larger than 32768 kB');
			// 32 MB, and what lies in the buffers of both sides.
			expect(written).toBeLessThan(60);
			const after = process.memoryUsage();
			expect(after.external + after.heapUsed - before.external - before.heapUsed).toBeLessThan(150 * MEGABYTE);
		} finally {
			time.isReal = false;
			server.closeAllConnections();
			await new Promise<void>((done) => void server.close(() => done()));
		}
	});
});
