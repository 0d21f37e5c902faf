import fc from 'fast-check';

import { CoqlError, parseCoql } from './index';
import { useZoho } from './testing';

const { zoho, coql } = useZoho();

const refusal = (text: string): unknown => {
	try {
		return parseCoql(text);
	} catch (error) {
		return error instanceof CoqlError ? [error.code, error.details] : error;
	}
};

describe('reading a query', () => {
	test('columns, one condition and a limit', () => {
		expect(parseCoql("select id, Email from Contacts where Email = 'a@b.example' limit 2")).toEqual({
			columns: ['id', 'Email'],
			from: 'Contacts',
			where: { kind: 'compare', column: 'Email', operator: '=', value: { type: 'string', value: 'a@b.example' } },
			orderBy: [],
			offset: 0,
			limit: 2,
		});
	});

	test('pairs of conditions, order, offset', () => {
		const query = parseCoql(
			"SELECT id FROM Contacts WHERE ((Email in ('a', 'b') and Phone is not null) or Lead_Score >= -3) ORDER BY Created_Time DESC, id LIMIT 20, 10",
		);
		expect(query).toMatchObject({
			where: {
				kind: 'or',
				left: { kind: 'and', left: { kind: 'in', negated: false }, right: { kind: 'null', negated: true } },
				right: { operator: '>=', value: { type: 'number', text: '-3' } },
			},
			orderBy: [
				{ column: 'Created_Time', direction: 'desc' },
				{ column: 'id', direction: 'asc' },
			],
			offset: 20,
			limit: 10,
		});
	});

	test('ten thousand values, quoted by doubling, come back as they were and change nothing else', () => {
		const value = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 40 }),
			fc.stringMatching(/^['"\\%()a ]{0,12}$/),
			fc.constantFrom("' or Email is not null", "\\'", "''", "x') limit 1"),
		);
		fc.assert(
			fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
				const list = values.map((each) => `'${each.replaceAll("'", "''")}'`).join(', ');
				expect(parseCoql(`select id from Contacts where Email in (${list}) limit 5`)).toEqual({
					columns: ['id'],
					from: 'Contacts',
					where: {
						kind: 'in',
						column: 'Email',
						negated: false,
						values: values.map((each) => ({ type: 'string', value: each })),
					},
					orderBy: [],
					offset: 0,
					limit: 5,
				});
			}),
			{ numRuns: 10_000 },
		);
	});

	test.each([
		['select id from Contacts', { clause: 'where' }],
		['select id from Contacts limit 3', { clause: 'where' }],
		["select id from Contacts where Email = 'a", { line: 1, column: 39, near: "'a" }],
		["select id from Contacts where Email = 'O'Neill'", { line: 1, column: 47, near: "'" }],
		["select id from Contacts where Email = 'it\\'s'", { line: 1, column: 45, near: "'" }],
		["select id from Contacts where Email = 'a' and id = '1' and Phone = '2'", { near: 'and' }],
		["select id from Contacts where Email equals 'a'", { operator: 'equals' }],
		["select from from Contacts where Email = 'a'", { line: 1, column: 8, near: 'from' }],
		["select id from Contacts where Email = 'a' limit 1; drop", { line: 1, column: 50, near: '; drop' }],
		['select id from Contacts where Email = other', { line: 1, column: 39, near: 'other' }],
		["select id from Contacts where (Email = 'a'", { line: 1, column: 43, near: '' }],
	])('%s is a SYNTAX_ERROR', (text, details) => {
		expect(refusal(text)).toEqual(['SYNTAX_ERROR', details]);
	});
});

