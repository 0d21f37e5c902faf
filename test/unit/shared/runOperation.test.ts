import { InputProblem } from '../../../http/errors';
import type { ItemOperation } from '../../../nodes/shared/operation';
import { runOperation } from '../../../nodes/shared/runOperation';
import { fakeExecute, type FakeRun } from '../../support/fakeExecute';

const failing: ItemOperation<unknown> = {
	value: 'test',
	name: 'Test',
	action: 'Test it',
	description: 'Fails at the third item',
	fields: [],
	async execute(_session, item) {
		if (item.index === 2) throw new InputProblem('Text is empty', { field: 'Text', expected: 'some text' });
		return { sent: item.index };
	},
};

const run = async (onError: FakeRun['onError'], items = 5) =>
	runOperation(
		fakeExecute({
			parameters: {},
			credentials: {},
			onError,
			items: Array.from({ length: items }, () => ({ json: {} })),
		}),
		{},
		failing,
	);

test('an operation that goes item by item stops at the first that fails, and says how many were done', async () => {
	await expect(run('stopWorkflow')).rejects.toMatchObject({
		message: 'Text is empty',
		description: expect.stringMatching(/^2 of 5 items were done; this is the first one that was not\. .*some text/),
	});
});

test('with On Error set to continue, the others go on', async () => {
	const output = await run('continueRegularOutput');
	expect(output.map(({ json }) => json.sent ?? json.error)).toEqual([0, 1, 'Text is empty', 3, 4]);
});
