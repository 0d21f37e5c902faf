/** Parameters of a workflow and the items that feed their expressions. */
export interface WorkflowInput {
	parameters: Record<string, unknown>;
	items: Array<Record<string, unknown>>;
}

/**
 * Turns the parameters of a test case, in which a function stands for what differs from item to item,
 * into what a builder would have in a workflow: an expression that reads the value from the incoming item.
 */
export function asWorkflow(parameters: Record<string, unknown>, items: number): WorkflowInput {
	const json = Array.from({ length: items }, (_, item): Record<string, unknown> => ({ item }));
	let names = 0;
	const convert = (values: unknown[], byExpression = false): unknown => {
		const [first] = values;
		if (typeof first === 'function')
			return convert(
				values.map((value, item) => (value as (item: number) => unknown)(item)),
				true,
			);
		if (isRecord(first) && !(first instanceof Date)) {
			const keys = Object.keys(first);
			const record = Object.fromEntries(
				keys.map((key) => [
					key,
					convert(
						values.map((value) => (isRecord(value) ? value[key] : undefined)),
						byExpression && key !== 'mode',
					),
				]),
			);
			return 'mode' in first && 'value' in first && keys.length <= 3 ? { __rl: true, ...record } : record;
		}
		if (
			!byExpression &&
			Array.isArray(first) &&
			values.every((value) => JSON.stringify(value) === JSON.stringify(first))
		) {
			return first.map((_, index) => convert(values.map((value) => (value as unknown[])[index])));
		}
		if (!byExpression && values.every((value) => JSON.stringify(value) === JSON.stringify(first))) return first;
		const name = `value${++names}`;
		values.forEach((value, item) => Object.assign(json[item] ?? {}, { [name]: value }));
		return `={{ $json.${name} }}`;
	};
	const converted = convert(Array.from({ length: items }, () => parameters));
	return { parameters: converted as Record<string, unknown>, items: json };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
