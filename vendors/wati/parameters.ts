import { InputProblem } from '../../http/errors';
import type { ParameterValue } from './templateSends';

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
	if (twice) throw problem(`${whose} names the parameter "${twice.name}" twice`, whose, `each parameter once`);
	const extra = wanted && values.find(({ name }) => !wanted.includes(name));
	if (extra) {
		throw problem(
			`${whose} has the parameter "${extra.name}", which the template doesn't have`,
			whose,
			wanted.length === 0 ? 'no parameters' : `the parameters ${wanted.join(', ')}`,
		);
	}
	const names = wanted ?? values.map(({ name }) => name);
	return names.map((name) => {
		const value = values.find((candidate) => candidate.name === name)?.value ?? '';
		if (value.trim() !== '') return { name, value };
		throw problem(
			`${whose} has no value for the parameter "${name}"`,
			whose,
			'a text for each parameter of the template',
		);
	});
}

function problem(message: string, whose: string, expected: string): InputProblem {
	return new InputProblem(message, {
		field: whose,
		expected,
		mend: 'Fill it in, or check the expression that gives it: the message would go out with a blank in it.',
	});
}
