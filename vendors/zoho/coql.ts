import { InputProblem } from '../../http/errors';

/** Values of one `in` (Kaizen #183). */
export const VALUES_PER_QUERY = 100;

/** Rows of one answer; 200 is what every source agrees on (COQL overview; one says 2,000). */
export const ROWS_PER_ANSWER = 200;

/** API names of Zoho's fields: Latin letters, digits and underscores. Nothing else may stand in a query unquoted. */
const API_NAME = /^[A-Za-z][A-Za-z0-9_]{0,99}$/;

/** Words of SQL that Zoho wants quoted when a field is called so (Kaizen #171 names External). */
const RESERVED = new Set(
	[
		'all and any as asc between by case check column current_date date default desc distinct else end exists external',
		'false first from full group having in index inner into is join key last left like limit natural not null offset on',
		'or order outer primary references right row rows select set sum table then time timestamp to true union unique',
		'update user using value values when where with',
	].flatMap((line) => line.split(' ')),
);

export function isApiName(name: string): boolean {
	return API_NAME.test(name);
}

/**
 * A value as a COQL literal: in single quotes, a quote inside written twice; a backslash is a sign like any other (Kaizen #171).
 */
export function literal(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

/** A field as it may stand in a query. @throws InputProblem for what is no API name. */
export function column(name: string): string {
	if (!isApiName(name)) {
		throw new InputProblem('Zoho CRM has no field of this name', {
			field: name,
			found: name,
			expected: 'the API name of a field, such as Lead_Source',
		});
	}
	return RESERVED.has(name.toLowerCase()) ? `'${name}'` : name;
}

export interface ContactQuery {
	columns: readonly string[];
	/** At most {@link VALUES_PER_QUERY}. */
	emails: readonly string[];
	/** Rows to leave out. Zoho sorts by id unless told otherwise (COQL overview), so that pages don't overlap. */
	offset: number;
}

/** The query for contacts by their email. */
export function contactsByEmail({ columns, emails, offset }: ContactQuery): string {
	const select = [...new Set(columns)].map(column).join(', ');
	return `select ${select} from Contacts where Email in (${emails.map(literal).join(', ')}) limit ${offset}, ${ROWS_PER_ANSWER}`;
}
