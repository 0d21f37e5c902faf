import { refused, withWati } from './harness';

const { wati, call } = withWati();
const phone = '14155550100';
const page = { page_number: 1, page_size: 10 };

const withConversation = (change: object = {}) => {
	const contact = wati.account.contactByPhone(phone) ?? wati.account.addContact({ phone });
	return wati.account.addConversation(contact, change);
};

describe('messages of a conversation', () => {
	const list = async (target: string, params: object = page) =>
		await call('get', `/conversations/${target}/messages`, undefined, { params });

	test('have the three kinds of items as measured, newest first', async () => {
		const conversation = withConversation();
		const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));
		wati.account.addMessage(conversation, { text: 'Hi', created: at(1) });
		Object.assign(wati.account.addTicketEvent(conversation, 7), { created: at(2) });
		wati.account.addMessage(conversation, {
			eventType: 'broadcastMessage',
			type: null,
			owner: null,
			finalText: 'News',
			created: at(3),
		});
		const answer = await list(phone);
		expect(answer).toMatchObject({
			status: 200,
			data: {
				...page,
				message_list: [
					{ event_type: 'broadcastMessage', type: null, owner: null, text: null, final_text: 'News' },
					{ event_type: 'ticket', type: 7, owner: null, text: null },
					{ event_type: 'message', type: 'text', owner: false, text: 'Hi', status_string: 'SENT' },
				],
			},
		});
		expect(JSON.stringify(answer.data)).not.toMatch(/local_message_id|wamid|contact/);
	});

	test('come oldest first, with status and local id, when the account does so', async () => {
		const conversation = withConversation();
		wati.account.addMessage(conversation, { text: 'First', created: new Date('2026-01-01') });
		wati.account.addMessage(conversation, { text: 'Second', localMessageId: 'L2' });
		wati.behaviour.messageOrder = 'oldestFirst';
		wati.behaviour.messageItems = 'described';
		expect(await list(conversation.id)).toMatchObject({
			data: { message_list: [{ text: 'First' }, { text: 'Second', local_message_id: 'L2', status: 'sent' }] },
		});
	});

	test('a phone means all channels, channel:phone only one', async () => {
		wati.account.addMessage(withConversation(), { text: 'one' });
		wati.account.addMessage(withConversation({ channel: wati.account.addChannel('Two', '15550002222') }), {});
		expect(await list(phone)).toMatchObject({ data: { message_list: { length: 2 } } });
		expect(await list(`15550002222%3A${phone}`)).toMatchObject({ data: { message_list: { length: 1 } } });
	});

	test('pages are required, and so is a conversation', async () => {
		withConversation();
		expect(await list(phone, { page_number: 1 })).toMatchObject(refused(/page_size/));
		expect(await list(phone, { page_number: 1, page_size: 101 })).toMatchObject(refused(/page_size/));
		expect(await list('14155550999')).toMatchObject(refused('Conversation not found'));
		wati.behaviour.unknownContact = '404';
		expect((await list('14155550999')).status).toBe(404);
	});
});

describe('all conversations', () => {
	const list = async (more: object) => await call('get', '/conversations', undefined, { params: { ...page, ...more } });

	test('by channel type in any case, and by channel', async () => {
		const second = wati.account.addChannel('Two', '15550002222');
		const { id } = withConversation({ channel: second });
		const other = withConversation({ channelType: 'instagram' });
		expect(await list({})).toMatchObject({ data: { conversation_list: { length: 2 }, ...page } });
		expect(await list({ channel_type: 'WhatsApp' })).toMatchObject({ data: { conversation_list: [{ id }] } });
		expect(await list({ channel_type: 'instagram' })).toMatchObject({
			data: { conversation_list: [{ id: other.id }] },
		});
		expect(await list({ channel_id: second.id })).toMatchObject({ data: { conversation_list: [{ id }] } });
		expect(await list({ channel_type: 'pigeon' })).toMatchObject(refused(/channel_type/));
		expect(await list({ channel_id: '' })).toMatchObject(refused(/channel_id/));
		wati.behaviour.conversationListKey = 'conversations';
		expect(await list({})).toMatchObject({ data: { conversations: { length: 2 } } });
	});
});

