import { byPhone, testOperations, withWatiNode, type OperationCase } from './operationTable';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';

const PHONES = ['14155550000', '14155550001', '14155550002'];
const conversationId = (item: number) => `d0${String(item).padStart(22, '0')}`;

/** Contacts who have just written. */
const openConversations = ({ account }: WatiSimulator) =>
	PHONES.map((phone, item) =>
		account.addConversation(account.addContact({ phone, name: `Anna ${item}` }), { id: conversationId(item) }),
	);

const send = (operation: string, parameters: Record<string, unknown>): Record<string, unknown> => ({
	resource: 'message',
	operation,
	target: (item: number) => byPhone(`+1 415 555 000${item}`),
	simplify: true,
	options: {},
	...parameters,
});

/** What comes out for each item; ids and times are WATI's own. */
const sent = (type: string, text: (item: number) => string) => (item: number) => ({
	id: expect.stringMatching(/^e0/),
	localMessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
	conversationId: conversationId(item),
	status: 'sent',
	type,
	text: text(item),
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
		seed: openConversations,
		parameters: send('sendText', { text: (item: number) => `Hello ${item}` }),
		request: (item) => ({
			method: 'POST',
			path: '/conversations/messages/text',
			body: { target: PHONES[item], text: `Hello ${item}` },
		}),
		output: sent('text', (item) => `Hello ${item}`),
		bad: { parameters: { text: 'x'.repeat(4097) }, message: /^Text is too long$/ },
		refusedInside: refusedSends,
	},
	{
		name: 'Send File via URL',
		seed: openConversations,
		parameters: send('sendFileViaUrl', {
			fileUrl: (item: number) => `https://example.com/${item}.pdf`,
			options: (item: number) => ({ caption: `Invoice ${item}` }),
		}),
		request: (item) => ({
			method: 'POST',
			path: '/conversations/messages/fileViaUrl',
			body: { target: PHONES[item], file_url: `https://example.com/${item}.pdf`, caption: `Invoice ${item}` },
		}),
		output: sent('document', (item) => `Invoice ${item}`),
		bad: { parameters: { fileUrl: 'ftp://example.com/may.pdf' }, message: /^File URL is not a web address$/ },
		refusedInside: refusedSends,
	},
	{
		name: 'Send Interactive Buttons without a header',
		seed: openConversations,
		parameters: send('sendInteractiveButtons', {
			headerType: 'none',
			body: (item: number) => `May we call, ${item}?`,
			buttons: (item: number) => ({ button: [{ text: `Yes ${item}` }, { text: 'No' }] }),
			options: (item: number) => ({ footer: `Mondays to Fridays, ${item}` }),
		}),
		request: (item) => ({
			method: 'POST',
			path: '/conversations/messages/interactive',
			body: {
				target: PHONES[item],
				type: 'buttons',
				button_message: {
					body: `May we call, ${item}?`,
					footer: `Mondays to Fridays, ${item}`,
					buttons: [{ text: `Yes ${item}` }, { text: 'No' }],
				},
			},
		}),
		output: sent('interactive', (item) => `May we call, ${item}?`),
		bad: {
			parameters: { buttons: { button: [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }] } },
			message: /^Buttons has too many entries$/,
		},
		refusedInside: refusedSends,
	},
	{
		name: 'Send Interactive List',
		seed: openConversations,
		parameters: send('sendInteractiveList', {
			body: (item: number) => `When, ${item}?`,
			buttonText: (item: number) => `Choose ${item}`,
			specifySections: 'fields',
			sections: (item: number) => ({
				section: [
					{ title: 'Today', rows: { row: [{ title: `Noon ${item}`, description: '' }] } },
					{ title: `In ${item + 1} days`, rows: { row: [{ title: 'Morning', description: `${item + 8} to 12` }] } },
				],
			}),
			options: (item: number) => ({ header: `Appointment ${item}` }),
		}),
		request: (item) => ({
			method: 'POST',
			path: '/conversations/messages/interactive',
			body: {
				target: PHONES[item],
				type: 'list',
				list_message: {
					header: `Appointment ${item}`,
					body: `When, ${item}?`,
					button_text: `Choose ${item}`,
					sections: [
						{ title: 'Today', rows: [{ title: `Noon ${item}` }] },
						{ title: `In ${item + 1} days`, rows: [{ title: 'Morning', description: `${item + 8} to 12` }] },
					],
				},
			},
		}),
		output: sent('interactive', (item) => `When, ${item}?`),
		bad: {
			parameters: { sections: { section: [{ title: 'A', rows: { row: [{ title: 'x'.repeat(25) }] } }] } },
			message: /^Section 1, title of row 1 is too long$/,
		},
		refusedInside: refusedSends,
	},
	{
		name: 'Send Typing Indicator',
		seed: openConversations,
		parameters: send('sendTypingIndicator', {}),
		request: (item) => ({
			method: 'POST',
			path: '/conversations/typingIndicator',
			body: { target: PHONES[item] },
		}),
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
			openConversations(wati).forEach((conversation, item) => {
				wati.account.addMessage(conversation, { text: 'Long ago', owner: true });
				wati.account.addTicketEvent(conversation, 1);
				wati.account.addMessage(conversation, { text: `Hello ${item}`, owner: false });
			});
		},
		parameters: send('getMany', { returnAll: false, limit: (item: number) => item + 1 }),
		request: (item) => ({
			method: 'GET',
			path: `/conversations/${PHONES[item]}/messages`,
			query: { page_number: '1', page_size: String(item + 1) },
		}),
		output: (item) =>
			[
				{ event: 'message', type: 'text', direction: 'in', text: `Hello ${item}`, status: 'SENT' },
				{ event: 'ticket', type: 1, direction: null, text: null },
				{ event: 'message', type: 'text', direction: 'out', text: 'Long ago', status: 'SENT' },
			]
				.slice(0, item + 1)
				.map((entry) => expect.objectContaining({ conversationId: conversationId(item), ...entry })),
		bad: { parameters: { limit: 0 }, message: /^Limit is not a whole number/ },
		refusedInside: [
			{ body: { result: false, info: 'not today' }, message: /not today/ },
			{ body: { code: 400, message: 'not this either', timestamp: '' }, message: /not this either/ },
		],
	},
];

testOperations(cases);

const { wati, run } = withWatiNode();
beforeEach(() => void openConversations(wati));

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
