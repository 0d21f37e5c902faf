import fc from 'fast-check';

import { path } from '../../../http/path';
import { formatTarget, type TargetMode } from '../../../vendors/wati/target';
import { attempt, expectRefusal, property, type Property } from '../kit';
import { anyText, anyValue } from '../values';
import { readPhone } from '../readPhone';
import { phones } from './phones';

const FIELD = 'Target';
const modes = fc.constantFrom<TargetMode>('phone', 'contactId', 'conversationId', 'channelPhone', 'bsuid');
const ids = fc.stringMatching(/^[A-Za-z0-9_-]{4,130}$/);
const bsuids = fc.stringMatching(/^[A-Z]{2}\.[A-Za-z0-9]{3,20}$/);
const bare = fc.oneof(phones, ids, bsuids, anyValue);
export const targets: fc.Arbitrary<unknown> = fc.oneof(
	bare,
	fc.tuple(anyText, bare).map(([channel, rest]) => `${channel}:${typeof rest === 'string' ? rest : ''}`),
);

/** What WATI takes in each mode (apis/wati.md, section 2). */
const FORM: Record<TargetMode, RegExp> = {
	phone: /^\d{6,15}$/,
	contactId: /^([^:\p{Cc}]{1,100}:)?[A-Za-z0-9_-]{6,128}$/u,
	conversationId: /^[A-Za-z0-9_-]{6,128}$/,
	channelPhone: /^[^:\p{Cc}]{1,100}:\d{6,15}$/u,
	bsuid: /^([^:\p{Cc}]{1,100}:)?[A-Z]{2}\.[A-Za-z0-9]{5,}$/u,
};

const format = (mode: TargetMode, value: unknown) =>
	attempt(() => formatTarget({ mode, value, family: 'contact' }, readPhone));

const withPlus: Partial<Record<TargetMode, (target: string) => string>> = {
	phone: (target) => `+${target}`,
	channelPhone: (target) => target.replace(/:(?=\d+$)/, ':+'),
};

export const targetProperties: Property[] = [
	property('a target has the form of its mode, or is refused as Target', fc.tuple(modes, targets), ([mode, value]) => {
		const result = format(mode, value);
		if (result.done) expect(result.value).toMatch(FORM[mode]);
		else expectRefusal(result.problem, [FIELD]);
	}),
	property('a target that was read is read as the same again', fc.tuple(modes, targets), ([mode, value]) => {
		const result = format(mode, value);
		if (!result.done) return;
		const again = withPlus[mode]?.(result.value) ?? result.value;
		expect(format(mode, again)).toEqual(result);
	}),
	property(
		'a target that was read stays one segment of the path it is put into',
		fc.tuple(modes, targets),
		([mode, value]) => {
			const result = format(mode, value);
			if (!result.done) return;
			const url = new URL(path`/contacts/${result.value}/tags`, 'https://api.example.com');
			expect(url.pathname.split('/')).toHaveLength(4);
			expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(result.value);
		},
	),
];