describe('status', () => {
	const put = async (target: string, body: object) => await call('put', `/conversations/${target}/status`, body);

	test.each(['open', 'solved', 'pending', 'block'])('%s is set', async (new_status) => {
		const conversation = withConversation();
		expect(await put(phone, { new_status })).toMatchObject({ status: 200, data: { result: true } });
		expect(conversation.status).toBe(new_status);
	});

	test('a phone means the most recent open conversation', async () => {
		const older = withConversation({ created: new Date('2026-01-01') });
		const newer = withConversation({ created: new Date('2026-02-01') });
		const solved = withConversation({ created: new Date('2026-03-01'), status: 'solved' });
		await put(phone, { new_status: 'pending' });
		expect([older.status, newer.status, solved.status]).toEqual(['open', 'pending', 'solved']);
	});

	test.each([
		['a status with capitals', { new_status: 'SOLVED' }],
		['an unknown status', { new_status: 'closed' }],
		['no status', {}],
		['the field of v1', { ticketStatus: 'solved' }],
		['a field more', { new_status: 'open', target: phone }],
	])('%s is refused', async (_what, body) => {
		withConversation();
		expect(await put(phone, body)).toMatchObject(refused());
	});

	test('a phone with + is refused', async () => {
		withConversation();
		expect(await put(`%2B${phone}`, { new_status: 'open' })).toMatchObject(refused(/\+/));
	});
});

describe('operator', () => {
	const put = async (body: object) => await call('put', `/conversations/${phone}/operator`, body);

	test('is set, null is the bot, an unknown one is result:false in a 200', async () => {
		const conversation = withConversation();
		expect(await put({ assignee_email: 'operator@example.com' })).toMatchObject({ data: { result: true } });
		expect(conversation.operatorEmail).toBe('operator@example.com');
		expect(await put({ assignee_email: 'nobody@example.com' })).toMatchObject({ status: 200, data: { result: false } });
		expect(conversation.operatorEmail).toBe('operator@example.com');
		expect(await put({ assignee_email: null })).toMatchObject({ data: { result: true } });
		expect(conversation.operatorEmail).toBeNull();
	});

	test.each([
		['no key assignee_email', {}],
		['the field of v1', { email: 'operator@example.com' }],
		['a number', { assignee_email: 5 }],
	])('%s is refused', async (_what, body) => {
		withConversation();
		expect(await put(body)).toMatchObject(refused());
	});
});

describe('tags', () => {
	const add = async (body: object) => await call('post', `/conversations/${phone}/tags`, body);
	const remove = async (tag: string) => await call('delete', `/conversations/${phone}/tags/${tag}`);

	test('are added once and removed once; again changes nothing', async () => {
		const conversation = withConversation();
		expect(await add({ tag_name: 'vip' })).toMatchObject({ status: 200, data: { added: true } });
		expect(await add({ tag_name: 'vip' })).toMatchObject({ status: 200, data: { added: false } });
		expect(conversation.tags).toEqual(new Set(['vip']));
		expect(await remove('vip')).toMatchObject({ status: 200, data: { removed: true } });
		expect(await remove('vip')).toMatchObject({ status: 200, data: { removed: false } });
		wati.behaviour.tagNoop = true;
		expect(await remove('vip')).toMatchObject({ data: { removed: true } });
	});

	test('may have a slash, encoded or not', async () => {
		const conversation = withConversation({ tags: ['billing/late'] });
		await remove('billing%2Flate');
		expect(conversation.tags.size).toBe(0);
		await add({ tag_name: 'billing/late' });
		expect(await remove('billing/late')).toMatchObject({ data: { removed: true } });
	});

	test('are not taken off without a name', async () => {
		const conversation = withConversation({ tags: ['vip'] });
		expect(await remove('')).toMatchObject({ status: 404 });
		expect(conversation.tags.size).toBe(1);
	});

	test.each([
		['a tag that is not defined', { tag_name: 'new' }],
		['an empty tag', { tag_name: '' }],
		['another field', { tagName: 'vip' }],
	])('%s is refused', async (_what, body) => {
		withConversation();
		expect(await add(body)).toMatchObject(refused());
	});
});

describe('typing indicator', () => {
	test('is shown, or unknown to the account', async () => {
		const { id } = withConversation();
		const type = async (body: object) => await call('post', '/conversations/typingIndicator', body);
		expect(await type({ target: phone })).toMatchObject({ status: 200, data: { success: true } });
		expect(wati.account.typingIndicators).toMatchObject([{ conversationId: id }]);
		expect(await type({})).toMatchObject(refused(/target/));
		wati.behaviour.typingIndicator = '404';
		expect((await type({ target: phone })).status).toBe(404);
	});
});
