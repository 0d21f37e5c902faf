import fc from 'fast-check';

import { InputProblem } from '../../../http/errors';
import { checkParameters, readParameters } from '../../../vendors/wati/parameters';
import { readRecipients } from '../../../vendors/wati/recipients';
import { attempt, expectRefusal, expectWords, property, type Property } from '../kit';
import { anyJson, anyText, damaged } from '../values';
import { readPhone } from '../readPhone';
import { phones } from './phones';

const FIELD = 'Recipients';

const entries = fc.record(
	{
		phone: phones,
		phone_number: phones,
		target: anyText,
		contact_id: anyText,
		parameters: fc.oneof(fc.dictionary(anyText, anyText, { maxKeys: 3 }), anyJson),
		custom_params: fc.oneof(fc.array(fc.record({ name: anyText, value: anyText }), { maxLength: 3 }), anyJson),
		local_message_id: fc.oneof(anyText, anyJson),
	},
	{ requiredKeys: [] },
);
const usable = fc.record({
	phone: fc.integer({ min: 1000, max: 9999 }).map((end) => `+1415555${end}`),
	parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { maxKeys: 3 }),
});
const unknownKeys = fc.dictionary(anyText, anyJson, { minKeys: 1, maxKeys: 3 });
const lists = fc.oneof(
	{ weight: 3, arbitrary: fc.array(fc.oneof(usable, entries, unknownKeys, anyJson), { maxLength: 12 }) },
	{ weight: 1, arbitrary: fc.array(usable, { minLength: 1, maxLength: 12 }).chain(damaged) },
	{ weight: 1, arbitrary: anyJson },
);

const read = (list: unknown) => attempt(() => readRecipients(list, readPhone, 'US'));

export const recipientProperties: Property[] = [
	property('a list of recipients gives one result for each entry, or is refused as Recipients', lists, (list) => {
		const result = read(list);
		if (!result.done) return expectRefusal(result.problem, [FIELD]);
		expect(result.value).toHaveLength(Array.isArray(list) ? list.length : -1);
		for (const [index, one] of result.value.entries()) {
			if ('error' in one) {
				if (!(one.error instanceof InputProblem)) throw one.error;
				expectRefusal(one.error, [FIELD, `Recipient ${index + 1}`]);
				continue;
			}
			const address = 'target' in one.address ? one.address.target : one.address.phoneNumber;
			expect(address).toMatch(/^(\d{6,15}|[A-Za-z0-9_-]{6,128}|[A-Z]{2}\.[A-Za-z0-9]{5,})$/);
			for (const { name, value } of one.parameters) expect([typeof name, typeof value]).toEqual(['string', 'string']);
		}
	}),
	property(
		'what is wrong with one recipient leaves the others as they are',
		fc.tuple(fc.array(usable, { minLength: 1, maxLength: 5 }), entries),
		([good, other]) => {
			const alone = read(good);
			const together = read([...good, other]);
			if (!alone.done || !together.done) throw new Error('A usable list was refused');
			expect(together.value.slice(0, good.length)).toEqual(alone.value);
		},
	),
	property(
		'no two recipients get the same ID of the builder',
		fc.array(fc.tuple(usable, fc.constantFrom('a', ' a', 'b', '')), { minLength: 1, maxLength: 6 }),
		(list) => {
			const result = read(list.map(([one, id]) => ({ ...one, local_message_id: id })));
			if (!result.done) throw result.problem;
			const ids = result.value.flatMap((one) => ('error' in one || !one.localMessageId ? [] : [one.localMessageId]));
			expect(new Set(ids).size).toBe(ids.length);
		},
	),
	property(
		"template parameters are exactly the template's, none of them blank, or refused",
		fc.tuple(
			fc.oneof(anyJson, fc.dictionary(fc.constantFrom('name', 'order', 'code'), anyText)),
			fc.option(fc.uniqueArray(fc.constantFrom('name', 'order', 'code')), { nil: undefined }),
		),
		([value, wanted]) => {
			const result = attempt(() =>
				checkParameters(readParameters(value, 'Template Parameters'), wanted, 'Template Parameters'),
			);
			if (!result.done) return expectRefusal(result.problem, ['Template Parameters']);
			if (wanted) expect(result.value.map(({ name }) => name)).toEqual(wanted);
			for (const parameter of result.value) expect(parameter.value.trim()).not.toBe('');
		},
	),
	property(
		'every refusal of a recipient can be shown',
		fc.array(fc.oneof(entries, unknownKeys), { minLength: 1, maxLength: 3 }),
		(list) => {
			const result = read(list);
			if (!result.done) return expectWords(result.problem);
			for (const one of result.value) if ('error' in one) expectWords(one.error);
		},
	),
];
