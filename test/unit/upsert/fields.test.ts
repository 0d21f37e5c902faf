import { createOrUpdate } from '../../../upsert/engine';
import type { ContactInput, UpsertPolicy } from '../../../upsert/types';
import { batch, item, outcomes, policy, words } from './builders';
import { MemoryDirectory } from './memoryDirectory';

const run = async (directory: MemoryDirectory, input: ContactInput, changes: Partial<UpsertPolicy> = {}) =>
	outcomes(await createOrUpdate([input], policy(changes), directory))[0];

describe('changed fields', () => {
	test('a created contact shows every field that was written as changed from null', async () => {
		const directory = new MemoryDirectory([{ id: 'VIP', label: 'VIP', type: 'boolean' }]);

		expect(await run(directory, item('ann@example.com', { VIP: false, City: '' }))).toEqual({
			action: 'created',
			reason: null,
			id: 'c1',
			matchedBy: { field: 'Email', value: 'ann@example.com' },
			createdByThisIntegration: true,
			changedFields: { Email: { from: null, to: 'ann@example.com' }, VIP: { from: null, to: false } },
			warnings: [],
			dryRun: false,
			contact: { Email: 'ann@example.com', VIP: false, City: null, id: 'c1' },
		});
	});

	test('an update sends and shows only what differs, and the contact as it stands now', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', { Phone: '1', City: 'Oslo', Fax: '9' });
		const send = jest.spyOn(directory, 'update');

		expect(await run(directory, item('ann@example.com', { Phone: '2', City: ' Oslo ' }))).toMatchObject({
			action: 'updated',
			changedFields: { Phone: { from: '1', to: '2' } },
			contact: { id: 'c1', Email: 'ann@example.com', Phone: '2', City: 'Oslo' },
		});
		expect(send.mock.calls[0]?.[0]).toMatchObject([{ values: new Map([['Phone', '2']]) }]);
	});

	test('a thousand unchanged contacts cause one look-up and no write', async () => {
		const directory = new MemoryDirectory();
		const items = batch(...Array.from({ length: 1000 }, (_, n) => item(`${n}@example.com`, { Phone: '1' })));
		for (const { key } of items) directory.add(key.value, { Phone: '1' });

		expect(new Set(words(await createOrUpdate(items, policy(), directory)))).toEqual(new Set(['unchanged']));
		expect(directory.calls.map(({ on }) => on)).toEqual(['find']);
	});

	test('the email that the contact was found by is not rewritten in another case', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com');

		expect(await run(directory, item('Ann@Example.com'))).toMatchObject({
			action: 'unchanged',
			contact: { Email: 'ann@example.com' },
		});
	});

	test('a field that the vendor kept as it was is no change but a warning, by its label', async () => {
		const directory = new MemoryDirectory([{ id: 'name', label: 'Name', type: 'text' }]);
		directory.add('ann@example.com', { name: 'Ann', Phone: '1' });
		directory.stubborn.add('name');

		expect(await run(directory, item('ann@example.com', { name: 'Anna', Phone: '2' }))).toMatchObject({
			action: 'updated',
			changedFields: { Phone: { from: '1', to: '2' } },
			warnings: ['Name was not changed: it is still "Ann".'],
			contact: { name: 'Ann', Phone: '2' },
		});
		expect(await run(directory, item('ann@example.com', { name: 'Anna' }))).toMatchObject({
			action: 'unchanged',
			changedFields: {},
			warnings: ['Name was not changed: it is still "Ann".'],
		});
		expect(await run(directory, item('bob@example.com', { name: 'Bob' }))).toMatchObject({
			action: 'created',
			warnings: ['Name was not changed: it is still empty.'],
		});
	});

	test('what the vendor made of a value is what the outcome shows', async () => {
		const directory = new MemoryDirectory();
		directory.create = async () => [
			{ ok: true, id: 'c1', fields: new Map([['Phone', '14155552671']]), warnings: ['Shortened'] },
		];

		expect(await run(directory, item('ann@example.com', { Phone: '+1 415 555 2671' }))).toMatchObject({
			changedFields: { Phone: { from: null, to: '14155552671' } },
			warnings: ['Shortened'],
			contact: { Phone: '14155552671' },
		});
	});
});

describe('empty values', () => {
	const empties = { Phone: '', City: '  ', Tags: [], Fax: null };

	test('are left alone by "ignore"', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', { Phone: '1', City: 'Oslo', Tags: ['a'], Fax: '9' });

		expect(await run(directory, item('ann@example.com', empties))).toMatchObject({
			action: 'unchanged',
			contact: { Phone: '1', City: 'Oslo', Tags: ['a'], Fax: '9' },
		});
	});

	test('clear the field by "clear", as null', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', { Phone: '1', City: 'Oslo' });

		expect(await run(directory, item('ann@example.com', empties), { emptyValues: 'clear' })).toMatchObject({
			action: 'updated',
			changedFields: { Phone: { from: '1', to: null }, City: { from: 'Oslo', to: null } },
		});
	});

	test('are not sent on create, where there is nothing to clear', async () => {
		const directory = new MemoryDirectory();
		const outcome = await run(directory, item('ann@example.com', empties), { emptyValues: 'clear' });

		expect(Object.keys(outcome?.changedFields ?? {})).toEqual(['Email']);
		expect([...(directory.having('ann@example.com')[0]?.fields.keys() ?? [])]).toEqual(['Email']);
	});

	test('false and 0 are values', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', { Score: 5, VIP: true });

		expect(await run(directory, item('ann@example.com', { Score: 0, VIP: false }))).toMatchObject({
			changedFields: { Score: { from: 5, to: 0 }, VIP: { from: true, to: false } },
		});
	});

	test('an empty summary never clears the summary field', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', { Notes: 'We talked' });
		const input = item('ann@example.com', {}, { summary: { field: 'Notes', value: ' ' } });

		expect(await run(directory, input, { emptyValues: 'clear' })).toMatchObject({
			action: 'unchanged',
			contact: { Notes: 'We talked' },
		});
	});
});

