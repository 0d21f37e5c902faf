import { byPhone, testOperations, withWatiNode, type OperationCase } from './operationTable';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';

const PHONE = '14155550000';

/** A contact who has just written; the first conversation of a fresh account. */
function openConversation(wati: WatiSimulator) {
	const contact = wati.account.addContact({ phone: PHONE, name: 'Anna' });
	return wati.account.addConversation(contact);
}

const send = (operation: string, parameters: Record<string, unknown>): Record<string, unknown> => ({
	resource: 'message',
	operation,
	target: byPhone('+1 415 555 0000'),
	simplify: true,
	options: {},
	...parameters,
});

/** What comes out for each item; ids and times are WATI's own. */
const sent = (type: string, text: string | null) => () => ({
	id: expect.stringMatching(/^e0/),
	localMessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
	conversationId: expect.stringMatching(/^d0/),
	status: 'sent',
	type,
	text,
	createdAt: expect.stringMatching(/^\d{4}-/),
});

const refusedSends = [
	{ body: { message: { status: 'failed', failed_detail: '131047: too late' } }, message: /131047: too late/ },
	{ body: { message: null }, message: /without saying why/ },
	{ body: { message: 'the conversation has expired' }, message: /the conversation has expired/ },
	{ body: { result: false, info: 'not today' }, message: /not today/ },
	{ body: { ok: false, message: 'not this either' }, message: /not this either/ },
	{ body: { code: 400, message: 'nor this', timestamp: '' }, message: /nor this/ },
];

const cases: OperationCase[] = [
	{
		name: 'Send Text',
		seed: openConversation,
		parameters: send('sendText', { text: 'Hello' }),
		request: { method: 'POST', path: '/conversations/messages/text', body: { target: PHONE, text: 'Hello' } },
		output: sent('text', 'Hello'),
		bad: { parameters: { text: 'x'.repeat(4097) }, message: /^Text is too long$/ },
		refusedInside: refusedSends,
	},
	{
		name: 'Send File via URL',
		seed: openConversation,
		parameters: send('sendFileViaUrl', { fileUrl: 'https://example.com/may.pdf', caption: 'Your invoice' }),
		request: {
			method: 'POST',
			path: '/conversations/messages/fileViaUrl',
			body: { target: PHONE, file_url: 'https://example.com/may.pdf', caption: 'Your invoice' },
		},
		output: sent('document', 'Your invoice'),
		bad: { parameters: { fileUrl: 'ftp://example.com/may.pdf' }, message: /^File URL is not a web address$/ },
		refusedInside: refusedSends,
	},
	{
		name: 'Send Interactive Buttons without a header',
		seed: openConversation,
		parameters: send('sendInteractiveButtons', {
			headerType: 'none',
			body: 'May we call?',
			buttons: { button: [{ text: 'Yes' }, { text: 'No' }] },
			options: { footer: 'Mondays to Fridays' },
		}),
		request: {
			method: 'POST',
			path: '/conversations/messages/interactive',
			body: {
				target: PHONE,
				type: 'buttons',
				button_message: {
					body: 'May we call?',
					footer: 'Mondays to Fridays',
					buttons: [{ text: 'Yes' }, { text: 'No' }],
				},
			},
		},
		output: sent('interactive', 'May we call?'),
		bad: {
			parameters: { buttons: { button: [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }] } },
			message: /^Buttons has too many entries$/,
		},
		refusedInside: refusedSends,
	},
	{
		name: 'Send Interactive List',
		seed: openConversation,
		parameters: send('sendInteractiveList', {
			body: 'When?',
			buttonText: 'Choose a time',
			specifySections: 'fields',
			sections: {
				section: [
					{ title: 'Today', rows: { row: [{ title: 'Noon', description: '' }] } },
					{ title: 'Tomorrow', rows: { row: [{ title: 'Morning', description: '9 to 12' }] } },
				],
			},
			options: { header: 'Your appointment' },
		}),
		request: {
			method: 'POST',
			path: '/conversations/messages/interactive',
			body: {
				target: PHONE,
				type: 'list',
				list_message: {
					header: 'Your appointment',
					body: 'When?',
					button_text: 'Choose a time',
					sections: [
						{ title: 'Today', rows: [{ title: 'Noon' }] },
						{ title: 'Tomorrow', rows: [{ title: 'Morning', description: '9 to 12' }] },
					],
				},
			},
		},
		output: sent('interactive', 'When?'),
		bad: {
			parameters: { sections: { section: [{ title: 'A', rows: { row: [{ title: 'x'.repeat(25) }] } }] } },
			message: /^Section 1, title of row 1 is too long$/,
		},
		refusedInside: refusedSends,
	},
	{
		name: 'Send Typing Indicator',
		seed: openConversation,
		parameters: send('sendTypingIndicator', {}),
		request: { method: 'POST', path: '/conversations/typingIndicator', body: { target: PHONE } },
		output: () => ({ success: true }),
		bad: { parameters: { target: byPhone('12') }, message: /^Target is not a phone number/ },
		refusedInside: [
			{ body: { success: false }, message: /refused to show the typing indicator/ },
			{ body: { result: false, info: 'not today' }, message: /not today/ },
		],
	},
	{
		name: 'Get Many',
		seed: (wati) => {
			const conversation = openConversation(wati);
			wati.account.addMessage(conversation, { text: 'Hello', owner: false });
			wati.account.addTicketEvent(conversation, 1);
		},
		parameters: send('getMany', { returnAll: false, limit: 2 }),
		request: {
			method: 'GET',
			path: `/conversations/${PHONE}/messages`,
			query: { page_number: '1', page_size: '2' },
		},
		output: () => [
			expect.objectContaining({ event: 'ticket', type: 1, direction: null, text: null }),
			expect.objectContaining({ event: 'message', type: 'text', direction: 'in', text: 'Hello', status: 'SENT' }),
		],
		bad: { parameters: { limit: 0 }, message: /^Limit is not a whole number/ },
		refusedInside: [
			{ body: { result: false, info: 'not today' }, message: /not today/ },
			{ body: { code: 400, message: 'not this either', timestamp: '' }, message: /not this either/ },
		],
	},
];

