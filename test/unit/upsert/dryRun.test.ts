import { nothingBelieved, withoutWriting } from '../../../upsert/dryRun';
import type { ContactDirectory, FieldValues } from '../../../upsert/types';

const key = { field: 'email', label: 'Email', value: 'a@b.example', compare: 'a@b.example' };
const contact = { id: '1', fields: new Map() };
const good: FieldValues = new Map([['phone', '1']]);
const bad: FieldValues = new Map([['gone', '1']]);

const neverWritten = async (): Promise<never> => await Promise.reject(new Error('A dry run has written'));

const directory = (more: Partial<ContactDirectory> = {}): ContactDirectory => ({
	fields: [],
	find: async () => await Promise.resolve([]),
	create: neverWritten,
	update: neverWritten,
	...more,
});

const noSuchField = { message: 'There is no field "gone"' };
const knowing = directory({ check: (values) => (values.has('gone') ? noSuchField : undefined) });

test('writes nothing, and believes that every write would succeed', async () => {
	const dry = withoutWriting(directory());
	expect(await dry.create([{ key, values: bad }])).toEqual([{ ok: true, id: '' }]);
	expect(await dry.update([{ key, contact, values: bad }])).toEqual([{ ok: true, id: '1' }]);
});

test('says of a write what the directory knows without sending it', async () => {
	const dry = withoutWriting(knowing);
	const problem = { ok: false, problem: noSuchField };
	expect(await dry.create([bad, good].map((values) => ({ key, values })))).toEqual([problem, { ok: true, id: '' }]);
	expect(await dry.update([bad, good].map((values) => ({ key, contact, values })))).toEqual([
		problem,
		{ ok: true, id: '1' },
	]);
});

describe('a later batch of the same dry run meets what an earlier one would have written', () => {
	const found = [{ id: '1', fields: new Map([['city', 'Rome']]) }];
	const nobody = directory({ find: async () => await Promise.resolve([{ ok: true, contacts: [] }]) });
	const somebody = directory({ find: async () => await Promise.resolve([{ ok: true, contacts: found }]) });
	const user = { kind: 'connectedUser', userId: 'me' } as const;

	test('a contact that it would make, by the user of the connection', async () => {
		const believed = nothingBelieved();
		await withoutWriting(nobody, { kind: 'none' }, believed).create([{ key, values: good }]);
		const made = { id: '', fields: good, createdBy: 'me' };
		expect(await withoutWriting(nobody, user, believed).find([key], [])).toEqual([{ ok: true, contacts: [made] }]);
		expect(await withoutWriting(nobody, user).find([key], [])).toEqual([{ ok: true, contacts: [] }]);
	});

	test('a contact that it would change, and the one it would make', async () => {
		const believed = nothingBelieved();
		const dry = withoutWriting(somebody, user, believed);
		await dry.update([{ key, contact, values: good }]);
		expect(await dry.find([key], [])).toMatchObject([
			{ contacts: [{ id: '1', fields: new Map([...(found[0]?.fields ?? []), ...good]) }] },
		]);

		const fresh = withoutWriting(nobody, user, believed);
		await fresh.create([{ key, values: good }]);
		await fresh.update([{ key, contact: { id: '', fields: good }, values: new Map([['phone', '2']]) }]);
		expect(await fresh.find([key], [])).toMatchObject([{ contacts: [{ fields: new Map([['phone', '2']]) }] }]);
	});

	test('nothing that would be refused, and no look-up that went wrong', async () => {
		const believed = nothingBelieved();
		await withoutWriting(knowing, user, believed).create([{ key, values: bad }]);
		expect(believed).toEqual(nothingBelieved());

		await withoutWriting(nobody, user, believed).create([{ key, values: good }]);
		const failed = directory({ find: async () => await Promise.resolve([{ ok: false, problem: noSuchField }]) });
		expect(await withoutWriting(failed, user, believed).find([key], [])).toEqual([{ ok: false, problem: noSuchField }]);
	});
});
