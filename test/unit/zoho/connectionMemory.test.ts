import { ConnectionMemory } from '../../../vendors/shared/connectionMemory';

test('keeps connections apart, and forgets the oldest when there are too many', () => {
	const memory = new ConnectionMemory<number>(2);
	memory.set(['ab', 'c'], 1);
	memory.set(['a', 'bc'], 2);
	expect(memory.get(['ab', 'c'])).toBe(1);
	memory.set(['x', 'y'], 3);
	expect([memory.get(['ab', 'c']), memory.get(['a', 'bc']), memory.get(['x', 'y'])]).toEqual([undefined, 2, 3]);
});

test('keeps no secret', () => {
	const memory = new ConnectionMemory<number>();
	memory.set(['1000.refresh.token'], 1);
	expect(JSON.stringify(Object.values(memory).map((part) => (part instanceof Map ? [...part] : part)))).not.toContain(
		'1000',
	);
});
