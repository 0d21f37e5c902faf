import { ItemParameters } from '../../../nodes/shared/itemParameters';
import { mappedValues, readMapping, storedFields, toMapperFields } from '../../../nodes/shared/createOrUpdate/mapper';
import { fakeExecute } from '../../support/fakeExecute';

const mapping = (fields: unknown) =>
	readMapping(new ItemParameters(fakeExecute({ parameters: { fields }, credentials: {} }), 0));

const entry = (id: string, more: object = {}) => ({
	id,
	displayName: `The ${id}`,
	required: false,
	display: true,
	...more,
});

const valuesOf = (fields: unknown, json: Record<string, unknown> = {}) => {
	const read = mapping(fields);
	return Object.fromEntries(mappedValues(read, storedFields(read).fields, json));
};

test('the fields that must be there come first in the mapper and are shown; the others can be added', () => {
	const { fields } = toMapperFields(
		[
			{ id: 'Phone', label: 'Phone', type: 'text', required: false },
			{ id: 'Birthdate', label: 'Birthdate', type: 'date', required: false },
			{ id: 'Stage', label: 'Stage', type: 'text', required: false, options: [{ value: 'a', label: 'A' }] },
			{ id: 'Email', label: 'Email', type: 'text', required: true, maxLength: 80 },
		],
		['Email'],
	);
	expect(fields.map(({ id, required, removed, type }) => [id, required, removed, type])).toEqual([
		['Email', true, false, 'string'],
		['Birthdate', false, true, 'dateTime'],
		['Phone', false, true, 'string'],
		['Stage', false, true, 'options'],
	]);
});

test('of the fields that can be added the name comes first, the others follow by their labels', () => {
	const { fields } = toMapperFields(
		[
			{ id: 'age', label: 'age', type: 'text', required: false },
			{ id: 'name', label: 'Name', type: 'text', required: false, name: true },
			{ id: 'Branch', label: 'Branch', type: 'text', required: true },
			{ id: 'whatsappNumber', label: 'WhatsApp Number', type: 'text', required: true, key: true },
		],
		['whatsappNumber'],
	);
	expect(fields.map(({ id }) => id)).toEqual(['whatsappNumber', 'Branch', 'name', 'age']);
});

test('mapped by hand, every value counts, also of a field that the stored list has not got', () => {
	const fields = {
		mappingMode: 'defineBelow',
		value: { a: '1', b: null, later: 'x' },
		schema: [entry('a'), entry('b')],
	};
	expect(valuesOf(fields)).toEqual({ a: '1', b: null, later: 'x' });
});

test('mapped by hand, a field that was taken out of the mapping does not count as an empty one', () => {
	const fields = {
		mappingMode: 'defineBelow',
		value: { a: '1', b: '' },
		schema: [entry('a'), entry('b', { removed: true })],
	};
	expect(valuesOf(fields)).toEqual({ a: '1' });
});

test("mapped automatically, only the vendor's fields are taken from the item: an agent's item holds other things too", () => {
	const fields = { mappingMode: 'autoMapInputData', value: null, schema: [entry('a'), entry('b')] };
	expect(valuesOf(fields, { a: 'Anna', toolCallId: 'call_1', headers: {} })).toEqual({ a: 'Anna' });
});

test('a mapping without a list of fields, as an import may leave it, is still read', () => {
	expect(valuesOf({ mappingMode: 'defineBelow', value: { a: 1 } })).toEqual({ a: '1' });
	expect(valuesOf({ mappingMode: 'defineBelow', value: null, schema: [] })).toEqual({});
});

test('a date in an old mapping needs the live fields, because day and point in time look alike there', () => {
	expect(storedFields(mapping({ value: {}, schema: [entry('a', { type: 'dateTime' })] })).needsLive).toBe(true);
	expect(
		storedFields(mapping({ value: {}, schema: [entry('a', { type: 'dateTime', field: { type: 'date' } })] })).needsLive,
	).toBe(false);
});

test('no mapping at all is said to be one', () => {
	expect(() => mapping(null)).toThrow('Fields is empty');
});
