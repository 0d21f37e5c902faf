import type { RecordedRequest } from '../../simulators/kit/requests';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { withWatiNode } from './watiNode';

export { withWatiNode } from './watiNode';

/** A call as WATI sees it; the path below `/api/ext/v3`. */
export interface ExpectedRequest {
	method: string;
	path: string;
	query?: object;
	body?: unknown;
}

/** One operation of the WATI node, as a builder sets it up and as WATI and the builder see what comes of it. */
export interface OperationCase {
	/** As in the node panel. */
	name: string;
	/** Records of the account, before each test. */
	seed?(wati: WatiSimulator): void;
	/** A function is asked for each item, as an expression would be. */
	parameters: Record<string, unknown>;
	/** What WATI sees of each of three items, which differ in everything that a builder may map. */
	request(item: number): ExpectedRequest;
	/** The three items go out in one call, the first one's `request`. */
	atOnce?: true;
	/** There is nothing to map, so that each item asks for the same. */
	alike?: true;
	/** What comes out for each of three items: one, or a list where an item gives several. */
	output(item: number): unknown;
	/** Parameters that replace those above, and what the builder is told before anything is sent. */
	bad?: { parameters: Record<string, unknown>; message: RegExp };
	/** Answers under HTTP 200 that are a refusal, and what the builder is told. */
	refusedInside?: Array<{ body: object; message: RegExp }>;
}

/** Refusals that every operation has to show with WATI's reason. */
export const REFUSALS = [
	{
		what: 'a 400 with a code',
		answer: { status: 400, body: { code: 5151, message: 'The vendor says why', timestamp: '2026-01-01T00:00:00Z' } },
		told: { message: expect.stringContaining('The vendor says why'), httpCode: '400', context: { code: '5151' } },
	},
	{
		what: 'a 401 in plain text',
		answer: { status: 401, body: 'Unauthorized', headers: { 'content-type': 'text/plain' } },
		told: { message: expect.stringContaining("doesn't accept the access token"), httpCode: '401' },
	},
	{
		what: 'a 403',
		answer: { status: 403, body: { code: 403, message: 'needs a scope', timestamp: '2026-01-01T00:00:00Z' } },
		told: { message: expect.stringContaining('no permission'), description: expect.stringContaining('needs a scope') },
	},
];

const ITEMS = [0, 1, 2];

const JSON_TYPE = /^application\/json(;|$)/;

function onTheWire({ method, path, query = {}, body }: ExpectedRequest, token: string) {
	const contentType = body === undefined ? undefined : expect.stringMatching(JSON_TYPE);
	return { method, path: `/api/ext/v3${path}`, query, body, contentType, authorization: `Bearer ${token}` };
}

function seen({ method, path, query, body, headers }: RecordedRequest): ReturnType<typeof onTheWire> {
	const { authorization, 'content-type': contentType } = headers;
	return { method, path, query, body, contentType, authorization: String(authorization) };
}

/** The same questions to each operation of a table. */
export function testOperations(cases: OperationCase[]): void {
	const { wati, run } = withWatiNode();

	describe.each(cases)('$name', (operation) => {
		const { parameters } = operation;
		beforeEach(() => operation.seed?.(wati));

		test('sends what WATI describes, and pairs what comes out with the three items', async () => {
			const output = await run({ parameters, items: 3 });
			expect(output).toEqual(
				ITEMS.flatMap((item) => [operation.output(item)].flat().map((json) => ({ json, pairedItem: { item } }))),
			);
			const expected = (operation.atOnce ? [0] : ITEMS).map((item) => onTheWire(operation.request(item), wati.token));
			const differing = new Set(expected.map((request) => JSON.stringify(request)));
			expect(differing.size).toBe(operation.alike ? 1 : expected.length);
			// Items in progress at the same time need not arrive in their order: each call is one of those, each of those is a call.
			const calls = wati.log.map(seen);
			expect(calls).toHaveLength(expected.length);
			expect(calls).toEqual(expect.arrayContaining(expected));
			expect(expected).toEqual(expect.arrayContaining(calls));
		});

		test.each(REFUSALS)('shows $what with its reason', async ({ answer, told }) => {
			wati.fault({ ...answer, times: 10 });
			await expect(run({ parameters })).rejects.toMatchObject(told);
			expect(wati.log).toHaveLength(1);
		});

		test('waits for WATI after a 429 and goes on', async () => {
			wati.fault({ status: 429, headers: { 'retry-after': '0' } });
			await expect(run({ parameters })).resolves.toBeDefined();
			expect(wati.log.map(({ status }) => status)).toEqual([429, 200]);
		});

		test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'keeps the other items when one is refused and On Error is %s',
			async (onError) => {
				const body = { code: 400, message: 'not this one', timestamp: '' };
				// Of items that go out in one call all are refused: each of them has to be told.
				const { atOnce } = operation;
				wati.fault({ status: 400, body, ...(atOnce ? { times: 9 } : { after: 1, times: 1 }) });
				const output = await run({ parameters, items: 3, onError });
				const failed = output.filter(({ json }) => json.error !== undefined);
				expect(failed).toMatchObject(
					Array.from({ length: atOnce ? 3 : 1 }, () => ({
						json: { error: expect.stringContaining('not this one') },
						pairedItem: { item: expect.any(Number) },
					})),
				);
				expect(new Set(output.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(3);
			},
		);

		if (operation.bad) {
			const { bad } = operation;
			test(`refuses before any call: ${bad.message.source}`, async () => {
				await expect(run({ parameters: { ...parameters, ...asExpressions(bad.parameters) } })).rejects.toThrow(
					bad.message,
				);
				expect(wati.log).toHaveLength(0);
			});
		}

		for (const { body, message } of operation.refusedInside ?? []) {
			test(`takes ${JSON.stringify(body)} under HTTP 200 for a refusal`, async () => {
				wati.fault({ status: 200, body, times: 10 });
				await expect(run({ parameters })).rejects.toThrow(message);
				expect(wati.log).toHaveLength(1);
			});
		}
	});
}

export const byPhone = (value: unknown): object => ({ mode: 'phone', value });

/** What is wrong in a workflow comes from an expression: typed in, n8n itself would not let it be published. */
function asExpressions(parameters: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [name, typeof value === 'function' ? value : () => value]),
	);
}
