import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { readShipped } from '../../support/importWorkflow';

const page = readFileSync(join(__dirname, '../../../docs/workflows/offline-sync.md'), 'utf8');
const VALUES = new Map<string, unknown>([
	['on', true],
	['off', false],
]);

/** Setting -> its value at first, as the tables of the page tell. */
const told = new Map(
	[...page.matchAll(/^\| `(\w+)` +\| (on|off|\d+) +\|/gm)].map(([, name = '', value = '']) => [
		name,
		VALUES.get(value) ?? Number(value),
	]),
);

const edited = z.object({
	assignments: z.object({ assignments: z.array(z.object({ name: z.string(), value: z.unknown() })) }),
});

async function parametersOf(file: string, node: string): Promise<unknown> {
	const { nodes } = await readShipped(file);
	return nodes.find(({ name }) => name === node)?.parameters;
}

describe('as shipped, before a test shortens the times', () => {
	test.each([
		['offline-sync', 'Settings'],
		['busy-inbox', 'Settings'],
		['offline-sync-sweeper', 'Times'],
		['busy-inbox', 'Times'],
	])('%s: %s has the values that the page tells', async (file, node) => {
		const { assignments } = edited.parse(await parametersOf(file, node)).assignments;
		expect(assignments.length).toBeGreaterThan(0);
		expect(assignments.map(({ name, value }) => [name, value])).toEqual(
			assignments.map(({ name }) => [name, told.get(name)]),
		);
	});

	test('the contact is written 10 minutes after the last message', () => {
		expect([told.get('offlineSync'), told.get('waitMinutes')]).toEqual([true, 10]);
	});

	test.each([
		['offline-sync-sweeper', 'Every 5 Minutes', 5],
		['busy-inbox', 'Every Minute', 1],
	])('%s looks: %s', async (file, node, minutesInterval) => {
		expect(await parametersOf(file, node)).toEqual({ rule: { interval: [{ field: 'minutes', minutesInterval }] } });
	});
});
