import type { Row } from '../contacts/row';
import { fieldNamed } from '../fields/table';

type Test = (row: Row) => boolean;

const operators: Record<string, (value: string, wanted: string[]) => boolean> = {
	equals: (value, [wanted]) => value === wanted,
	starts_with: (value, [wanted = '']) => value.startsWith(wanted),
	in: (value, wanted) => wanted.includes(value),
};

/**
 * Reads `(Email:equals:a@b.example)` and two or more of them joined by `and` or `or`, one kind of word only, optionally bracketed.
 * In a value `(`, `)` and `,` stand behind a backslash (Kaizen #82). `undefined` when it can't be read.
 */
export function parseCriteria(text: string): Test | undefined {
	const inner = /^\(\((?<inner>.*)\)\)$/s.exec(text)?.groups?.['inner'];
	const parts = splitCriteria(inner === undefined ? text : `(${inner})`);
	if (!parts) return undefined;
	const tests = parts.criteria.map(parseOne);
	if (!tests.every((test) => test !== undefined)) return undefined;
	return parts.word === 'or' ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

function splitCriteria(text: string): { criteria: string[]; word: string } | undefined {
	const pattern = /\(((?:\\.|[^()\\])*)\)(and|or|$)/gsy;
	const criteria: string[] = [];
	const words = new Set<string>();
	for (let end = 0; end < text.length; end = pattern.lastIndex) {
		const found = pattern.exec(text);
		if (!found) return undefined;
		criteria.push(found[1] ?? '');
		if (found[2]) words.add(found[2]);
	}
	return criteria.length > 0 && words.size <= 1 ? { criteria, word: [...words][0] ?? 'and' } : undefined;
}

function parseOne(text: string): Test | undefined {
	const [name = '', operator = '', ...rest] = text.split(':');
	const compare = operators[operator];
	if (!compare || !fieldNamed(name) || rest.length === 0) return undefined;
	const values = rest
		.join(':')
		.split(/(?<!\\),/)
		.map((value) => value.replace(/\\([(),])/g, '$1').toLowerCase());
	return (row) => {
		const value = row[name];
		return (typeof value === 'string' || typeof value === 'number') && compare(String(value).toLowerCase(), values);
	};
}
