import { SoqlSyntaxError } from './ast';

/** `text` is as written; of a string it is what stands between the quotes, escapes still in it. */
export interface Token {
	kind: 'word' | 'string' | 'number' | 'date' | 'datetime' | 'symbol' | 'end';
	text: string;
	at: number;
}

/** Tried in this order at each place: a date begins like a number. */
const SHAPES: ReadonlyArray<[Token['kind'], RegExp]> = [
	['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/y],
	['date', /\d{4}-\d\d-\d\d/y],
	['number', /[+-]?\d+(\.\d+)?/y],
	['word', /[A-Za-z]\w*(\.[A-Za-z]\w*)*/y],
	['symbol', /!=|<>|<=|>=|[=<>(),]/y],
];

const SPACE = /\s+/y;

/** Cuts a query into tokens; the last one is `end`. Throws {@link SoqlSyntaxError}. */
export function tokenize(soql: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < soql.length) {
		const space = matchAt(SPACE, soql, at);
		if (space) {
			at += space.length;
			continue;
		}
		const token = soql[at] === "'" ? readString(soql, at) : readOther(soql, at);
		tokens.push(token);
		at += token.text.length + (token.kind === 'string' ? 2 : 0);
		const next = soql[at] ?? ' ';
		if (token.kind !== 'symbol' && token.kind !== 'string' && /[\w.]/.test(next))
			throw new SoqlSyntaxError(soql, at, `unexpected token: '${next}'`);
	}
	return [...tokens, { kind: 'end', text: '<EOF>', at: soql.length }];
}

function readString(soql: string, at: number): Token {
	let end = at + 1;
	while (end < soql.length && soql[end] !== "'") end += soql[end] === '\\' ? 2 : 1;
	if (end >= soql.length) throw new SoqlSyntaxError(soql, at, "mismatched character '<EOF>' expecting '''");
	return { kind: 'string', text: soql.slice(at + 1, end), at };
}

function readOther(soql: string, at: number): Token {
	for (const [kind, shape] of SHAPES) {
		const text = matchAt(shape, soql, at);
		if (text) return { kind, text, at };
	}
	throw new SoqlSyntaxError(soql, at, `unexpected token: '${soql[at]}'`);
}

function matchAt(shape: RegExp, soql: string, at: number): string | undefined {
	shape.lastIndex = at;
	return shape.exec(soql)?.[0];
}
