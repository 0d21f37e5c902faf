import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { InputProblem, RequestError, show } from '../../../http/errors';
import { toNodeError, toThrownError } from '../../../http/nodeError';
import { FAKE_NODE } from '../../support/fakeExecute';

test('a refusal becomes an API error with headline, advice, status, code, field and item', () => {
	const refusal = new RequestError('refused', 'WATI refused to create the contact: bad name', {
		description: 'Check the name.',
		status: 400,
		code: '5151',
		field: 'name',
	});
	const error = toNodeError(FAKE_NODE, refusal, 3);
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'WATI refused to create the contact: bad name',
		description: 'Check the name.',
		httpCode: '400',
		context: { itemIndex: 3, kind: 'refused', code: '5151', field: 'name' },
	});
});

test.each([401, 403, 404, 429, 500, 503, 200, undefined])('status %s does not change the words', (status) => {
	const error = toNodeError(
		FAKE_NODE,
		new RequestError('refused', 'Our headline', { status, description: 'Our advice.' }),
		0,
	);
	expect([error.message, error.description]).toEqual(['Our headline', 'Our advice.']);
});

test('a value that can not be sent becomes an operation error that names the field', () => {
	const problem = new InputProblem('Target is empty', {
		field: 'Target',
		found: '',
		expected: 'a number',
		mend: 'Fill it in.',
	});
	const error = toNodeError(FAKE_NODE, problem, 1);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error).toMatchObject({
		message: 'Target is empty',
		description: 'Found: "". Expected a number. Fill it in.',
		context: { itemIndex: 1, field: 'Target' },
	});
});

test("n8n's own errors stay themselves and learn their item", () => {
	const own = new NodeOperationError(FAKE_NODE, 'No binary data');
	expect(toNodeError(FAKE_NODE, own, 2)).toBe(own);
	expect(own.context.itemIndex).toBe(2);
	expect(toNodeError(FAKE_NODE, own, 5).context.itemIndex).toBe(2);
});

test.each([
	[new TypeError('odd'), 'odd'],
	['a text', 'a text'],
	[undefined, 'undefined'],
])('%s is shown as it is', (thrown, message) => {
	expect(toNodeError(FAKE_NODE, thrown, 0)).toMatchObject({ message, context: { itemIndex: 0 } });
});

test.each([
	['text', '"text"'],
	[42, '42'],
	[{ a: 1 }, '{"a":1}'],
	[undefined, 'undefined'],
	['x'.repeat(200), `"${'x'.repeat(76)}…`],
])('%j is shown as %s', (value, shown) => {
	expect(show(value)).toBe(shown);
});

test('in a tool of an AI agent, which is told the headline only, the headline also says what to do', () => {
	const problem = new InputProblem('Email is missing', { field: 'Email', expected: 'a value', mend: 'Ask for it.' });
	const tool = { ...FAKE_NODE, type: `${FAKE_NODE.type}Tool` };
	expect(toThrownError(tool, problem).message).toBe('Email is missing. Expected a value. Ask for it.');
	expect(toThrownError(FAKE_NODE, problem).message).toBe('Email is missing');
});
