import { withoutWriting } from '../../../upsert/dryRun';
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
