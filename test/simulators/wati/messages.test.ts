import { refused, withWati } from './harness';

const { wati, call } = withWati();
const phone = '14155550100';
const messageDto = {
	id: expect.stringMatching(/^[0-9a-f]{24}$/),
	local_message_id: expect.any(String),
	conversation_id: expect.any(String),
	ticket_id: expect.any(String),
	event_type: 'message',
	owner: true,
	status: 'sent',
	failed_detail: null,
	bot_type: 'regular',
	created: expect.any(String),
	timestamp: expect.any(String),
};

const withConversation = () => wati.account.addConversation(wati.account.addContact({ phone, bsuid: 'US.77' }));
const sendText = async (body: object) => await call('post', '/conversations/messages/text', body);

describe('text', () => {
	test('goes into the conversation; WATI mints the local id', async () => {
		const conversation = withConversation();
		const answer = await sendText({ target: phone, text: 'Hello' });
		expect(answer).toMatchObject({ status: 200, data: { message: { ...messageDto, text: 'Hello', type: 'text' } } });
		expect(conversation.messages).toMatchObject([{ text: 'Hello', owner: true, status: 'SENT' }]);
	});

	test('finds the conversation by its id, by channel:phone and by BSUID', async () => {
		const { id } = withConversation();
		for (const target of [id, `15550001111:${phone}`, 'US.77', '15550001111:US.77']) {
			const answer = await sendText({ target, text: 'Hello', is_bot: false });
			expect(answer).toMatchObject({ status: 200, data: { message: { conversation_id: id, status: 'sent' } } });
		}
	});

	test.each([
		['no text', { target: phone }],
		['an empty text', { target: phone, text: '' }],
		['4097 characters', { target: phone, text: 'x'.repeat(4097) }],
		['a text that is a number', { target: phone, text: 5 }],
		['no target', { text: 'Hello' }],
		['an empty target', { target: '', text: 'Hello' }],
		['a target that is a number', { target: 14155550100, text: 'Hello' }],
		['a phone with +', { target: `+${phone}`, text: 'Hello' }],
		['an unknown channel', { target: `19990000000:${phone}`, text: 'Hello' }],
		['an unknown contact', { target: '14155550999', text: 'Hello' }],
		['a channel field', { target: phone, text: 'Hello', channel: '15550001111' }],
		['a local_message_id', { target: phone, text: 'Hello', local_message_id: 'x' }],
		['is_bot as text', { target: phone, text: 'Hello', is_bot: 'true' }],
		['a list of targets', [{ target: phone, text: 'Hello' }]],
	])('%s is refused', async (_what, body) => {
		const conversation = withConversation();
		expect(await sendText(body)).toMatchObject(refused());
		expect(conversation.messages).toEqual([]);
	});

	test('a contact id is no conversation target, unless the account takes it; then several open ones are a 409', async () => {
		const conversation = withConversation();
		const body = { target: conversation.contactId, text: 'Hello' };
		expect(await sendText(body)).toMatchObject(refused());
		wati.behaviour.contactIdAsConversation = 'accept';
		expect((await sendText(body)).status).toBe(200);
		const contact = wati.account.contactByPhone(phone);
		if (contact) wati.account.addConversation(contact, { channel: wati.account.addChannel('Two', '15550002222') });
		expect((await sendText(body)).status).toBe(409);
	});

	test('a phone without channel sends from the default number', async () => {
		const first = withConversation();
		const second = wati.account.addChannel('Two', '15550002222');
		const contact = wati.account.contactByPhone(phone);
		const other = contact && wati.account.addConversation(contact, { channel: second });
		expect(await sendText({ target: phone, text: 'Hello' })).toMatchObject({
			data: { message: { conversation_id: first.id } },
		});
		expect(await sendText({ target: `Two:${phone}`, text: 'Hello' })).toMatchObject({
			data: { message: { conversation_id: other?.id } },
		});
	});
});

