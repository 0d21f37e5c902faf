import { loadPhoneReader, type PhoneReader } from '../../../vendors/shared/phone';
import { formatTarget, TARGETS, type TargetFamily, type TargetMode } from '../../../vendors/wati/target';
import { refusalOf } from '../../support/refusalOf';

let readPhone: PhoneReader;
beforeAll(async () => void (readPhone = await loadPhoneReader()));

const ID = '6a9f0c1d2e3b4a5f6c7d8e9f';

describe('a target as WATI wants it', () => {
	test.each<[TargetMode, unknown, string]>([
		['phone', '+1 (415) 555-2671', '14155552671'],
		['phone', 14155552671, '14155552671'],
		['phone', ' 14155552671 ', '14155552671'],
		['phone', '+52 1 55 1234 5678', '5215512345678'],
		['contactId', ID, ID],
		['contactId', ` ${ID}\n`, ID],
		['contactId', '123456', '123456'],
		['conversationId', ID, ID],
		['conversationId', 'abc-DEF_123', 'abc-DEF_123'],
		['channelPhone', '15550001111:+14155552671', '15550001111:14155552671'],
		['channelPhone', '+15550001111 : +1 415 555 2671', '15550001111:14155552671'],
		['channelPhone', '+1 (555) 000-1111:14155552671', '15550001111:14155552671'],
		['channelPhone', 'My Channel:14155552671', 'My Channel:14155552671'],
		['channelPhone', 'Größe/1:+14155552671', 'Größe/1:14155552671'],
		['bsuid', 'ML.2011135123094924', 'ML.2011135123094924'],
		['bsuid', '15550001111:ML.2011135123094924', '15550001111:ML.2011135123094924'],
		['bsuid', 'Sales:US.13491208655302741918', 'Sales:US.13491208655302741918'],
	])('%s %j is %s', (mode, value, expected) => {
		expect(formatTarget({ mode, value, family: 'conversation' }, readPhone)).toBe(expected);
	});

	test.each<[TargetFamily, TargetMode, string, string | undefined]>([
		['chatbot', 'contactId', `Sales:${ID}`, `Sales:${ID}`],
		['chatbot', 'contactId', `+15550001111: ${ID}`, `15550001111:${ID}`],
		['contact', 'contactId', `Sales:${ID}`, `Sales:${ID}`],
		['contact', 'bsuid', 'Sales:ML.2011135123094924', 'Sales:ML.2011135123094924'],
		['conversation', 'contactId', `Sales:${ID}`, undefined],
		['recipient', 'contactId', `Sales:${ID}`, undefined],
		['recipient', 'bsuid', 'Sales:ML.2011135123094924', undefined],
		['recipient', 'bsuid', 'ML.2011135123094924', 'ML.2011135123094924'],
	])('of a %s, by %s: a channel in front of the ID, where WATI takes one (%s)', (family, mode, value, expected) => {
		const format = () => formatTarget({ mode, value, family }, readPhone);
		if (expected === undefined) expect(format).toThrow(/doesn't have the form/);
		else expect(format()).toBe(expected);
	});

	test('a number without country code is completed by the default country, also behind a channel', () => {
		const given = { value: '(415) 555-2671', defaultCountry: 'US', family: 'contact' } as const;
		expect(formatTarget({ mode: 'phone', ...given }, readPhone)).toBe('14155552671');
		expect(formatTarget({ ...given, mode: 'channelPhone', value: 'Sales:(415) 555-2671' }, readPhone)).toBe(
			'Sales:14155552671',
		);
	});
});

describe('what is refused, with the form that is expected', () => {
	test.each<[TargetMode, unknown, RegExp]>([
		['phone', '12', /not a phone number/],
		['phone', ID, /not a phone number/],
		['contactId', '+14155552671', /doesn't have the form/],
		['contactId', 'abc', /doesn't have the form/],
		['contactId', '../contacts', /doesn't have the form/],
		['contactId', 'a'.repeat(129), /doesn't have the form/],
		['conversationId', `15550001111:${ID}`, /doesn't have the form/],
		['conversationId', 'a b c d e f', /doesn't have the form/],
		['channelPhone', '14155552671', /doesn't have the form/],
		['channelPhone', ':14155552671', /doesn't have the form/],
		['channelPhone', 'a:b:14155552671', /doesn't have the form/],
		['channelPhone', 'Sales:', /doesn't have the form/],
		['channelPhone', 'Sales:12', /not a phone number/],
		['channelPhone', 'Sa\u0000les:14155552671', /doesn't have the form/],
		['channelPhone', `${'x'.repeat(101)}:14155552671`, /doesn't have the form/],
		['bsuid', '14155552671', /doesn't have the form/],
		['bsuid', 'ml.2011135123094924', /doesn't have the form/],
		['bsuid', 'ML.', /doesn't have the form/],
		['bsuid', 'ML.123 456', /doesn't have the form/],
		['bsuid', ':ML.2011135123094924', /doesn't have the form/],
	])('%s %j', (mode, value, reason) => {
		expect(() => formatTarget({ mode, value, family: 'conversation' }, readPhone)).toThrow(reason);
	});

	test.each<TargetMode>(['phone', 'contactId', 'conversationId', 'channelPhone', 'bsuid'])(
		'nothing at all as %s',
		(mode) => {
			for (const value of ['', ' ', null, undefined]) {
				expect(() => formatTarget({ mode, value, family: 'contact' }, readPhone)).toThrow('Target is empty');
			}
		},
	);

	test.each<TargetMode>(['phone', 'contactId', 'conversationId', 'channelPhone', 'bsuid'])(
		'something else than a text as %s is told, not called empty',
		(mode) => {
			for (const value of [{ phone: '+14155552671' }, ['+14155552671'], true]) {
				expect(() => formatTarget({ mode, value, family: 'contact' }, readPhone)).toThrow(
					'Target is neither a text nor a number',
				);
			}
		},
	);

	test.each<[TargetFamily, string, string | undefined]>([
		['conversation', 'ML.2011135123094924', 'Business-Scoped User ID'],
		['contact', '6a9f0c1d2e3b4a5f6c7d8e9f', 'Contact ID'],
		['conversation', '6a9f0c1d2e3b4a5f6c7d8e9f', 'Conversation ID'],
		['chatbot', 'Sales:6a9f0c1d2e3b4a5f6c7d8e9f', 'Contact ID'],
		['contact', '14155550100:+1 415 555 2671', 'Channel and Phone'],
		['recipient', '14155550100:14155552671', undefined],
		['contact', '4155552671', undefined],
		['contact', 'https://wa.me/14155552671', undefined],
	])('as a phone number of a %s, %s is told to be a %s', (family, value, form) => {
		const refusal = refusalOf(() => formatTarget({ mode: 'phone', value, family }, readPhone));
		expect(refusal.message).toContain('Target is not a phone number');
		expect(/choose "(.*)" in place of/.exec(refusal.description)?.[1]).toBe(form);
	});
});

test('conversations take no contact id, contacts no conversation id, chatbots no BSUID, recipients no channel', () => {
	expect(TARGETS.conversation).not.toContain('contactId');
	expect(TARGETS.contact).not.toContain('conversationId');
	expect(TARGETS.chatbot).not.toContain('bsuid');
	expect(TARGETS.recipient).not.toContain('channelPhone');
});
