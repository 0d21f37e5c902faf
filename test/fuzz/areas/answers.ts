import fc from 'fast-check';

import { plainText, readAnswer } from '../../../http/answer';
import { RequestError } from '../../../http/errors';
import type { Effect } from '../../../http/retryTable';
import type { TransportResponse } from '../../../http/types';
import { call, clientOf } from '../../unit/http/client';
import { FakeTransport, type Scripted } from '../../unit/http/fakeTransport';
import { attemptCall, expectWords, property, type Property } from '../kit';
import { anyJson, anyText } from '../values';

const clock = { now: () => 0, sleep: async () => await new Promise<void>(() => undefined), isCancelled: () => false };

/** The bytes in pieces that know nothing of characters. */
function inPieces(bytes: Buffer, cuts: readonly number[]): TransportResponse['body'] {
	const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return (async function* () {
		for (const [index, place] of places.slice(1).entries()) yield bytes.subarray(places[index], place);
	})();
}

const contentTypes = fc.constantFrom('application/json', 'text/html', 'application/problem+json; charset=utf-8', '');
const texts = fc.oneof(
	anyJson.map((value) => JSON.stringify(value)),
	anyJson.map((value) => JSON.stringify(value).slice(0, -1)),
	anyText,
	fc.constantFrom(
		'<html>Bad gateway</html>',
		'{"a":1}{"a":2}',
		'\ufeff{"a":1}',
		'null',
		'NaN',
		'[',
		'{"__proto__":{"a":1}}',
		'true',
		'-',
	),
	fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth)),
	fc.integer({ min: 1, max: 500 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
);

const answers: fc.Arbitrary<Scripted> = fc.record(
	{
		status: fc.constantFrom(
			200,
			201,
			204,
			206,
			302,
			304,
			400,
			401,
			403,
			404,
			408,
			409,
			410,
			422,
			429,
			451,
			500,
			502,
			503,
			504,
			599,
			100,
			0,
			700,
		),
		headers: fc.record(
			{
				'retry-after': fc.oneof(
					fc.constantFrom('0', '1', '9'.repeat(400), '-5', '1e9', 'soon', 'Fri, 20 Nov 2026 10:00:00 GMT'),
					anyText,
				),
				'content-type': contentTypes,
				location: fc.constantFrom('https://evil.example.com/', '/', ''),
			},
			{ requiredKeys: [] },
		),
		body: texts,
		trouble: fc.option(fc.constantFrom('notConnected' as const, 'lost' as const, 'timeout' as const), {
			nil: undefined,
			freq: 5,
		}),
	},
	{ requiredKeys: ['status', 'body'] },
);

export const answerProperties: Property[] = [
	property(
		'an answer is the same in whatever pieces it comes',
		fc.tuple(texts, contentTypes, fc.array(fc.nat(), { maxLength: 8 })),
		async ([text, type, cuts]) => {
			const bytes = Buffer.from(text);
			const read = async (body: TransportResponse['body']) =>
				await readAnswer(
					{ status: 200, headers: { 'content-type': type }, body },
					{ maxBytes: 100_000, until: 1, clock },
				);
			const whole = await read(inPieces(bytes, []));
			expect(await read(inPieces(bytes, cuts))).toEqual(whole);
			if (whole.kind === 'json') expect(whole.value).toEqual(JSON.parse(text.trim().replace(/^\ufeff/, '')));
			if (whole.kind === 'text') expect(plainText(whole.text).length).toBeLessThanOrEqual(300);
		},
	),
	property(
		'no more of an answer is read than is allowed',
		fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 50 })),
		async ([maxBytes, piece]) => {
			let given = 0;
			const endless = (async function* () {
				for (;;) yield Buffer.alloc(piece, '1', 'utf8').fill('1', 0, (given += piece) && piece);
			})();
			const answer = await readAnswer({ status: 200, headers: {}, body: endless }, { maxBytes, until: 1, clock });
			expect(answer).toMatchObject({ kind: 'unreadable', lost: false });
			expect(given).toBeLessThanOrEqual(maxBytes + 2 * piece);
		},
	),
	property(
		'whatever a vendor answers, a call ends in its JSON or in an error that can be read; a message goes out again only where it can not have arrived',
		fc.tuple(
			fc.array(answers, { minLength: 1, maxLength: 6 }),
			fc.constantFrom<Effect>('read', 'update', 'create', 'message'),
		),
		async ([script, effect]) => {
			const transport = new FakeTransport(script);
			const explain = ({ status }: { status: number }) => new RequestError('refused', 'Vendor refused', { status });
			const client = clientOf(transport, { explain });
			const result = await attemptCall(
				async () =>
					await transport.run(
						client.json(
							call({ effect, method: effect === 'read' ? 'GET' : 'POST', json: effect === 'read' ? undefined : {} }),
						),
					),
			);
			if (!result.done) expectWords(result.problem);
			expect(transport.sent.length).toBeLessThanOrEqual(150);
			if (effect !== 'message') return;
			const before = transport.sent.slice(0, -1).map((_sent, index) => script[Math.min(index, script.length - 1)]);
			for (const answer of before) expect(answer?.trouble === 'notConnected' || answer?.status === 429).toBe(true);
		},
	),
];
