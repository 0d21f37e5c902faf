/** A literal as written; a number keeps its digits, since ids don't fit into a JavaScript number. */
export type CoqlLiteral =
	{ type: 'string'; value: string } | { type: 'number'; text: string } | { type: 'boolean'; value: boolean };

export type CoqlComparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'not like';

export type CoqlCondition =
	| { kind: 'compare'; column: string; operator: CoqlComparator; value: CoqlLiteral }
	| { kind: 'in'; column: string; negated: boolean; values: CoqlLiteral[] }
	| { kind: 'null'; column: string; negated: boolean }
	| { kind: 'and'; left: CoqlCondition; right: CoqlCondition }
	| { kind: 'or'; left: CoqlCondition; right: CoqlCondition };

/** A condition on one column. */
export type CoqlCriterion = Exclude<CoqlCondition, { kind: 'and' | 'or' }>;

export interface CoqlOrder {
	column: string;
	direction: 'asc' | 'desc';
}

export interface CoqlQuery {
	columns: string[];
	from: string;
	where: CoqlCondition;
	orderBy: CoqlOrder[];
	/** Rows to leave out; 0 when not said. */
	offset: number;
	/** Rows to answer; `undefined` when not said. */
	limit?: number;
}

/** The criteria of a condition, left to right. */
export function criteriaOf(condition: CoqlCondition): CoqlCriterion[] {
	if (condition.kind === 'and' || condition.kind === 'or') {
		return [...criteriaOf(condition.left), ...criteriaOf(condition.right)];
	}
	return [condition];
}

/** How an error names the operator of a criterion. */
export function operatorOf(criterion: CoqlCriterion): string {
	if (criterion.kind === 'compare') return criterion.operator;
	if (criterion.kind === 'in') return criterion.negated ? 'not in' : 'in';
	return criterion.negated ? 'is not null' : 'is null';
}

/** A query that Zoho refuses: `code` and `details` as in its answer. */
export class CoqlError extends Error {
	constructor(
		readonly code:
			'SYNTAX_ERROR' | 'INVALID_QUERY' | 'LIMIT_EXCEEDED' | 'DUPLICATE_DATA' | 'INVALID_DATA' | 'INVALID_MODULE',
		message: string,
		readonly details: Record<string, unknown> = {},
	) {
		super(message);
	}
}
