import { z } from 'zod';

import { InputProblem, show } from '../../http/errors';
import type { ParameterValue } from './templateSends';

const plain = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** Parameters in the forms builders give them: by name, or as WATI's own list of names and values. */
export const parametersSchema = z.union([
	z.record(plain),
	z.array(z.object({ name: z.string().min(1), value: plain }).strict()),
]);

/** Parameters as WATI wants them, nothing yet checked; a missing value is an empty text. */
export function asParameterValues(parameters: z.infer<typeof parametersSchema>): ParameterValue[] {
	const rows = Array.isArray(parameters)
		? parameters
		: Object.entries(parameters).map(([name, value]) => ({ name, value }));
	return rows.map(({ name, value }) => ({ name, value: value === undefined || value === null ? '' : String(value) }));
}

/** @param value a JSON value, already parsed. @throws InputProblem when it has none of the forms. */
export function readParameters(value: unknown, field: string): ParameterValue[] {
	const parsed = parametersSchema.safeParse(value ?? {});
	if (parsed.success) return asParameterValues(parsed.data);
	throw new InputProblem(`${field} is not an object of names and texts`, {
		field,
		found: value,
		expected: 'an object such as {"name": "Anna", "order": "4711"}',
	});
}

/**
 * Checks the values for a template's parameters: WATI leaves blank what is missing or not named as the template names it.
 * @param values in any order.
 * @param wanted the template's parameters; `undefined` when they are not known, then only what is given is checked.
 * @param whose "Recipient 3" or "Template Parameters", for the message.
 * @throws InputProblem that names the parameter.
 */
export function checkParameters(
	values: readonly ParameterValue[],
	wanted: readonly string[] | undefined,
	whose: string,
): ParameterValue[] {
	const twice = values.find(({ name }, index) => values.findIndex((other) => other.name === name) < index);
	if (twice)
		throw problem(
			`${whose} names the parameter ${show(twice.name)} twice`,
			whose,
			'each parameter once',
			'Remove one of them.',
		);
	const extra = wanted && values.find(({ name }) => !wanted.includes(name));
	if (extra) {
		throw problem(
			`${whose} has the parameter ${show(extra.name)}, which the template doesn't have`,
			whose,
			wanted.length === 0 ? 'no parameters' : `the parameters ${wanted.join(', ')}`,
			'Remove it, or write its name as the template has it.',
		);
	}
	const names = wanted ?? values.map(({ name }) => name);
	return names.map((name) => {
		const value = values.find((candidate) => candidate.name === name)?.value ?? '';
		if (value.trim() !== '') return { name, value };
		throw problem(
			`${whose} has no value for the parameter ${show(name)}`,
			whose,
			'a text for each parameter of the template',
			'Fill it in, or check the expression that gives it: the message would go out with a blank in it.',
		);
	});
}

function problem(message: string, whose: string, expected: string, mend: string): InputProblem {
	return new InputProblem(message, {
		field: whose,
		expected,
		mend,
	});
}
