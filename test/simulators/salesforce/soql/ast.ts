/** A parsed query. Field and object names stand as written; keywords and escapes are gone. */
export interface SoqlQuery {
	/** `SELECT COUNT()`: `fields` is empty then. */
	count: boolean;
	/** Names such as `Email` or `Account.Name`, or `FIELDS(ALL)`. */
	fields: string[];
	from: string;
	where?: SoqlCondition;
	orderBy: SoqlOrder[];
	limit?: number;
	offset?: number;
}

export interface SoqlOrder {
	field: string;
	direction: 'asc' | 'desc';
	nulls: 'first' | 'last';
}

export type SoqlCondition =
	| { kind: 'and'; terms: SoqlCondition[] }
	| { kind: 'or'; terms: SoqlCondition[] }
	| { kind: 'not'; term: SoqlCondition }
	| { kind: 'compare'; field: string; operator: SoqlOperator; value: SoqlLiteral }
	| { kind: 'in'; field: string; negated: boolean; values: SoqlLiteral[] }
	| { kind: 'includes'; field: string; negated: boolean; values: string[] }
	| { kind: 'like'; field: string; pattern: LikePart[] };

export type SoqlOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type SoqlLiteral =
	| { type: 'string'; value: string }
	| { type: 'number'; value: number }
	| { type: 'boolean'; value: boolean }
	| { type: 'date'; value: string }
	| { type: 'datetime'; value: string }
	| { type: 'null' };

/** `%` is `anyText`, `_` is `anyCharacter`; escaped ones are part of a text. */
export type LikePart = { kind: 'text'; text: string } | { kind: 'anyText' } | { kind: 'anyCharacter' };

/** The query is not SOQL; `at` is the offset in the text where that shows. */
export class SoqlSyntaxError extends Error {
	constructor(
		readonly soql: string,
		readonly at: number,
		readonly problem: string,
	) {
		super(located(soql, at, problem));
	}
}

/** The vendor's three-part message: the place, its row and column, the problem (A6, MALFORMED_QUERY). */
export function located(soql: string, at: number, problem: string): string {
	const before = soql.slice(0, at);
	const row = before.split('\n').length;
	const column = at - before.lastIndexOf('\n');
	const excerpt = soql.slice(Math.max(0, at - 20), at + 20).replace(/\s/g, ' ');
	return `\n${excerpt}\n${' '.repeat(Math.min(at, 20))}^\nERROR at Row:${row}:Column:${column}\n${problem}`;
}
