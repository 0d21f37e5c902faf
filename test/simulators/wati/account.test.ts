import { refused, withWati } from './harness';

const { wati, call } = withWati();
const phone = '14155550100';
const page = { params: { page_number: 1, page_size: 10 } };

describe('chatbots', () => {
	test('are listed', async () => {
		const { id } = wati.account.addChatbot('Welcome');
		expect(await call('get', '/chatbots', undefined, page)).toMatchObject({
			status: 200,
			data: { chatbot_list: [{ id, name: 'Welcome', created: expect.any(String) }], page_number: 1, page_size: 10 },
		});
	});

	test('start with a contact; an unknown bot is result:false in a 200', async () => {
		const contact = wati.account.addContact({ phone });
		const chatbot = wati.account.addChatbot('Welcome');
		const start = async (target: string, chatbot_id = chatbot.id) =>
			await call('post', '/chatbots/start', { target, chatbot_id });
		for (const target of [phone, contact.id, `15550001111:${phone}`, `15550001111:${contact.id}`]) {
			expect(await start(target)).toMatchObject({ status: 200, data: { result: true } });
		}
		expect(wati.account.chatbotStarts).toHaveLength(4);
		expect(await start(phone, 'nothing')).toMatchObject({ status: 200, data: { result: false } });
	});

	test.each([
		['a conversation id', { target: 'conversation' }],
		['a BSUID', { target: 'US.5' }],
		['an unknown contact', { target: '14155550999' }],
		['a phone with +', { target: `+${phone}` }],
		['no chatbot_id', { chatbot_id: undefined }],
		['chatbotId', { chatbot_id: undefined, chatbotId: 'x' }],
	])('%s is refused', async (_what, change) => {
		const conversation = wati.account.addConversation(wati.account.addContact({ phone, bsuid: 'US.5' }));
		const body = { target: phone, chatbot_id: wati.account.addChatbot('Welcome').id, ...change };
		if (body.target === 'conversation') body.target = conversation.id;
		expect(await call('post', '/chatbots/start', body)).toMatchObject(refused());
	});
});

describe('the account', () => {
	test('its credits', async () => {
		expect(await call('get', '/account/credits')).toMatchObject({
			status: 200,
			data: {
				credit: 100,
				welcome_credit: 0,
				remaining_free_conversations_count: 1000,
				currency: 'USD',
				auto_charge_enabled: false,
			},
		});
	});

	test('its only channel is an unnamed default; of several the default is not listed', async () => {
		const list = async () => (await call('get', '/channels', undefined, page)).data;
		expect(await list()).toEqual({ channels: [{ name: 'Default', channel: '15550001111' }] });
		const { id } = wati.account.addChannel('Two', '15550002222');
		expect(await list()).toEqual({ channels: [{ id, name: 'Two', channel: '15550002222' }] });
	});
});