describe('summary and origin marker', () => {
	const origin = { kind: 'marker', field: 'Source', value: 'n8n' } as const;

	test('a summary that is there already is not written again', async () => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', { Notes: 'We talked' });
		const input = item('ann@example.com', { Phone: '1' }, { summary: { field: 'Notes', value: 'We talked' } });

		expect(await run(directory, input, { allowUpdate: false })).toMatchObject({ action: 'unchanged', reason: null });
	});

	test('the summary wins over a value that is mapped to the same field', async () => {
		const input = item('ann@example.com', { Notes: 'mapped' }, { summary: { field: 'Notes', value: 'We talked' } });

		expect(await run(new MemoryDirectory(), input)).toMatchObject({ contact: { Notes: 'We talked' } });
	});

	test('nothing that is mapped may overwrite the marker', async () => {
		const directory = new MemoryDirectory();
		const input = item('ann@example.com', { Source: 'import' }, { summary: { field: 'Source', value: 'We talked' } });

		const created = await run(directory, input, { origin });
		expect(created).toMatchObject({ action: 'created', changedFields: { Source: { to: 'n8n' } } });
		expect(created?.warnings).toEqual([expect.stringContaining('origin marker')]);
		expect(await run(directory, input, { origin })).toMatchObject({ action: 'unchanged', contact: { Source: 'n8n' } });
	});

	test.each([
		{ kind: 'marker', field: 'Source', value: '' },
		{ kind: 'connectedUser', userId: '' },
	] as const)('a $kind that is empty makes nobody ours and writes nothing', async (empty) => {
		const directory = new MemoryDirectory();
		directory.add('ann@example.com', {}, { createdBy: '' });

		expect(await run(directory, item('ann@example.com'), { origin: empty })).toMatchObject({
			createdByThisIntegration: false,
		});
		const created = await run(directory, item('bob@example.com'), { origin: empty });
		expect(Object.keys(created?.changedFields ?? {})).toEqual(['Email']);
	});

	test('look-ups ask for all fields that the batch maps, the summary and the marker', async () => {
		const directory = new MemoryDirectory();
		const items = batch(
			item('a@x', { Phone: '1' }),
			item('b@x', { City: 'Oslo' }, { summary: { field: 'Notes', value: '' } }),
		);
		await createOrUpdate(items, policy({ origin }), directory);

		expect([...directory.askedFor].sort()).toEqual(['City', 'Email', 'Notes', 'Phone', 'Source']);
	});
});

test('an empty text or list of the vendor is null in the outcome, before and after the write', async () => {
	const directory = new MemoryDirectory();
	directory.add('ann@example.com', { Phone: '', Tags: [], City: 'Oslo' });
	expect(await run(directory, item('ann@example.com', { Phone: '1', Tags: [], City: 'Oslo' }))).toMatchObject({
		changedFields: { Phone: { from: null, to: '1' } },
		contact: { Phone: '1', Tags: null, City: 'Oslo' },
	});
});

test('a field called id does not hide the id of the contact', async () => {
	expect(await run(new MemoryDirectory(), item('ann@example.com', { id: 'mine' }))).toMatchObject({
		changedFields: { id: { from: null, to: 'mine' } },
		contact: { id: 'c1' },
	});
});

test('fields may be called __proto__ and constructor', async () => {
	const directory = new MemoryDirectory();
	const input = item('ann@example.com');
	const values = new Map([...input.values, ['__proto__', 'a'], ['constructor', 'b'], ['toString', 'c']]);

	const created = await run(directory, { ...input, values });
	expect(JSON.parse(JSON.stringify(created))).toEqual(created);
	expect(Object.entries(created?.changedFields ?? {}).slice(1)).toEqual([
		['__proto__', { from: null, to: 'a' }],
		['constructor', { from: null, to: 'b' }],
		['toString', { from: null, to: 'c' }],
	]);
	expect(Object.hasOwn(created?.contact ?? {}, '__proto__')).toBe(true);

	directory.add('bob@example.com');
	const bob = item('bob@example.com');
	expect(await run(directory, { ...bob, values: new Map([...bob.values, ['constructor', 'b']]) })).toMatchObject({
		action: 'updated',
	});
	expect(await run(directory, { ...input, values })).toMatchObject({ action: 'unchanged' });
});
