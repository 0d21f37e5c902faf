import {
	SoqlSyntaxError,
	type SoqlCondition,
	type SoqlLiteral,
	type SoqlOperator,
	type SoqlOrder,
	type SoqlQuery,
} from './ast';
import { decodeLike, decodeString } from './literals';
import { tokenize, type Token } from './tokenizer';

const OPERATORS: Readonly<Record<string, SoqlOperator>> = {
	'=': '=',
	'!=': '!=',
	'<>': '!=',
	'<': '<',
	'<=': '<=',
	'>': '>',
	'>=': '>=',
};

/**
 * Reads one SOQL query: SELECT, FROM, WHERE, ORDER BY, LIMIT, OFFSET.
 * Throws {@link SoqlSyntaxError} on anything else, above all on text left over after the query.
 */
export function parseSoql(soql: string): SoqlQuery {
	return new Parser(soql).query();
}

class Parser {
	private readonly tokens: Token[];
	private next = 0;

	constructor(private readonly soql: string) {
		this.tokens = tokenize(soql);
	}

	query(): SoqlQuery {
		this.expectWord('SELECT');
		const count = this.takeCount();
		const fields = count ? [] : this.listOf(() => this.selected());
		this.expectWord('FROM');
		const query: SoqlQuery = { count, fields, from: this.name(), orderBy: [] };
		if (this.takeWord('WHERE')) query.where = this.condition();
		if (this.takeWord('ORDER')) {
			this.expectWord('BY');
			query.orderBy = this.listOf(() => this.order());
		}
		if (this.takeWord('LIMIT')) query.limit = this.wholeNumber();
		if (this.takeWord('OFFSET')) query.offset = this.wholeNumber();
		if (this.peek().kind !== 'end') throw this.unexpected();
		return query;
	}

	private takeCount(): boolean {
		if (!this.isWord('COUNT') || this.peek(1).text !== '(') return false;
		this.next++;
		this.expectSymbol('(');
		this.expectSymbol(')');
		return true;
	}

	private selected(): string {
		if (!this.isWord('FIELDS') || this.peek(1).text !== '(') return this.name();
		this.next++;
		this.expectSymbol('(');
		const set = this.name().toUpperCase();
		this.expectSymbol(')');
		return `FIELDS(${set})`;
	}

	private order(): SoqlOrder {
		const field = this.name();
		const direction = this.takeWord('DESC') ? 'desc' : (this.takeWord('ASC'), 'asc');
		let nulls: SoqlOrder['nulls'] = 'first';
		if (this.takeWord('NULLS')) {
			if (this.takeWord('LAST')) nulls = 'last';
			else this.expectWord('FIRST');
		}
		return { field, direction, nulls };
	}

	/** AND and OR side by side need brackets in SOQL; without them the second kind is an unexpected token. */
	private condition(): SoqlCondition {
		const first = this.term();
		for (const [word, kind] of [
			['AND', 'and'],
			['OR', 'or'],
		] as const) {
			if (!this.isWord(word)) continue;
			const terms = [first];
			while (this.takeWord(word)) terms.push(this.term());
			return { kind, terms };
		}
		return first;
	}

	private term(): SoqlCondition {
		if (this.takeWord('NOT')) return { kind: 'not', term: this.term() };
		if (!this.takeSymbol('(')) return this.comparison();
		const inner = this.condition();
		this.expectSymbol(')');
		return inner;
	}

	private comparison(): SoqlCondition {
		const field = this.name();
		if (this.takeWord('LIKE')) return { kind: 'like', field, pattern: decodeLike(this.soql, this.take('string')) };
		if (this.takeWord('IN')) return { kind: 'in', field, negated: false, values: this.values() };
		if (this.takeWord('INCLUDES')) return { kind: 'includes', field, negated: false, values: this.strings() };
		if (this.takeWord('EXCLUDES')) return { kind: 'includes', field, negated: true, values: this.strings() };
		if (this.takeWord('NOT')) {
			this.expectWord('IN');
			return { kind: 'in', field, negated: true, values: this.values() };
		}
		const operator = OPERATORS[this.peek().text];
		if (this.peek().kind !== 'symbol' || !operator) throw this.unexpected();
		this.next++;
		return { kind: 'compare', field, operator, value: this.literal() };
	}

	private values(): SoqlLiteral[] {
		return this.bracketed(() => this.literal());
	}

	private strings(): string[] {
		return this.bracketed(() => decodeString(this.soql, this.take('string')));
	}

	private literal(): SoqlLiteral {
		const token = this.peek();
		this.next++;
		const word = token.text.toLowerCase();
		if (token.kind === 'string') return { type: 'string', value: decodeString(this.soql, token) };
		if (token.kind === 'number') return { type: 'number', value: Number(token.text) };
		if (token.kind === 'date' || token.kind === 'datetime') return { type: token.kind, value: token.text };
		if (token.kind === 'word' && word === 'null') return { type: 'null' };
		if (token.kind === 'word' && (word === 'true' || word === 'false'))
			return { type: 'boolean', value: word === 'true' };
		this.next--;
		throw this.unexpected();
	}

	private bracketed<T>(read: () => T): T[] {
		this.expectSymbol('(');
		const items = this.listOf(read);
		this.expectSymbol(')');
		return items;
	}

	private listOf<T>(read: () => T): T[] {
		const items = [read()];
		while (this.takeSymbol(',')) items.push(read());
		return items;
	}

	private wholeNumber(): number {
		if (!/^\d+$/.test(this.peek().text)) throw this.unexpected();
		return Number(this.take('number').text);
	}

	private name(): string {
		return this.take('word').text;
	}

	private take(kind: Token['kind']): Token {
		const token = this.peek();
		if (token.kind !== kind) throw this.unexpected();
		this.next++;
		return token;
	}

	private isWord(word: string): boolean {
		return this.peek().kind === 'word' && this.peek().text.toUpperCase() === word;
	}

	private takeWord(word: string): boolean {
		const found = this.isWord(word);
		if (found) this.next++;
		return found;
	}

	private expectWord(word: string): void {
		if (!this.takeWord(word)) throw this.unexpected();
	}

	private takeSymbol(symbol: string): boolean {
		const found = this.peek().kind === 'symbol' && this.peek().text === symbol;
		if (found) this.next++;
		return found;
	}

	private expectSymbol(symbol: string): void {
		if (!this.takeSymbol(symbol)) throw this.unexpected();
	}

	private peek(ahead = 0): Token {
		return this.tokens[this.next + ahead] ?? { kind: 'end', text: '<EOF>', at: this.soql.length };
	}

	private unexpected(): SoqlSyntaxError {
		const token = this.peek();
		return new SoqlSyntaxError(this.soql, token.at, `unexpected token: '${token.text}'`);
	}
}
