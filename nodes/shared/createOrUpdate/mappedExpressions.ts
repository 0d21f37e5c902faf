import type { IExecuteFunctions } from 'n8n-workflow';

type Values = Readonly<Record<string, unknown>>;

/** A mapping as it is stored, with the values of one item. */
export interface ItemMapping {
	mappingMode: unknown;
	schema?: unknown;
	value: Values;
}

/** A value that is one expression and nothing else, such as `={{ $json.email }}`. */
const ONE_EXPRESSION = /^=\s*\{\{((?:(?!\{\{|\}\}).)+)\}\}\s*$/s;

/**
 * Works out the mapped values of an item by a single expression, and templates of text and expressions each. Asked for
 * the parameter, n8n works out each value by itself and copies the list of fields, which in a batch takes longer than all else.
 *
 * Gives `undefined` for an item where the result may not be what n8n gives one by one: where an expression fails, or yields
 * anything but a text, a number, a boolean or nothing. Then the parameter itself has to be asked for.
 * @returns `undefined` when the mapping is not one that a builder filled in field by field.
 */
export function mappedExpressions(
	n8n: IExecuteFunctions,
): ((itemIndex: number) => ItemMapping | undefined) | undefined {
	const stored = storedMapping(n8n);
	if (!stored) return undefined;
	const dynamic = Object.entries(stored.value).flatMap(([id, value]) =>
		typeof value === 'string' && value.startsWith('=') ? [{ id, value, code: ONE_EXPRESSION.exec(value)?.[1] }] : [],
	);
	const single = dynamic.flatMap(({ id, code }) => (code === undefined ? [] : [{ id, code }]));
	const templates = dynamic.filter(({ code }) => code === undefined);
	const together = asOne(single.map(({ code }) => code));
	return (itemIndex) => {
		try {
			const results = single.length === 0 ? [] : n8n.evaluateExpression(together, itemIndex);
			if (!Array.isArray(results)) return undefined;
			const worked = [
				...single.map(({ id }, place): [string, unknown] => [id, results[place]]),
				...templates.map(({ id, value }): [string, unknown] => [id, n8n.evaluateExpression(value.slice(1), itemIndex)]),
			];
			if (!worked.every(([, value]) => isPlain(value))) return undefined;
			return { ...stored, value: { ...stored.value, ...Object.fromEntries(worked) } };
		} catch {
			return undefined;
		}
	};
}

/** The mapping as the builder entered it, where all of its values are plain entries. */
function storedMapping(n8n: IExecuteFunctions): ItemMapping | undefined {
	const stored: unknown = n8n.getNodeParameter('fields', 0, null, { rawExpressions: true });
	if (typeof stored !== 'object' || stored === null || !('mappingMode' in stored) || !('value' in stored))
		return undefined;
	const { mappingMode, value } = stored;
	if (mappingMode !== 'defineBelow' || typeof value !== 'object' || value === null || Array.isArray(value))
		return undefined;
	const values: Values = { ...value };
	return Object.values(values).every(isPlain) ? { ...stored, mappingMode, value: values } : undefined;
}

/** `{{ [(first), (second)] }}`; each on lines of its own, so that a comment at its end stays its own. */
function asOne(codes: string[]): string {
	return `{{ [${codes.map((code) => `(\n${code}\n)`).join(', ')}] }}`;
}

const isPlain = (value: unknown): boolean =>
	value === null || ['undefined', 'string', 'number', 'boolean'].includes(typeof value);