describe('a message that is not sent, in a 200', () => {
	test('outside of the 24 hours', async () => {
		withConversation();
		wati.account.advance(25 * 60 * 60 * 1000);
		const answer = await sendText({ target: phone, text: 'Hello' });
		expect(answer).toMatchObject({
			status: 200,
			data: { message: { status: 'failed', failed_detail: expect.stringContaining('131047') } },
		});
	});

	test('to a contact that never wrote', async () => {
		wati.account.addContact({ phone });
		expect(await sendText({ target: phone, text: 'Hello' })).toMatchObject({ data: { message: { status: 'failed' } } });
	});

	test('to a number that WhatsApp refuses', async () => {
		withConversation();
		wati.account.unreachable.set(phone, '131026');
		expect(await sendText({ target: phone, text: 'Hello' })).toMatchObject({
			status: 200,
			data: { message: { status: 'failed', failed_detail: expect.stringContaining('131026') } },
		});
	});

	test('or in a 400, when the account does so', async () => {
		wati.behaviour.closedWindow = 'refuse';
		wati.account.addContact({ phone });
		expect(await sendText({ target: phone, text: 'Hello' })).toMatchObject(refused(/24 hours/));
	});
});

describe('file via URL', () => {
	const send = async (change: object) =>
		await call('post', '/conversations/messages/fileViaUrl', {
			target: phone,
			file_url: 'https://files.example/photo.jpg',
			...change,
		});

	test('sends with and without caption', async () => {
		withConversation();
		expect(await send({ caption: 'Look' })).toMatchObject({
			status: 200,
			data: { message: { ...messageDto, type: 'image', text: 'Look' } },
		});
		expect((await send({ caption: null })).status).toBe(200);
	});

	test.each([
		['fileUrl', { file_url: undefined, fileUrl: 'https://files.example/a.pdf' }],
		['a field more', { fileName: 'a.pdf' }],
		['no address', { file_url: 'photo.jpg' }],
		['an address that is not of the web', { file_url: 'file:///etc/passwd' }],
		['a caption that is a number', { caption: 5 }],
	])('%s is refused', async (_what, change) => {
		withConversation();
		expect(await send(change)).toMatchObject(refused());
	});

	test('a lower-case path is not this endpoint', async () => {
		expect((await call('post', '/conversations/messages/fileviaurl', {})).status).toBe(404);
	});
});

describe('interactive buttons', () => {
	const send = async (message: object, more: object = {}) =>
		await call('post', '/conversations/messages/interactive', {
			target: phone,
			type: 'buttons',
			button_message: { body: 'Choose', buttons: [{ text: 'Yes' }, { text: 'No' }, { text: 'Later' }], ...message },
			...more,
		});

	test.each([
		['without header', {}],
		['with a text header and a footer', { header: { type: 'text', text: 'Hello' }, footer: 'Bye' }],
		['with an image', { header: { type: 'image', media: { url: 'https://files.example/a.jpg', file_name: 'a.jpg' } } }],
		['with null for what is not there', { header: null, footer: null }],
		['at the limits', { body: 'x'.repeat(1024), footer: 'x'.repeat(60), buttons: [{ text: 'x'.repeat(20) }] }],
	])('are sent %s', async (_what, message) => {
		withConversation();
		expect(await send(message)).toMatchObject({
			status: 200,
			data: { message: { ...messageDto, type: 'interactive' } },
		});
	});

	test.each([
		['four buttons', { buttons: ['A', 'B', 'C', 'D'].map((text) => ({ text })) }],
		['no button', { buttons: [] }],
		['a button of 21 characters', { buttons: [{ text: 'x'.repeat(21) }] }],
		['an empty button', { buttons: [{ text: ' ' }] }],
		['a button id', { buttons: [{ id: '1', text: 'Yes' }] }],
		['a title for a text', { buttons: [{ title: 'Yes' }] }],
		['the same button twice', { buttons: [{ text: 'Yes' }, { text: 'Yes' }] }],
		['a body of 1025 characters', { body: 'x'.repeat(1025) }],
		['an empty body', { body: '' }],
		['a footer of 61 characters', { footer: 'x'.repeat(61) }],
		['a header of 61 characters', { header: { type: 'text', text: 'x'.repeat(61) } }],
		['a header that is a text', { header: 'Hello' }],
		['a header type with a capital', { header: { type: 'Text', text: 'Hello' } }],
		['an empty text header', { header: { type: 'text', text: '' } }],
		['an image header without image', { header: { type: 'image' } }],
		['camelCase in the media', { header: { type: 'image', media: { url: 'https://a.example/a.jpg', fileName: 'a' } } }],
	])('%s is refused', async (_what, message) => {
		withConversation();
		expect(await send(message)).toMatchObject(refused());
	});

	test.each([
		['no type', { type: undefined }],
		['an unknown type', { type: 'button' }],
		['a type with a capital', { type: 'Buttons' }],
		['the message of the other type', { type: 'list' }],
		['both messages', { list_message: { body: 'x', button_text: 'x', sections: [] } }],
		['another field', { is_bot: true }],
	])('%s is refused', async (_what, more) => {
		withConversation();
		expect(await send({}, more)).toMatchObject(refused());
	});
});

