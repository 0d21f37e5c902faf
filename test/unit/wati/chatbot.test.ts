import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { byPhone, testOperations, withWatiNode } from './operationTable';

const PHONES = ['14155552671', '14155552672', '14155552673'];
const CHATBOTS = ['Welcome', 'Opening hours', 'Survey'].map((name, item) => ({
	id: `e1${String(item).padStart(22, '0')}`,
	name,
}));

function seed({ account }: WatiSimulator): void {
	for (const chatbot of CHATBOTS) account.chatbots.set(chatbot.id, { ...chatbot, created: account.now() });
	for (const phone of PHONES) account.addContact({ phone });
}

const starting = {
	resource: 'chatbot',
	operation: 'start',
	target: (item: number) => byPhone(`+${PHONES[item]}`),
	chatbot: (item: number) => ({ mode: 'list', value: CHATBOTS[item]?.id }),
};

testOperations([
	{
		name: 'Start',
		seed,
		parameters: starting,
		request: (item) => ({
			method: 'POST',
			path: '/chatbots/start',
			body: { target: PHONES[item], chatbot_id: CHATBOTS[item]?.id },
		}),
		output: (item) => ({ success: true, target: PHONES[item], chatbotId: CHATBOTS[item]?.id }),
		bad: { parameters: { chatbot: { mode: 'list', value: '' } }, message: /Chatbot is empty/ },
		refusedInside: [{ body: { result: false }, message: /refused to start the chatbot/ }],
	},
	{
		name: 'Get Many',
		seed,
		parameters: { resource: 'chatbot', operation: 'getMany', limit: (item: number) => item + 1, simplify: true },
		request: (item) => ({
			method: 'GET',
			path: '/chatbots',
			query: { page_number: '1', page_size: String(item + 1) },
		}),
		output: (item) => CHATBOTS.slice(0, item + 1).map((chatbot) => ({ ...chatbot, createdAt: expect.any(String) })),
		bad: { parameters: { limit: 'many' }, message: /Limit is not a whole number/ },
		refusedInside: [{ body: { result: false, info: 'needs the Pro plan' }, message: /needs the Pro plan/ }],
	},
]);

describe('Start', () => {
	const { wati, run } = withWatiNode();

	test.each([
		['a 503', { status: 503 }],
		['a lost answer', { drop: 'after' as const }],
	])('is never repeated after %s, because it reaches a person', async (_what, fault) => {
		seed(wati);
		wati.fault({ method: 'POST', ...fault });
		await expect(run({ parameters: starting })).rejects.toMatchObject({
			message: expect.stringContaining('not known whether it did start the chatbot'),
			description: expect.stringContaining('Message > Get Many'),
		});
		expect(wati.log).toHaveLength(1);
	});

	test('takes a contact id behind a channel', async () => {
		seed(wati);
		const [contact] = wati.account.contacts.keys();
		await run({ parameters: { ...starting, target: { mode: 'contactId', value: `15550001111:${contact}` } } });
		expect(wati.log[0]?.body).toEqual({ target: `15550001111:${contact}`, chatbot_id: CHATBOTS[0]?.id });
	});

	test('refuses a business-scoped id, which chatbots do not take', async () => {
		const running = run({ parameters: { ...starting, target: { mode: 'bsuid', value: 'ML.2011135123094924' } } });
		await expect(running).rejects.toThrow(/operation doesn't take/);
		expect(wati.log).toHaveLength(0);
	});
});