describe('refusing a query', () => {
	const many = (count: number) => Array.from({ length: count }, (_, index) => `'${index}'`).join();
	const criteria = (count: number): string =>
		Array.from({ length: count - 1 }).reduce<string>((text) => `(${text} or Phone = '1')`, "Phone = '0'");

	test.each([
		[
			'an unknown column',
			"select Nope from Contacts where Email = 'a'",
			'INVALID_QUERY',
			{ column_name: 'Nope', clause: 'select' },
		],
		[
			'another case',
			"select id from Contacts where email = 'a'",
			'INVALID_QUERY',
			{ column_name: 'email', clause: 'where' },
		],
		['another module', "select id from Leads where Email = 'a'", 'INVALID_MODULE', {}],
		['a column twice', "select id, id from Contacts where Email = 'a'", 'DUPLICATE_DATA', { column_name: 'id' }],
		['> on a text', "select id from Contacts where First_Name > 'a'", 'INVALID_QUERY', { operator: '>' }],
		[
			'a text for a number',
			"select id from Contacts where Lead_Score = '5'",
			'INVALID_QUERY',
			{ column_name: 'Lead_Score' },
		],
		[
			'multi-line text',
			"select id from Contacts where Description = 'a'",
			'INVALID_QUERY',
			{ column_name: 'Description' },
		],
		['101 values', `select id from Contacts where Email in (${many(101)})`, 'LIMIT_EXCEEDED', { limit: 100 }],
		['26 criteria', `select id from Contacts where ${criteria(26)}`, 'LIMIT_EXCEEDED', { limit: 25 }],
		['a limit over 2000', "select id from Contacts where Email = 'a' limit 2001", 'LIMIT_EXCEEDED', { limit: 2000 }],
		['a limit of 0', "select id from Contacts where Email = 'a' limit 0", 'INVALID_DATA', {}],
		['a limit in words', "select id from Contacts where Email = 'a' limit ten", 'INVALID_QUERY', { limit: 'ten' }],
	])('%s', async (_, query, code, details) => {
		const answer = await coql(query);
		expect(answer.status).toBe(400);
		expect(answer.data).toMatchObject({ code, details, status: 'error' });
	});

	test('25 criteria and 100 values are allowed', async () => {
		expect((await coql(`select id from Contacts where ${criteria(25)}`)).status).toBe(204);
		expect((await coql(`select id from Contacts where Email in (${many(100)})`)).status).toBe(204);
	});
});

describe('answering a query', () => {
	test('finds by e-mail whatever its case, with the id though not asked for', async () => {
		const id = zoho.addContact({ Last_Name: "O'Neill", Email: "o'neill@example.com" });
		const answer = await coql("select Last_Name from Contacts where Email = 'O''Neill@example.com'");
		expect(answer.data).toEqual({ data: [{ id, Last_Name: "O'Neill" }], info: { count: 1, more_records: false } });
	});

	test('links come as their id alone', async () => {
		zoho.addContact({ Last_Name: 'A', Email: 'a@example.com' }, { createdBy: 'colleague' });
		const answer = await coql(`select Created_By from Contacts where Created_By = ${zoho.users.colleague.id}`);
		expect(answer.data.data[0].Created_By).toEqual({ id: zoho.users.colleague.id });
	});

	test('no rows is 204, or an empty list', async () => {
		expect((await coql("select id from Contacts where Email = 'nobody@example.com'")).status).toBe(204);
		zoho.settings.coqlEmpty = 'emptyData';
		const answer = await coql("select id from Contacts where Email = 'nobody@example.com'");
		expect([answer.status, answer.data.data]).toEqual([200, []]);
	});

	test.each([
		['Lead_Score in (10, 60)', ['A', 'B']],
		['Lead_Score > 9 and Lead_Score < 60', ['A']],
		["Last_Name like '%b%' or Segment is null", ['B', 'C']],
		["Segment != 'KEY'", ['B']],
		["Interests = 'Coffee;Tea'", ['A']],
		['Email_Opt_Out = true', ['C']],
		["Created_Time >= '2026-02-01T01:00:00+01:00'", ['B', 'C']],
		['not_a_field is null', 'INVALID_QUERY'],
	])('where %s', async (where, expected) => {
		const add = (values: Record<string, unknown>, day: string) => zoho.addContact(values, { createdAt: new Date(day) });
		add({ Last_Name: 'A', Lead_Score: 10, Segment: 'KEY', Interests: ['Coffee', 'Tea'] }, '2026-01-01T00:00:00Z');
		add({ Last_Name: 'B', Lead_Score: 60, Segment: 'Retail' }, '2026-02-01T00:00:00Z');
		add({ Last_Name: 'C', Email_Opt_Out: true }, '2026-03-01T00:00:00Z');
		const { data } = await coql(`select Last_Name from Contacts where ${where} order by Last_Name`);
		expect(data.code ?? data.data.map((row: { Last_Name: string }) => row.Last_Name)).toEqual(expected);
	});

	test('pages: 200 rows unless told, offset and order are honoured', async () => {
		const ids = zoho.seedContacts(250);
		const first = await coql('select id from Contacts where id is not null');
		expect(first.data.info).toEqual({ count: 200, more_records: true });
		const last = await coql('select id from Contacts where id is not null order by id asc limit 200, 200');
		expect(last.data.data.map((row: { id: string }) => row.id)).toEqual(ids.slice(200));
		expect(last.data.info.more_records).toBe(false);
		const newest = await coql('select id from Contacts where id is not null order by id desc limit 1');
		expect(newest.data.data).toEqual([{ id: ids.at(-1) }]);
	});

	test('the number of rows an answer has can be capped below the limit', async () => {
		zoho.seedContacts(250);
		zoho.settings.coqlRowsPerAnswer = 200;
		const answer = await coql('select id from Contacts where id is not null limit 2000');
		expect(answer.data.info).toEqual({ count: 200, more_records: true });
	});
});
