import fc from 'fast-check';

import { contactsByEmail } from '../../../vendors/zoho/coql';
import { parseCoql } from '../../simulators/zoho';

const query = (emails: string[], columns = ['id', 'Email']) =>
	parseCoql(contactsByEmail({ columns, emails, offset: 0 }));

/** Text with a taste for what could end a literal or begin a clause. */
const value = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 60 }),
	fc
		.array(
			fc.constantFrom(
				"'",
				"''",
				'"',
				'\\',
				"\\'",
				') or (',
				"' or 'a'='a",
				'--',
				'/*',
				'%',
				'\n',
				'\0',
				'limit 0',
				'ü',
				'🙂',
			),
			{
				maxLength: 12,
			},
		)
		.map((parts) => parts.join('')),
);

test('whatever stands in an email stays a value: 10,000 generated lists come back as they went in', () => {
	fc.assert(
		fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (emails) => {
			expect(query(emails)).toEqual({
				columns: ['id', 'Email'],
				from: 'Contacts',
				where: {
					kind: 'in',
					column: 'Email',
					negated: false,
					values: emails.map((text) => ({ type: 'string', value: text })),
				},
				orderBy: [],
				offset: 0,
				limit: 200,
			});
		}),
		{ numRuns: 10_000 },
	);
});

test('a field called like a word of SQL is quoted', () => {
	expect(query(['a@b.example'], ['Order', 'External', 'Last_Name']).columns).toEqual([
		'Order',
		'External',
		'Last_Name',
	]);
});

test('no column is asked for twice, which Zoho refuses', () => {
	expect(query(['a@b.example'], ['Email', 'id', 'Email']).columns).toEqual(['Email', 'id']);
});

test.each(['Email from Leads --', "Email'", 'a b', '', '1st', 'Email,id', 'Owner.id', '__proto__'])(
	'%j is no name of a field',
	(column) => {
		expect(() => query(['a@b.example'], [column])).toThrow('Zoho CRM has no field of this name');
	},
);
