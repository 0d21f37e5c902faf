import fc from 'fast-check';

import { parseSoql, SoqlSyntaxError } from './index';

const where = (condition: string) => parseSoql(`SELECT Id FROM Contact WHERE ${condition}`).where;

describe('what the parser reads', () => {
	it('reads every clause', () => {
		expect(
			parseSoql(
				"select Id, Account.Name FROM Contact where Email = 'a@b.example' order by LastModifiedDate desc nulls last, Id limit 2 offset 4",
			),
		).toEqual({
			count: false,
			fields: ['Id', 'Account.Name'],
			from: 'Contact',
			where: { kind: 'compare', field: 'Email', operator: '=', value: { type: 'string', value: 'a@b.example' } },
			orderBy: [
				{ field: 'LastModifiedDate', direction: 'desc', nulls: 'last' },
				{ field: 'Id', direction: 'asc', nulls: 'first' },
			],
			limit: 2,
			offset: 4,
		});
	});

	it.each([
		["Email IN ('a', 'b')", { kind: 'in', field: 'Email', negated: false, values: [text('a'), text('b')] }],
		["Email NOT IN ('a')", { kind: 'in', field: 'Email', negated: true, values: [text('a')] }],
		['Email != null', { kind: 'compare', field: 'Email', operator: '!=', value: { type: 'null' } }],
		['A__c <> -1.5', { kind: 'compare', field: 'A__c', operator: '!=', value: { type: 'number', value: -1.5 } }],
		[
			'IsDeleted = FALSE',
			{ kind: 'compare', field: 'IsDeleted', operator: '=', value: { type: 'boolean', value: false } },
		],
		['D = 2026-01-31', { kind: 'compare', field: 'D', operator: '=', value: { type: 'date', value: '2026-01-31' } }],
		[
			'D >= 2026-01-31T10:00:00+02:00',
			{ kind: 'compare', field: 'D', operator: '>=', value: { type: 'datetime', value: '2026-01-31T10:00:00+02:00' } },
		],
		["I INCLUDES ('a;b', 'c')", { kind: 'includes', field: 'I', negated: false, values: ['a;b', 'c'] }],
		[
			String.raw`N LIKE 'a\%b%\_c_'`,
			{
				kind: 'like',
				field: 'N',
				pattern: [
					{ kind: 'text', text: 'a%b' },
					{ kind: 'anyText' },
					{ kind: 'text', text: '_c' },
					{ kind: 'anyCharacter' },
				],
			},
		],
		[
			'(a = 1 OR b = 2) AND NOT c = 3',
			{
				kind: 'and',
				terms: [
					{ kind: 'or', terms: [equal('a', 1), equal('b', 2)] },
					{ kind: 'not', term: equal('c', 3) },
				],
			},
		],
	])('%s', (condition, expected) => {
		expect(where(condition)).toEqual(expected);
	});

	it('decodes every escape of a literal', () => {
		expect(where(String.raw`N = '\n\r\t\b\f\"\'\\\u00e9'`)).toEqual({
			kind: 'compare',
			field: 'N',
			operator: '=',
			value: text('\n\r\t\b\f"\'\\é'),
		});
	});

	it('gives back any value that was escaped as the vendor says', () => {
		const literal = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (value) => {
				expect(where(`Email = ${literal(value)}`)).toEqual({
					kind: 'compare',
					field: 'Email',
					operator: '=',
					value: text(value),
				});
			}),
		);
	});
});

describe('what the parser refuses', () => {
	it.each([
		['a stray backslash', String.raw`SELECT Id FROM Contact WHERE Email = 'a\b\d'`],
		['LIKE escapes outside LIKE', String.raw`SELECT Id FROM Contact WHERE Email = '50\%'`],
		['a half unicode escape', String.raw`SELECT Id FROM Contact WHERE Email = '\u12'`],
		['a quote that ends the literal early', "SELECT Id FROM Contact WHERE Email = 'o'neil@b.example'"],
		['an open literal', "SELECT Id FROM Contact WHERE Email = 'a"],
		['a backslash that eats the closing quote', String.raw`SELECT Id FROM Contact WHERE Email = 'a\'`],
		['AND beside OR without brackets', 'SELECT Id FROM Contact WHERE a = 1 AND b = 2 OR c = 3'],
		['an empty list', 'SELECT Id FROM Contact WHERE Email IN ()'],
		['text after the end', 'SELECT Id FROM Contact LIMIT 1 invalid'],
		['a second statement', 'SELECT Id FROM Contact; DELETE'],
		['no field', 'SELECT FROM Contact'],
		['all columns by star', 'SELECT * FROM Contact'],
		['double quotes', 'SELECT Id FROM Contact WHERE Email = "a"'],
		['a limit that is no number', 'SELECT Id FROM Contact LIMIT -1'],
	])('%s', (_what, soql) => {
		expect(() => parseSoql(soql)).toThrow(SoqlSyntaxError);
	});

	it('names the place', () => {
		expect(() => parseSoql('SELECT Id FROM Contact invalid')).toThrow(
			/ERROR at Row:1:Column:24\nunexpected token: 'invalid'/,
		);
	});
});

function text(value: string) {
	return { type: 'string', value };
}

function equal(field: string, value: number) {
	return { kind: 'compare', field, operator: '=', value: { type: 'number', value } };
}