describe('interactive list', () => {
	const rows = (count: number, first = 1) =>
		Array.from({ length: count }, (_, index) => ({ title: `Row ${first + index}`, description: 'What it is' }));
	const send = async (message: object) =>
		await call('post', '/conversations/messages/interactive', {
			target: phone,
			type: 'list',
			list_message: { body: 'Choose', button_text: 'Open', sections: [{ title: 'All', rows: rows(2) }], ...message },
		});

	test.each([
		['one section without title', { sections: [{ rows: rows(1) }] }],
		[
			'ten rows in two sections',
			{
				sections: [
					{ title: 'A', rows: rows(5) },
					{ title: 'B', rows: rows(5, 6) },
				],
			},
		],
		[
			'a header, a footer, a description of null',
			{ header: 'Hi', footer: 'Bye', sections: [{ rows: [{ title: 'A', description: null }] }] },
		],
		[
			'the limits',
			{
				header: 'x'.repeat(60),
				button_text: 'x'.repeat(20),
				sections: [{ title: 'x'.repeat(24), rows: [{ title: 'x'.repeat(24), description: 'x'.repeat(72) }] }],
			},
		],
	])('is sent with %s', async (_what, message) => {
		withConversation();
		expect(await send(message)).toMatchObject({ status: 200, data: { message: { type: 'interactive' } } });
	});

	test.each([
		[
			'eleven rows over two sections',
			{
				sections: [
					{ title: 'A', rows: rows(6) },
					{ title: 'B', rows: rows(5, 7) },
				],
			},
		],
		['no section', { sections: [] }],
		['a section without rows', { sections: [{ title: 'A', rows: [] }] }],
		['two sections, one without title', { sections: [{ title: 'A', rows: rows(1) }, { rows: rows(1, 2) }] }],
		['a section title of 25 characters', { sections: [{ title: 'x'.repeat(25), rows: rows(1) }] }],
		['a row title of 25 characters', { sections: [{ rows: [{ title: 'x'.repeat(25) }] }] }],
		['an empty row title', { sections: [{ rows: [{ title: '' }] }] }],
		['the same row twice', { sections: [{ rows: [{ title: 'A' }, { title: 'A' }] }] }],
		['a description of 73 characters', { sections: [{ rows: [{ title: 'A', description: 'x'.repeat(73) }] }] }],
		['a row id', { sections: [{ rows: [{ id: '1', title: 'A' }] }] }],
		['a header that is an object', { header: { type: 'text', text: 'Hi' } }],
		['a header of 61 characters', { header: 'x'.repeat(61) }],
		['buttonText', { button_text: undefined, buttonText: 'Open' }],
		['an empty button_text', { button_text: '' }],
		['a button_text of 21 characters', { button_text: 'x'.repeat(21) }],
	])('%s is refused', async (_what, message) => {
		withConversation();
		expect(await send(message)).toMatchObject(refused());
	});
});
