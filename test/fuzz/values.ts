import fc from 'fast-check';

/** Halves of characters, right-to-left marks, what other encodings leave behind. */
const ODD = [
	'\ud800',
	'\udc00',
	'\u202e',
	'\u200b',
	'\ufeff',
	'\u0000',
	'\r\n',
	'\u00a0',
	'👩‍👩‍👧',
	'ﷺ',
	"'",
	'\\',
	'%00',
	'{{ }}',
	'"',
];

/** Text as people, spreadsheets and attackers hand it over. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
	{ weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
	{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
	{
		weight: 2,
		arbitrary: fc.array(fc.constantFrom(...ODD, 'a', ' ', '1'), { maxLength: 12 }).map((parts) => parts.join('')),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('', ' ', '\t\n', '__proto__', 'constructor', 'null', 'undefined', 'NaN', '0'),
	},
	{
		weight: 1,
		arbitrary: fc
			.tuple(fc.constantFrom('a', ' ', '@', '+', '0', '.', 'ﷺ', '"'), fc.integer({ min: 200, max: 30_000 }))
			.map(([sign, times]) => sign.repeat(times)),
	},
);

/** Names of members that a careless reader would call. */
const TRAPS = ['toString', 'valueOf', 'toJSON', 'then', 'length', 'constructor', 'hasOwnProperty', '__proto__'];

const trapObject: fc.Arbitrary<unknown> = fc
	.array(fc.tuple(fc.constantFrom(...TRAPS), fc.constantFrom('1', '""', 'null', 'true', '[]')), {
		minLength: 1,
		maxLength: 4,
	})
	.map((entries): unknown => JSON.parse(`{${entries.map(([key, value]) => `"${key}":${value}`).join(',')}}`));

/** Any JSON value, also with keys that mean something to JavaScript. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
	{ weight: 1, arbitrary: trapObject },
	{ weight: 1, arbitrary: anyText },
	{ weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, [], {}, [[]], '') },
);

/** n8n's own dates (Luxon) as far as JSON can tell. */
const luxonLike = fc
	.date({ noInvalidDate: true })
	.map((date) => ({ toJSON: () => date.toISOString(), toISO: () => date.toISOString() }));

function circular(): object {
	const value: Record<string, unknown> = {};
	value.self = value;
	return value;
}

/** Anything that an expression can give: JSON, and what JavaScript has besides. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 3, arbitrary: anyText },
	{ weight: 3, arbitrary: anyJson },
	{ weight: 1, arbitrary: fc.double() },
	{ weight: 1, arbitrary: fc.date() },
	{ weight: 1, arbitrary: luxonLike },
	{
		weight: 1,
		arbitrary: fc.constantFrom<unknown>(
			undefined,
			10n,
			circular(),
			Symbol('s'),
			() => 1,
			new Map([[1, 2]]),
			Object.create(null),
		),
	},
);

/** Replaces one or more parts of a value, wherever they are, or leaves them out. */
export function damaged(sample: unknown): fc.Arbitrary<unknown> {
	const change = fc.record({ at: fc.nat(), drop: fc.boolean(), put: anyJson });
	return fc.array(change, { maxLength: 4 }).map((changes) => {
		let value: unknown = structuredClone(sample);
		for (const { at, drop, put } of changes) {
			const places = placesIn(value);
			const place = places[at % (places.length + 1)];
			if (place === undefined) value = structuredClone(put);
			else if (drop && !Array.isArray(place.holder)) Reflect.deleteProperty(place.holder, place.key);
			else Reflect.set(place.holder, place.key, structuredClone(put));
		}
		return value;
	});
}

function placesIn(value: unknown): Array<{ holder: object; key: string }> {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesIn(inner)]);
}
