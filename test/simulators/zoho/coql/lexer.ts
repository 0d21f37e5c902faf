import { CoqlError } from './ast';

/** `text` of a quoted token is its content, with doubled quotes undone. */
export interface Token {
	kind: 'word' | 'quoted' | 'number' | 'symbol' | 'end';
	text: string;
	line: number;
	column: number;
}

type Reading = Pick<Token, 'kind' | 'text'> & { length: number };

const rules: Array<{ kind: 'word' | 'number' | 'symbol'; pattern: RegExp }> = [
	{ kind: 'word', pattern: /[A-Za-z_$][\w$.]*/y },
	{ kind: 'number', pattern: /-?\d+(\.\d+)?(?![\w.])/y },
	{ kind: 'symbol', pattern: /<=|>=|!=|<>|[=<>(),*]/y },
];

/**
 * Splits a query into tokens. A quote inside a quoted text is written twice (Kaizen #171); a backslash is a sign like any other.
 * Throws SYNTAX_ERROR with line, column and near.
 */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	for (;;) {
		at += /\s*/y.exec(text.slice(at))?.[0].length ?? 0;
		const place = placeOf(text, at);
		if (at >= text.length) return [...tokens, { kind: 'end', text: '', ...place }];
		const token = readQuoted(text, at) ?? readPlain(text, at);
		if (!token) throw unexpected({ text: text.slice(at, at + 20), ...place });
		tokens.push({ kind: token.kind, text: token.text, ...place });
		at += token.length;
	}
}

export function unexpected(token: Pick<Token, 'text' | 'line' | 'column'>): CoqlError {
	return new CoqlError('SYNTAX_ERROR', 'unexpected token', {
		line: token.line,
		column: token.column,
		near: token.text,
	});
}

function readQuoted(text: string, at: number): Reading | undefined {
	const quote = text[at];
	if (quote !== "'" && quote !== '"') return undefined;
	let content = '';
	for (let here = at + 1; here < text.length; here++) {
		if (text[here] !== quote) content += text[here] ?? '';
		else if (text[here + 1] === quote) {
			content += quote;
			here++;
		} else return { kind: 'quoted', text: content, length: here + 1 - at };
	}
	return undefined;
}

function readPlain(text: string, at: number): Reading | undefined {
	for (const { kind, pattern } of rules) {
		pattern.lastIndex = at;
		const found = pattern.exec(text)?.[0];
		if (found) return { kind, text: found, length: found.length };
	}
	return undefined;
}

function placeOf(text: string, at: number): { line: number; column: number } {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
