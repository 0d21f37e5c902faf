const ESCAPES: Record<string, string> = {
	'\\': '\\\\',
	"'": "\\'",
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\b': '\\b',
	'\f': '\\f',
};

/** Any text as a quoted literal, in one pass, so that no escape is escaped again (A4; SOQL reference, quoted strings). */
export function soqlText(value: string): string {
	return `'${value.replace(/[\\'\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** Whether a name can be nothing but a column: queries hold no other name that comes from outside. */
export const isColumnName = (name: string): boolean => /^[A-Za-z]\w*$/.test(name);

/**
 * Bytes of a percent-encoded query. A request line with its headers may have 16,384 (A7); the token in them may be long.
 */
export const LONGEST_QUERY = 14_000;

/** What is asked for besides the fields of the builder. */
const OWN_COLUMNS = ['Id', 'Email', 'CreatedDate', 'LastModifiedDate', 'CreatedById'];

export interface EmailQuery {
	soql: string;
	/** Places of the emails in the list that was given. */
	places: number[];
}

/**
 * Queries that find contacts by email, as few as the length of a query allows.
 * @param fieldIds further columns; they have to be {@link isColumnName}.
 */
export function emailQueries(
	emails: readonly string[],
	fieldIds: readonly string[],
	longest = LONGEST_QUERY,
): EmailQuery[] {
	const known = new Set(OWN_COLUMNS.map((name) => name.toLowerCase()));
	const columns = [...OWN_COLUMNS, ...fieldIds.filter((id) => !known.has(id.toLowerCase()))];
	const head = `SELECT ${columns.join(', ')} FROM Contact WHERE Email IN (`;
	const room = longest - encodedLength(head) - encodedLength(')');

	const groups: Array<{ literals: string[]; places: number[]; length: number }> = [];
	for (const [place, email] of emails.entries()) {
		const literal = soqlText(email);
		const length = encodedLength(literal) + encodedLength(',');
		const last = groups.at(-1);
		if (last && last.length + length <= room) {
			last.literals.push(literal);
			last.places.push(place);
			last.length += length;
		} else {
			groups.push({ literals: [literal], places: [place], length });
		}
	}
	return groups.map(({ literals, places }) => ({ soql: `${head}${literals.join(',')})`, places }));
}

/** URLs also encode the quote, which `encodeURIComponent` leaves. */
const encodedLength = (text: string): number => encodeURIComponent(text).replaceAll("'", '%27').length;
