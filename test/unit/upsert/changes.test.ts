import { sameValue } from '../../../upsert/changes';
import type { FieldType, FieldValue } from '../../../upsert/types';

const SAME: Array<[FieldType, FieldValue | undefined, FieldValue | undefined]> = [
	['text', 'Ann', ' Ann '],
	['text', 'one\r\ntwo', 'one\ntwo'],
	['text', 12, '12'],
	['text', null, ''],
	['text', undefined, null],
	['text', undefined, '  '],
	['number', 12, '12'],
	['number', '12.50', 12.5],
	['number', -0, 0],
	['number', null, ''],
	['boolean', true, 'TRUE'],
	['boolean', false, null],
	['date', '2024-05-01', '2024-05-01T00:00:00.000+02:00'],
	['dateTime', '2024-05-01T10:00:00.000+0000', '2024-05-01T10:00:00Z'],
	['dateTime', '2024-05-01T15:30:00.000+0530', '2024-05-01T10:00:00Z'],
	['dateTime', '2024-05-01T12:00:00+02:00', '2024-05-01T10:00:00.000Z'],
	['dateTime', '2024-05-01T10:00:00.987Z', '2024-05-01T10:00:00Z'],
	['dateTime', '2024-05-01T10:00Z', '2024-05-01 10:00:00Z'],
	['list', ['a', 'b'], ['b', 'a']],
	['list', ['a', 'a'], ['a ']],
	['list', 'a', ['a']],
	['list', [], null],
];

const DIFFERENT: Array<[FieldType, FieldValue | undefined, FieldValue | undefined]> = [
	['text', 'Ann', 'ann'],
	['text', '007', '7'],
	['text', '12', '12.0'],
	['text', '+14155552671', '14155552671'],
	['text', 'one two', 'one  two'],
	['text', 'false', null],
	['number', 0, null],
	['number', '9007199254740992', '9007199254740993'],
	['number', 'twelve', 12],
	['boolean', true, null],
	['boolean', true, false],
	['date', '2024-05-01', '2024-05-02'],
	['date', '2024-05-01', '2024-05'],
	['dateTime', '2024-05-01T10:00:00Z', '2024-05-01T10:00:01Z'],
	['dateTime', '2024-05-01T10:00:00', '2024-05-01T10:00:00Z'],
	['list', ['a', 'b'], ['a']],
	['list', ['a'], ['A']],
	['list', ['a,b'], ['a', 'b']],
];

test.each(SAME)('%s: %j is not changed by %j', (type, a, b) => {
	expect(sameValue(a, b, type)).toBe(true);
	expect(sameValue(b, a, type)).toBe(true);
});

test.each(DIFFERENT)('%s: %j is changed by %j', (type, a, b) => {
	expect(sameValue(a, b, type)).toBe(false);
	expect(sameValue(b, a, type)).toBe(false);
});
