/** Parameters of a workflow and the items that feed their expressions. */
export interface WorkflowInput {
	parameters: Record<string, unknown>;
	items: Array<Record<string, unknown>>;
}

/** Parts of a parameter that the editor writes itself and that no expression can stand for. */
const FIXED = ['__rl', 'mode', 'mappingMode', 'schema'];

/**
 * Turns the parameters of a test case, in which a function stands for what differs from item to item,
 * into what a builder would have in a workflow: an expression that reads the value from the incoming item.
 * A list of objects that is a parameter of its own (JSON) comes from an expression too; inside of a parameter such a list
 * is rows of a fixed collection, whose cells may be expressions.
 */
export function asWorkflow(parameters: Record<string, unknown>, items: number): WorkflowInput {
	const json = Array.from({ length: items }, (_, item): Record<string, unknown> => ({ item }));
	let names = 0;

	/** One value for each item, as the one thing that the workflow holds. */
	function convert(values: unknown[], byExpression: boolean, depth: number): unknown {
		const [first] = values;
		if (typeof first === 'function') return convert(values.map(evaluate), true, depth);
		if (isRecord(first)) return convertRecord(first, values, byExpression, depth);
		if (isRows(values) && depth > 1) {
			return values[0]?.map((_, row) =>
				convert(
					values.map((rows) => rows[row]),
					byExpression,
					depth + 1,
				),
			);
		}
		return byExpression || isRows(values) || !isSame(values) ? expression(values) : first;
	}

	function convertRecord(first: object, values: unknown[], byExpression: boolean, depth: number): unknown {
		const entries = Object.keys(first).map((key) => {
			const inner = values.map((value) => (isRecord(value) ? value[key] : undefined));
			return [key, FIXED.includes(key) ? inner[0] : convert(inner, byExpression, depth + 1)];
		});
		const isLocator = 'mode' in first && 'value' in first && entries.length <= 3;
		return { ...(isLocator ? { __rl: true } : {}), ...Object.fromEntries(entries) };
	}

	function expression(values: unknown[]): string {
		const name = `value${++names}`;
		values.forEach((value, item) => Object.assign(json[item] ?? {}, { [name]: value }));
		return `={{ $json.${name} }}`;
	}

	const converted = Object.entries(parameters).map(([name, value]) => [
		name,
		convert(
			json.map(() => value),
			false,
			1,
		),
	]);
	return { parameters: Object.fromEntries(converted), items: json };
}

const evaluate = (value: unknown, item: number): unknown =>
	typeof value === 'function' ? (value as (item: number) => unknown)(item) : value;

const isSame = (values: unknown[]): boolean =>
	values.every((value) => JSON.stringify(value) === JSON.stringify(values[0]));

/** Lists of objects, as many for each item. */
const isRows = (values: unknown[]): values is Array<Array<Record<string, unknown>>> =>
	values.every(
		(value) =>
			Array.isArray(value) &&
			value.length > 0 &&
			value.every(isRecord) &&
			value.length === (values[0] as unknown[]).length,
	);

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
