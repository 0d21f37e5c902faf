import { SoqlSyntaxError, type LikePart } from './ast';
import type { Token } from './tokenizer';

/**
 * Escapes of a quoted literal (A4): these, and `\uXXXX`, and inside LIKE also `\_` and `\%`. Any other backslash is an error.
 */
const ESCAPES: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	b: '\b',
	f: '\f',
	'"': '"',
	"'": "'",
	'\\': '\\',
};

interface Piece {
	text: string;
	/** Came from an escape, so it is never a wildcard. */
	escaped: boolean;
}

/** The text that a string token stands for. */
export const decodeString = (soql: string, token: Token): string =>
	pieces(soql, token, false)
		.map((piece) => piece.text)
		.join('');

/** The parts of a LIKE pattern; neighbouring texts are joined. */
export function decodeLike(soql: string, token: Token): LikePart[] {
	const parts: LikePart[] = [];
	for (const { text, escaped } of pieces(soql, token, true)) {
		const last = parts.at(-1);
		if (!escaped && text === '%') parts.push({ kind: 'anyText' });
		else if (!escaped && text === '_') parts.push({ kind: 'anyCharacter' });
		else if (last?.kind === 'text') last.text += text;
		else parts.push({ kind: 'text', text });
	}
	return parts;
}

function pieces(soql: string, token: Token, inLike: boolean): Piece[] {
	const raw = token.text;
	const found: Piece[] = [];
	for (let i = 0; i < raw.length; i++) {
		const character = raw[i] ?? '';
		if (character !== '\\') {
			found.push({ text: character, escaped: false });
			continue;
		}
		const code = raw[i + 1] ?? '';
		const unicode = /^u([0-9A-Fa-f]{4})/.exec(raw.slice(i + 1, i + 6))?.[1];
		const text = unicode ? String.fromCharCode(parseInt(unicode, 16)) : escape(code, inLike);
		if (text === undefined)
			throw new SoqlSyntaxError(soql, token.at + 1 + i, `Illegal character sequence '\\${code}' in string literal`);
		found.push({ text, escaped: true });
		i += unicode ? 5 : 1;
	}
	return found;
}

function escape(code: string, inLike: boolean): string | undefined {
	if (Object.hasOwn(ESCAPES, code)) return ESCAPES[code];
	return inLike && (code === '_' || code === '%') ? code : undefined;
}
