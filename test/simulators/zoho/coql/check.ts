import { fieldNamed, isFilterable, type FieldSpec, type FieldType } from '../fields/table';
import { CoqlError, criteriaOf, operatorOf, type CoqlCriterion, type CoqlLiteral, type CoqlQuery } from './ast';

/** Limits of B5. */
const limits = { criteria: 25, valuesOfIn: 100, columns: 500, rows: 2000 };

type Family = 'text' | 'choice' | 'order' | 'flag' | 'link';

const families: Record<FieldType, Family> = {
	text: 'text',
	textarea: 'text',
	email: 'text',
	phone: 'text',
	website: 'text',
	formula: 'text',
	picklist: 'choice',
	multiselectpicklist: 'choice',
	boolean: 'flag',
	integer: 'order',
	double: 'order',
	currency: 'order',
	percent: 'order',
	date: 'order',
	datetime: 'order',
	bigint: 'order',
	lookup: 'link',
	ownerlookup: 'link',
};

/** Which operators a kind of column takes. The OAS shows `>` on a text column refused; the rest of the table is ours. */
const operators: Record<Family, readonly string[]> = {
	text: ['=', '!=', 'like', 'not like', 'in', 'not in', 'is null', 'is not null'],
	choice: ['=', '!=', 'like', 'not like', 'in', 'not in', 'is null', 'is not null'],
	order: ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is null', 'is not null'],
	flag: ['=', '!='],
	link: ['=', '!=', 'in', 'not in', 'is null', 'is not null'],
};

const isNumber = (literal: CoqlLiteral): boolean => literal.type === 'number';
const isString = (literal: CoqlLiteral): boolean => literal.type === 'string';
const isDigits = (literal: CoqlLiteral): boolean =>
	isNumber(literal) || (literal.type === 'string' && /^\d+$/.test(literal.value));

const literals: Partial<Record<FieldType, (literal: CoqlLiteral) => boolean>> = {
	integer: isNumber,
	double: isNumber,
	currency: isNumber,
	percent: isNumber,
	bigint: isDigits,
	lookup: isDigits,
	ownerlookup: isDigits,
	boolean: (literal) =>
		literal.type === 'boolean' || (literal.type === 'string' && /^(true|false)$/.test(literal.value)),
	date: (literal) => literal.type === 'string' && /^\d{4}-\d\d-\d\d$/.test(literal.value),
	datetime: (literal) =>
		literal.type === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(literal.value),
};

/** Refuses what parses but is not a query on Contacts: unknown columns, operators and values that don't fit, limits. */
export function checkCoql(query: CoqlQuery): void {
	if (query.from !== 'Contacts') throw new CoqlError('INVALID_MODULE', 'the given module is not supported in api');
	checkLimits(query);
	for (const column of query.columns) columnNamed(column, 'select');
	const twice = query.columns.find((column, index) => query.columns.indexOf(column) !== index);
	if (twice) throw new CoqlError('DUPLICATE_DATA', 'duplicate select column', { column_name: twice });
	for (const criterion of criteriaOf(query.where)) checkCriterion(criterion);
	for (const { column } of query.orderBy) columnNamed(column, 'order by');
}

function checkLimits(query: CoqlQuery): void {
	const criteria = criteriaOf(query.where);
	const longest = Math.max(...criteria.map((each) => (each.kind === 'in' ? each.values.length : 0)));
	if (query.columns.length > limits.columns) throw exceeded('columns', limits.columns);
	if (criteria.length > limits.criteria) throw exceeded('criteria', limits.criteria);
	if (longest > limits.valuesOfIn) throw exceeded('values of in', limits.valuesOfIn);
	if ((query.limit ?? 0) > limits.rows) throw exceeded('limit', limits.rows);
	if (query.limit === 0) throw new CoqlError('INVALID_DATA', 'limit should be greater than 0');
}

function checkCriterion(criterion: CoqlCriterion): void {
	const spec = columnNamed(criterion.column, 'where');
	const operator = operatorOf(criterion);
	if (!isFilterable(spec)) {
		const details = { cv_criteria: false, column_name: spec.name, value: textOf(valuesOf(criterion)[0]), operator };
		throw new CoqlError('INVALID_QUERY', 'unsupported column in criteria', details);
	}
	if (!operators[families[spec.type]].includes(operator)) {
		const details = { reason: 'invalid operator found', column_name: spec.name, operator };
		throw new CoqlError('INVALID_QUERY', 'Invalid query formed', details);
	}
	const fits = literals[spec.type] ?? isString;
	if (!valuesOf(criterion).every(fits)) {
		throw new CoqlError('INVALID_QUERY', 'value does not fit the column', { column_name: spec.name, operator });
	}
}

function columnNamed(name: string, clause: string): FieldSpec {
	const spec = fieldNamed(name);
	if (!spec) throw new CoqlError('INVALID_QUERY', 'column given seems to be invalid', { column_name: name, clause });
	return spec;
}

function valuesOf(criterion: CoqlCriterion): CoqlLiteral[] {
	if (criterion.kind === 'in') return criterion.values;
	return criterion.kind === 'compare' ? [criterion.value] : [];
}

export const textOf = (literal: CoqlLiteral | undefined): string => {
	if (!literal) return '';
	return literal.type === 'number' ? literal.text : String(literal.value);
};

const exceeded = (what: string, limit: number) =>
	new CoqlError('LIMIT_EXCEEDED', `more ${what} than allowed`, { limit });
