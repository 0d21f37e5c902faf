import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { withWatiNode } from './watiNode';

export { withWatiNode } from './watiNode';

/** One operation of the WATI node, as a builder sets it up and as WATI and the builder see what comes of it. */
export interface OperationCase {
	/** As in the node panel. */
	name: string;
	/** Records of the account, before each test. */
	seed?(wati: WatiSimulator): void;
	/** A function is asked for each item, as an expression would be. */
	parameters: Record<string, unknown>;
	/** What WATI sees of the first of three items; the path below `/api/ext/v3`. */
	request: { method: string; path: string; query?: object; body?: unknown };
	/** Calls for three items, where it is not one for each. */
	requests?: number;
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

/** The same questions to each operation of a table. */
export function testOperations(cases: OperationCase[]): void {
	const { wati, run } = withWatiNode();

	describe.each(cases)('$name', (operation) => {
		const { parameters } = operation;
		beforeEach(() => operation.seed?.(wati));

		test('sends what WATI describes, and pairs what comes out with the three items', async () => {
			const output = await run({ parameters, items: 3 });
			const expected = [0, 1, 2].flatMap((item) =>
				[operation.output(item)].flat().map((json) => ({ json, pairedItem: { item } })),
			);
			expect(output).toEqual(expected);
			expect(wati.log).toHaveLength(operation.requests ?? 3);
			const path = `/api/ext/v3${operation.request.path}`;
			// Items in progress at the same time need not arrive in their order.
			const call = wati.log.find((entry) => entry.path === path) ?? wati.log[0];
			expect(call).toMatchObject({
				method: operation.request.method,
				path,
				headers: { authorization: `Bearer ${wati.token}` },
			});
			expect(call?.headers['content-type'] ?? 'none').toMatch(
				operation.request.body === undefined ? /^none$/ : /^application\/json(;|$)/,
			);
			expect(call?.query).toEqual(operation.request.query ?? {});
			expect(call?.body).toEqual(operation.request.body);
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
				const atOnce = operation.requests === 1;
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
