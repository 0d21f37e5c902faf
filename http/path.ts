import { InputProblem } from './errors';

/**
 * A path from literal parts and values, each value percent-encoded: path`/contacts/${target}`.
 * @throws InputProblem for what no encoding carries: nothing at all, which would name the whole list instead of one entry;
 * `.` and `..`, which climb even as `%2E`; half of a surrogate pair.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): string {
	return literals.reduce((whole, literal, index) => whole + pathPart(values[index - 1] ?? '') + literal);
}

function pathPart(value: string): string {
	if (!/^\.{0,2}$|\p{Surrogate}/u.test(value)) return encodeURIComponent(value);
	throw new InputProblem("A value can't be part of an address", {
		field: 'Path',
		found: value,
		expected: 'an ID, a number or a name',
		mend: 'Check the value that names what the call is about.',
	});
}

/** For queries: half of a surrogate pair can't be encoded and is sent as the sign for an unreadable letter. */
export function encoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