testOperations(cases);

const { wati, run } = withWatiNode();
beforeEach(() => openConversation(wati));

describe('sending', () => {
	const text = send('sendText', { text: 'Hello' });

	test.each([
		['a 500', { status: 500, body: { code: 500, message: 'oops', timestamp: '' } }],
		['a connection that ends after WATI has sent it', { drop: 'after' as const }],
		['an answer that is no JSON', { status: 200, body: '<html></html>' }],
	])('is not repeated after %s, and the builder is told how to find out', async (_what, fault) => {
		wati.fault(fault);
		await expect(run({ parameters: text })).rejects.toMatchObject({
			context: { kind: 'outcomeUnknown' },
			description: expect.stringContaining('Run Message > Get Many'),
		});
		expect(wati.log).toHaveLength(1);
	});

	test('outside of the 24 hours says to use a template', async () => {
		wati.account.advance(25 * 60 * 60 * 1000);
		await expect(run({ parameters: text })).rejects.toMatchObject({
			message: expect.stringContaining('131047'),
			description: expect.stringContaining('Template > Send'),
		});
	});

	test('gives everything WATI answered when Simplify is off', async () => {
		const [item] = await run({ parameters: { ...text, simplify: false } });
		expect(item?.json).toMatchObject({ local_message_id: expect.any(String), bot_type: 'regular' });
	});
});

