import { InputProblem } from '../../../http/errors';

/**
 * A list of texts in the forms builders give it: a list, the same as JSON text, or texts separated by commas or lines.
 * Blanks around an entry and empty entries are dropped.
 * @throws InputProblem
 */
export function readList(value: unknown, field: string): string[] {
	if (value === undefined || value === null) return [];
	const entries = Array.isArray(value) ? value : fromText(value, field);
	return entries.map((entry) => asText(entry, field)).filter((entry) => entry !== '');
}

function fromText(value: unknown, field: string): unknown[] {
	const text = asText(value, field);
	if (!text.startsWith('[')) return text.split(/[,;\n]/);
	try {
		const parsed: unknown = JSON.parse(text);
		if (Array.isArray(parsed)) return parsed;
	} catch {
		throw notAList(text, field);
	}
	throw notAList(text, field);
}

function asText(entry: unknown, field: string): string {
	if (typeof entry === 'string') return entry.trim();
	if (typeof entry === 'number') return String(entry);
	throw notAList(entry, field);
}

function notAList(found: unknown, field: string): InputProblem {
	return new InputProblem(`${field} is not a list of texts`, {
		field,
		found,
		expected: 'entries separated by commas, or a list such as ["one", "two"]',
	});
}
