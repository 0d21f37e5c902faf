import fc from 'fast-check';

import { mappedValues, readMapping, storedFields, toMapperFields } from '../../../nodes/shared/createOrUpdate/mapper';
import { ItemParameters } from '../../../nodes/shared/itemParameters';
import type { FieldType, FieldValue } from '../../../upsert/types';
import { fieldValue, type WritableField } from '../../../vendors/shared/contactField';
import { toSalesforce } from '../../../vendors/salesforce/values';
import { storedValue, writtenRow } from '../../../vendors/zoho/values';
import { fakeExecute } from '../../support/fakeExecute';
import { attempt, expectRefusal, property, type Property } from '../kit';
import { anyJson, anyText, anyValue, damaged } from '../values';

const choices = fc.option(
	fc.array(fc.record({ value: fc.constantFrom('a', 'b', 'c;d', ''), label: fc.constantFrom('A', 'B', 'a') }), {
		maxLength: 3,
	}),
	{ nil: undefined },
);
const fields: fc.Arbitrary<WritableField> = fc
	.record({
		type: fc.constantFrom<FieldType>('text', 'number', 'boolean', 'date', 'dateTime', 'list'),
		options: choices,
		restricted: fc.boolean(),
		maxLength: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
		integer: fc.boolean(),
	})
	.map((field) => ({ id: 'Field__c', label: 'The Field', required: false, ...field }));

const likely: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>(
		'a',
		'A',
		'a;b',
		['a', 'b'],
		[['a']],
		'true',
		'no',
		1,
		0,
		'1',
		' 12.5 ',
		'0x10',
		'1e400',
		'Infinity',
		'-0',
		'2026-12-24',
		'2026-02-31',
		'2026-02-31T10:00:00Z',
		'9999-12-31T23:59:59-12:00',
		'2026-12-24T10:00:00+02:00',
		'0000-00-00',
	),
	anyValue,
);

/** What each type of field may hold. */
const HOLDS: Record<FieldType, (value: FieldValue) => boolean> = {
	text: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number' && Number.isFinite(value),
	boolean: (value) => typeof value === 'boolean',
	date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
	dateTime: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
	list: (value) =>
		Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '[object Object]'),
};

function expectHeld(field: WritableField, value: FieldValue): void {
	if (value === null) return;
	if (!HOLDS[field.type](value)) throw new Error(`A field of type ${field.type} would hold ${JSON.stringify(value)}`);
	if (field.integer && typeof value === 'number') expect(Number.isInteger(value)).toBe(true);
	if (field.type === 'text' && field.maxLength !== undefined && !field.options)
		expect(String(value).length).toBeLessThanOrEqual(field.maxLength);
	const isChoice = field.restricted && field.options !== undefined && (field.type === 'text' || field.type === 'list');
	if (isChoice)
		for (const one of Array.isArray(value) ? value : [value])
			expect(field.options?.map((option) => option.value)).toContain(one);
}

const parameter = (name: string, value: unknown) =>
	new ItemParameters(fakeExecute({ parameters: { [name]: () => value }, credentials: {} }), 0);

const sample = {
	mappingMode: 'defineBelow',
	value: { Email: 'anna@example.com', Phone: '+14155552671', Birthdate: '2026-12-24', Stage: 'a' },
	matchingColumns: [],
	schema: [
		{
			id: 'Email',
			displayName: 'Email',
			required: true,
			removed: false,
			type: 'string',
			field: { type: 'text', maxLength: 80 },
		},
		{
			id: 'Birthdate',
			displayName: 'Birthdate',
			required: false,
			removed: false,
			type: 'dateTime',
			field: { type: 'date' },
		},
		{
			id: 'Stage',
			displayName: 'Stage',
			required: false,
			removed: false,
			type: 'options',
			options: [{ name: 'A', value: 'a' }],
			field: { type: 'text', restricted: true },
		},
		{ id: 'Phone', displayName: 'Phone', required: false, removed: true, type: 'string' },
	],
};
const mappings = fc.oneof({ weight: 4, arbitrary: damaged(sample) }, { weight: 1, arbitrary: anyJson });

export const mapperProperties: Property[] = [
	property(
		'a mapped value is one that its field can hold, or is refused by the label of the field',
		fc.tuple(fields, likely),
		([field, value]) => {
			const result = attempt(() => fieldValue(field, value));
			if (result.done) expectHeld(field, result.value);
			else expectRefusal(result.problem, ['The Field']);
		},
	),
	property('a mapped value that was read is read as the same again', fc.tuple(fields, likely), ([field, value]) => {
		const result = attempt(() => fieldValue(field, value));
		if (result.done) expect(attempt(() => fieldValue(field, result.value))).toEqual(result);
	}),
	property(
		'every value that a field can hold can be sent to Salesforce and to Zoho as JSON',
		fc.tuple(fields, likely),
		([field, value]) => {
			const result = attempt(() => fieldValue(field, value));
			if (!result.done) return;
			const row = writtenRow(new Map([[field.id, result.value]]), [field]);
			expect(JSON.parse(JSON.stringify(row))).toEqual(row);
			expect(JSON.stringify({ value: toSalesforce(result.value) })).toContain('"value":');
		},
	),
	property(
		'whatever a mapping holds, its values are read or the field is named',
		fc.tuple(mappings, fc.dictionary(anyText, anyJson, { maxKeys: 4 })),
		([mapping, json]) => {
			const result = attempt(() => {
				const read = readMapping(parameter('fields', mapping));
				return [...mappedValues(read, storedFields(read).fields, json)];
			});
			if (!result.done) {
				const isNamed = result.problem.field !== '' || /""/.test(JSON.stringify(mapping));
				expect(isNamed).toBe(true);
				return expectRefusal(result.problem, [result.problem.field]);
			}
			for (const [, value] of result.value)
				if (value !== null && typeof value === 'object') expect(Array.isArray(value)).toBe(true);
		},
	),
	property(
		'the fields of any vendor make a mapper that is read back as the same fields',
		fc.uniqueArray(fc.tuple(anyText, anyText, fields), { maxLength: 6, selector: ([id]) => id }),
		(list) => {
			const given = list.map(([id, label, field]) => ({ ...field, id, label }));
			const { fields: schema } = toMapperFields(given, ['Email']);
			const stored: unknown = JSON.parse(JSON.stringify({ mappingMode: 'defineBelow', value: {}, schema }));
			const read = storedFields(readMapping(parameter('fields', stored))).fields;
			expect([...read.keys()].sort()).toEqual(given.map(({ id }) => id).sort());
			for (const { id, label, type, maxLength, options } of given) {
				expect(read.get(id)).toMatchObject({ label, type, ...(maxLength === undefined ? {} : { maxLength }) });
				expect(read.get(id)?.options?.map(({ value }) => value)).toEqual(options?.map(({ value }) => value));
			}
		},
	),
	property(
		'JSON typed into a parameter is read, or refused by its field',
		fc.oneof(
			anyText,
			anyJson.map((value) => JSON.stringify(value)),
			anyJson.map((value) => JSON.stringify(value).slice(0, -1)),
		),
		(typed) => {
			const result = attempt(() => parameter('list', typed).json('list', 'Recipients'));
			if (!result.done) expectRefusal(result.problem, ['Recipients']);
		},
	),
	property('whatever Zoho stores in a field, the engine can compare it', anyJson, (value) => {
		const read = storedValue(value);
		if (typeof read === 'object' && read !== null) expect(read.every((entry) => typeof entry === 'string')).toBe(true);
	}),
];
