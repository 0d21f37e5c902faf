import fc from 'fast-check';

import { emailQueries, isColumnName, soqlText } from '../../../vendors/salesforce/soql';
import { parseSoql, type SoqlLiteral } from '../../simulators/salesforce';

const text = (value: string): SoqlLiteral => ({ type: 'string', value });

/** Whatever a builder's data may hold, and what an attacker would put there. */
const anyValue = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.constantFrom("'", '\\', '"', '\n', '\r', '%', '_', ')', ',', ' OR ', '--', 'a', 'é', '漢', '\\u0027'),
	}),
	fc.constantFrom("x') OR (Name != '", "\\') OR Id != null OR Email IN ('", "a'; DELETE", '\\', "\\\\'"),
);

test('10,000 values of any kind come back from the query as they went in, and change nothing else of it', () => {
	fc.assert(
		fc.property(fc.array(anyValue, { minLength: 1, maxLength: 5 }), (values) => {
			const [query] = emailQueries(values, ['Phone']);
			expect(parseSoql(query?.soql ?? '')).toEqual({
				count: false,
				fields: ['Id', 'Email', 'CreatedDate', 'LastModifiedDate', 'CreatedById', 'Phone'],
				from: 'Contact',
				where: { kind: 'in', field: 'Email', negated: false, values: values.map(text) },
				orderBy: [],
			});
		}),
		{ numRuns: 10_000 },
	);
});

test.each([
	["o'neil@b.example", String.raw`'o\'neil@b.example'`],
	[String.raw`back\slash`, String.raw`'back\\slash'`],
	[String.raw`both\'`, String.raw`'both\\\''`],
])('%s is quoted as %s', (value, literal) => expect(soqlText(value)).toBe(literal));

test('every email is in exactly one query, and no query is longer than allowed', () => {
	const anyEmails = fc.array(fc.emailAddress(), { maxLength: 60 });
	fc.assert(
		fc.property(anyEmails, fc.integer({ min: 300, max: 2_000 }), (emails, longest) => {
			const queries = emailQueries(emails, ['Title'], longest);
			expect(queries.flatMap(({ places }) => places)).toEqual([...emails.keys()]);
			for (const { soql, places } of queries) {
				const encoded = encodeURIComponent(soql).replaceAll("'", '%27');
				expect(places.length === 1 || encoded.length <= longest).toBe(true);
			}
		}),
		{ numRuns: 300 },
	);
});

test('a column is asked for once, in whatever spelling it was mapped', () => {
	const [query] = emailQueries(['a@b.example'], ['email', 'Phone', 'CREATEDDATE']);
	expect(parseSoql(query?.soql ?? '').fields).toEqual([
		'Id',
		'Email',
		'CreatedDate',
		'LastModifiedDate',
		'CreatedById',
		'Phone',
	]);
});

test.each(['Phone FROM Contact', 'Account.Name', '1st', '', 'a-b', '__proto__', 'Ü__c', 'Id, Name', 'COUNT()'])(
	'"%s" is no name that may stand in a query',
	(name) => expect(isColumnName(name)).toBe(false),
);
