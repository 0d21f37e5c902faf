import {
	CoqlError,
	type CoqlComparator,
	type CoqlCondition,
	type CoqlLiteral,
	type CoqlOrder,
	type CoqlQuery,
} from './ast';
import { tokenize, unexpected, type Token } from './lexer';

/** Words that stand for themselves only when quoted (Kaizen #171); those of our subset. */
const reserved = new Set([
	'select',
	'from',
	'where',
	'and',
	'or',
	'not',
	'in',
	'like',
	'is',
	'null',
	'order',
	'by',
	'asc',
	'desc',
	'limit',
]);

const comparators: Record<string, CoqlComparator> = {
	'=': '=',
	'!=': '!=',
	'<': '<',
	'<=': '<=',
	'>': '>',
	'>=': '>=',
};

/**
 * Reads the part of COQL that Contacts need:
 * `select a, b from Contacts where <conditions> [order by a desc, b] [limit n | limit offset, n]`.
 * `and` / `or` join exactly two sides, so that three conditions must be bracketed in pairs (Kaizen #171).
 * Throws {@link CoqlError}. Knows no field and no limit: see `check.ts`.
 */
export function parseCoql(text: string): CoqlQuery {
	return new Parser(tokenize(text)).query();
}

class Parser {
	private at = 0;

	constructor(private readonly tokens: Token[]) {}

	query(): CoqlQuery {
		this.expectWord('select');
		const columns = this.list(() => this.name());
		this.expectWord('from');
		const from = this.name();
		if (!this.takeWord('where')) throw this.missingWhere();
		const where = this.condition();
		const orderBy = this.takeWord('order') ? this.order() : [];
		const { offset, limit } = this.takeWord('limit') ? this.limit() : { offset: 0, limit: undefined };
		if (this.next.kind !== 'end') throw unexpected(this.next);
		return { columns, from, where, orderBy, offset, limit };
	}

	private condition(): CoqlCondition {
		const left = this.side();
		const kind = this.takeWord('and') ? 'and' : this.takeWord('or') ? 'or' : undefined;
		if (!kind) return left;
		const right = this.side();
		if (this.isWord('and') || this.isWord('or')) {
			throw new CoqlError('SYNTAX_ERROR', 'conditions must be bracketed in pairs', { near: this.next.text });
		}
		return { kind, left, right };
	}

	private side(): CoqlCondition {
		if (!this.takeSymbol('(')) return this.criterion();
		const inner = this.condition();
		this.expectSymbol(')');
		return inner;
	}

	private criterion(): CoqlCondition {
		const column = this.name();
		if (this.takeWord('is')) {
			const negated = this.takeWord('not');
			this.expectWord('null');
			return { kind: 'null', column, negated };
		}
		const negated = this.takeWord('not');
		if (this.takeWord('in')) return { kind: 'in', column, negated, values: this.values() };
		if (this.takeWord('like'))
			return { kind: 'compare', column, operator: negated ? 'not like' : 'like', value: this.literal() };
		if (negated) throw unexpected(this.next);
		return { kind: 'compare', column, operator: this.comparator(), value: this.literal() };
	}

	private comparator(): CoqlComparator {
		const token = this.take();
		const operator = token.kind === 'symbol' ? comparators[token.text] : undefined;
		if (operator) return operator;
		if (token.kind === 'word' || token.text === '<>') {
			throw new CoqlError('SYNTAX_ERROR', 'operator not supported', { operator: token.text });
		}
		throw unexpected(token);
	}

	private values(): CoqlLiteral[] {
		this.expectSymbol('(');
		const values = this.list(() => this.literal());
		this.expectSymbol(')');
		return values;
	}

	private literal(): CoqlLiteral {
		const token = this.take();
		if (token.kind === 'quoted') return { type: 'string', value: token.text };
		if (token.kind === 'number') return { type: 'number', text: token.text };
		const word = token.kind === 'word' ? token.text.toLowerCase() : '';
		if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
		throw unexpected(token);
	}

	private order(): CoqlOrder[] {
		this.expectWord('by');
		return this.list(() => {
			const column = this.name();
			const descending = this.takeWord('desc');
			if (!descending) this.takeWord('asc');
			return { column, direction: descending ? 'desc' : 'asc' };
		});
	}

	private limit(): { offset: number; limit: number } {
		const first = this.count();
		return this.takeSymbol(',') ? { offset: first, limit: this.count() } : { offset: 0, limit: first };
	}

	private count(): number {
		const token = this.take();
		if (token.kind === 'number' && /^\d{1,9}$/.test(token.text)) return Number(token.text);
		throw new CoqlError('INVALID_QUERY', 'limit given seems to be invalid', { limit: token.text });
	}

	private name(): string {
		const token = this.take();
		if (token.kind === 'quoted') return token.text;
		if (token.kind === 'word' && !reserved.has(token.text.toLowerCase())) return token.text;
		throw unexpected(token);
	}

	private list<Item>(read: () => Item): Item[] {
		const items = [read()];
		while (this.takeSymbol(',')) items.push(read());
		return items;
	}

	private missingWhere(): CoqlError {
		return this.next.kind === 'end' || this.isWord('limit') || this.isWord('order')
			? new CoqlError('SYNTAX_ERROR', 'missing clause', { clause: 'where' })
			: unexpected(this.next);
	}

	private get next(): Token {
		return this.tokens[Math.min(this.at, this.tokens.length - 1)] ?? { kind: 'end', text: '', line: 1, column: 1 };
	}

	private take(): Token {
		const token = this.next;
		this.at++;
		return token;
	}

	private isWord(word: string): boolean {
		return this.next.kind === 'word' && this.next.text.toLowerCase() === word;
	}

	private takeWord(word: string): boolean {
		const found = this.isWord(word);
		if (found) this.at++;
		return found;
	}

	private expectWord(word: string): void {
		if (!this.takeWord(word)) throw unexpected(this.next);
	}

	private takeSymbol(symbol: string): boolean {
		const found = this.next.kind === 'symbol' && this.next.text === symbol;
		if (found) this.at++;
		return found;
	}

	private expectSymbol(symbol: string): void {
		if (!this.takeSymbol(symbol)) throw unexpected(this.next);
	}
}
