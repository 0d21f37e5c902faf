import type { IExecuteFunctions } from 'n8n-workflow';

import { mappedExpressions } from '../../../nodes/shared/createOrUpdate/mappedExpressions';

/** As much of n8n as is asked: `$json` is `{ email, n }`, and an expression may fail. */
function n8n(
	value: Record<string, unknown>,
	mappingMode = 'defineBelow',
): { context: IExecuteFunctions; asked: string[] } {
	const asked: string[] = [];
	const context = {
		getNodeParameter: () => ({ mappingMode, value, schema: ['the fields'] }),
		evaluateExpression(expression: string, index: number): unknown {
			asked.push(expression);
			const code = expression.slice(2, -2);
			return new Function('$json', `return ${code}`)({ email: `p${index}@x.example`, n: index, none: null, list: [1] });
		},
	};
	return { context: context as unknown as IExecuteFunctions, asked };
}

test('all expressions of an item are worked out at once, and other values stay as they are', () => {
	const { context, asked } = n8n({
		Email: '={{ $json.email }}',
		Score: '={{ $json.n // a comment\n }}',
		City: 'Lima',
		None: '={{ $json.none }}',
		Missing: '={{ $json.missing }}',
	});
	expect(mappedExpressions(context)?.(3)).toEqual({
		mappingMode: 'defineBelow',
		schema: ['the fields'],
		value: { Email: 'p3@x.example', Score: 3, City: 'Lima', None: null, Missing: undefined },
	});
	expect(asked).toHaveLength(1);
});

test('a template of text and expressions is left to n8n as it is, and asked for by itself', () => {
	const asked: string[] = [];
	const context = {
		getNodeParameter: () => ({
			mappingMode: 'defineBelow',
			value: { Email: '={{ $json.email }}', Name: '={{ $json.first }} {{ $json.last }}', No: '=No. {{ $json.n }}' },
		}),
		evaluateExpression: (expression: string) => (asked.push(expression), asked.length === 1 ? ['a@b.example'] : 'text'),
	} as unknown as IExecuteFunctions;
	expect(mappedExpressions(context)?.(0)?.value).toEqual({ Email: 'a@b.example', Name: 'text', No: 'text' });
	expect(asked.slice(1)).toEqual(['{{ $json.first }} {{ $json.last }}', 'No. {{ $json.n }}']);
});

test('without an expression n8n is not asked at all', () => {
	const { context, asked } = n8n({ Email: 'a@b.example' });
	expect(mappedExpressions(context)?.(0)?.value).toEqual({ Email: 'a@b.example' });
	expect(asked).toEqual([]);
});

test.each([
	['one that fails', '={{ $json.missing.part }}'],
	['one that yields a list', '={{ $json.list }}'],
	['one that is no expression', '={{ a b }}'],
])('an item with %s is left to n8n', (_case, expression) => {
	expect(mappedExpressions(n8n({ Email: '={{ $json.email }}', Other: expression }).context)?.(0)).toBeUndefined();
});

test.each([
	['a list among the values', { Email: '={{ $json.email }}', Tags: ['={{ $json.n }}'] }, 'defineBelow'],
	['automatic mapping', {}, 'autoMapInputData'],
])('a mapping with %s is left to n8n', (_case, value, mode) => {
	expect(mappedExpressions(n8n(value, mode).context)).toBeUndefined();
});
