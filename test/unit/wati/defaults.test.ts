import { resources } from '../../../nodes/Wati/resources';

/** n8n does not store defaults: with another one here, stored workflows would do something else. */
test('each resource keeps its default operation', () => {
	const defaults = resources.map(({ value, defaultOperation }) => [value, defaultOperation.value]);
	expect(Object.fromEntries(defaults)).toEqual({
		account: 'getCredits',
		campaign: 'getMany',
		chatbot: 'start',
		contact: 'upsert',
		conversation: 'updateStatus',
		message: 'sendText',
		template: 'send',
	});
	for (const { operations, defaultOperation } of resources) expect(operations).toContain(defaultOperation);
});