describe('an interactive message', () => {
	const buttons = (parameters: Record<string, unknown>) =>
		send('sendInteractiveButtons', {
			headerType: 'none',
			body: 'Body',
			buttons: { button: [{ text: 'Yes' }] },
			...parameters,
		});
	const list = (sectionsJson: unknown) =>
		send('sendInteractiveList', { body: 'Body', buttonText: 'Choose', specifySections: 'json', sectionsJson });

	test.each([
		['text', { headerText: 'Offer' }, { type: 'text', text: 'Offer' }],
		[
			'image',
			{ mediaUrl: 'https://example.com/a.jpg' },
			{ type: 'image', media: { url: 'https://example.com/a.jpg' } },
		],
		[
			'document',
			{ mediaUrl: 'https://example.com/a.pdf', options: { mediaFileName: 'offer.pdf' } },
			{ type: 'document', media: { url: 'https://example.com/a.pdf', file_name: 'offer.pdf' } },
		],
	])('has a header of type %s', async (headerType, more, header) => {
		await run({ parameters: buttons({ headerType, ...more }) });
		expect(wati.log[0]?.body).toMatchObject({ button_message: { header } });
	});

	test('counts the letters of a button without the blanks around them', async () => {
		await run({ parameters: buttons({ buttons: { button: [{ text: ` ${'x'.repeat(20)} ` }] } }) });
		expect(wati.log[0]?.body).toMatchObject({ button_message: { buttons: [{ text: 'x'.repeat(20) }] } });
	});

	test('takes its sections as JSON text, and one section without a title', async () => {
		await run({ parameters: list('[{"rows":[{"title":"One"},{"title":2}]}]') });
		expect(wati.log[0]?.body).toMatchObject({
			list_message: { sections: [{ rows: [{ title: 'One' }, { title: '2' }] }] },
		});
	});

	const rows = (count: number, start = 0) =>
		Array.from({ length: count }, (_, index) => ({ title: `Row ${start + index}` }));

	test.each([
		[
			'a button that is too long',
			buttons({ buttons: { button: [{ text: 'x'.repeat(21) }] } }),
			/^Text of button 1 is too long$/,
		],
		[
			'two buttons alike',
			buttons({ buttons: { button: [{ text: 'Yes' }, { text: 'Yes ' }] } }),
			/two buttons with the same text/,
		],
		['no button', buttons({ buttons: {} }), /^Buttons has too few entries$/],
		['a body that is too long', buttons({ body: 'x'.repeat(1025) }), /^Body is too long$/],
		['a footer that is too long', buttons({ options: { footer: 'x'.repeat(61) } }), /^Footer is too long$/],
		['a header without its text', buttons({ headerType: 'text', headerText: ' ' }), /^Header Text is empty$/],
		['a medium without an address', buttons({ headerType: 'image', mediaUrl: () => '' }), /^Media URL is empty$/],
		[
			'11 rows',
			list([
				{ title: 'A', rows: rows(6) },
				{ title: 'B', rows: rows(5, 6) },
			]),
			/^Rows of all sections together has too many/,
		],
		['two sections without titles', list([{ rows: rows(1) }, { rows: rows(1, 1) }]), /^Title of section 1 is empty$/],
		[
			'two sections alike',
			list([
				{ title: 'A', rows: rows(1) },
				{ title: 'A', rows: rows(1, 1) },
			]),
			/two sections with the same/,
		],
		[
			'two rows alike',
			list([
				{ title: 'A', rows: rows(1) },
				{ title: 'B', rows: rows(1) },
			]),
			/two rows with the same text/,
		],
		[
			'an empty section',
			list([
				{ title: 'A', rows: rows(1) },
				{ title: 'B', rows: [] },
			]),
			/^Rows of section 2 has too few/,
		],
		[
			'a description that is too long',
			list([{ rows: [{ title: 'A', description: 'x'.repeat(73) }] }]),
			/description of row 1 is too long/,
		],
		[
			'a key that no row has',
			list([{ rows: [{ title: 'A', id: '1' }] }]),
			/at 1 > rows > 1: it has the unknown key id/,
		],
		['sections that are no JSON', list('[{'), /^Sections \(JSON\) is not valid JSON$/],
	])('is refused before any call: %s', async (_what, parameters, message) => {
		await expect(run({ parameters })).rejects.toThrow(message);
		expect(wati.log).toHaveLength(0);
	});
});

test('an account without a typing indicator is told so', async () => {
	wati.behaviour.typingIndicator = '404';
	await expect(run({ parameters: send('sendTypingIndicator', {}) })).rejects.toMatchObject({
		message: expect.stringContaining('no typing indicator'),
		httpCode: '404',
	});
});
