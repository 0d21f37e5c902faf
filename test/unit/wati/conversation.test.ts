import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { byPhone, testOperations, withWatiNode } from './operationTable';

const PHONES = ['14155552671', '14155552672', '14155552673'];
const target = (item: number) => byPhone(`+${PHONES[item]}`);
const conversationId = (item: number) => `d0${String(item).padStart(22, '0')}`;

function seed({ account }: WatiSimulator): void {
	PHONES.forEach((phone, item) => account.addConversation(account.addContact({ phone }), { id: conversationId(item) }));
}

testOperations([
	{
		name: 'Update Status',
		seed,
		parameters: { resource: 'conversation', operation: 'updateStatus', target, status: 'solved' },
		request: { method: 'PUT', path: `/conversations/${PHONES[0]}/status`, body: { new_status: 'solved' } },
		output: (item) => ({ success: true, target: PHONES[item], status: 'solved' }),
		bad: { parameters: { status: 'closed' }, message: /Status has an unknown value/ },
		refusedInside: [{ body: { result: false }, message: /refused to update the status of the conversation/ }],
	},
	{
		name: 'Assign Operator, to a person',
		seed,
		parameters: {
			resource: 'conversation',
			operation: 'assignOperator',
			target: (item: number) => ({ mode: 'channelPhone', value: `15550001111:+${PHONES[item]}` }),
			assignTo: 'operator',
			operatorEmail: 'operator@example.com',
		},
		request: {
			method: 'PUT',
			path: `/conversations/15550001111%3A${PHONES[0]}/operator`,
			body: { assignee_email: 'operator@example.com' },
		},
		output: (item) => ({
			success: true,
			target: `15550001111:${PHONES[item]}`,
			assignedTo: 'operator',
			operatorEmail: 'operator@example.com',
		}),
		bad: { parameters: { operatorEmail: 'Olga' }, message: /Operator Email is not an email address/ },
		refusedInside: [{ body: { result: false }, message: /refused to assign the conversation/ }],
	},
	{
		name: 'Assign Operator, to the bot',
		seed,
		parameters: { resource: 'conversation', operation: 'assignOperator', target, assignTo: 'bot' },
		request: { method: 'PUT', path: `/conversations/${PHONES[0]}/operator`, body: { assignee_email: null } },
		output: (item) => ({ success: true, target: PHONES[item], assignedTo: 'bot', operatorEmail: null }),
		bad: {
			parameters: { assignTo: 'nobody', operatorEmail: 'operator@example.com' },
			message: /Assign To has an unknown value/,
		},
		refusedInside: [{ body: { result: false, message: 'no bot' }, message: /no bot/ }],
	},
	{
		name: 'Get Many',
		seed,
		parameters: {
			resource: 'conversation',
			operation: 'getMany',
			limit: 2,
			simplify: true,
			options: { channelType: 'whatsapp', channelId: '' },
		},
		request: {
			method: 'GET',
			path: '/conversations',
			query: { channel_type: 'whatsapp', page_number: '1', page_size: '2' },
		},
		output: () => [
			expect.objectContaining({ id: expect.any(String), contactId: expect.any(String) }),
			expect.objectContaining({ id: expect.any(String), createdAt: expect.any(String) }),
		],
		bad: { parameters: { options: { channelType: 'telegram' } }, message: /Channel Type has an unknown value/ },
		refusedInside: [{ body: { success: false, error: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Add Tag',
		seed,
		parameters: { resource: 'conversation', operation: 'addTag', target, tag: ' vip ' },
		request: { method: 'POST', path: `/conversations/${PHONES[0]}/tags`, body: { tag_name: 'vip' } },
		output: (item) => ({ success: true, target: PHONES[item], tag: 'vip', added: true }),
		bad: { parameters: { tag: ' ' }, message: /Tag is empty/ },
		refusedInside: [{ body: { success: false, error: 'no such tag' }, message: /no such tag/ }],
	},
	{
		name: 'Remove Tag, by conversation id and with a slash in the name',
		seed: (wati) => {
			seed(wati);
			for (const { tags } of wati.account.conversations.values()) tags.add('billing/late');
		},
		parameters: {
			resource: 'conversation',
			operation: 'removeTag',
			target: (item: number) => ({ mode: 'conversationId', value: conversationId(item) }),
			tag: 'billing/late',
		},
		request: { method: 'DELETE', path: `/conversations/${conversationId(0)}/tags/billing%2Flate` },
		output: (item) => ({ success: true, target: conversationId(item), tag: 'billing/late', removed: true }),
		bad: { parameters: { tag: '..' }, message: /can't be part of an address/ },
		refusedInside: [{ body: { ok: false, message: 'not today' }, message: /not today/ }],
	},
]);

describe('conversations', () => {
	const { wati, run } = withWatiNode();

	test('a tag that is there already, or was never there, is in order', async () => {
		seed(wati);
		const tagging = { resource: 'conversation', target: byPhone('+14155552671'), tag: 'vip' };
		await run({ parameters: { ...tagging, operation: 'addTag' } });
		expect(await run({ parameters: { ...tagging, operation: 'addTag' } })).toMatchObject([{ json: { added: false } }]);
		await run({ parameters: { ...tagging, operation: 'removeTag' } });
		expect(await run({ parameters: { ...tagging, operation: 'removeTag' } })).toMatchObject([
			{ json: { removed: false } },
		]);
	});

	test.each(['conversation_list', 'conversations'] as const)(
		'reads the list under the name %s',
		async (conversationListKey) => {
			wati.behaviour.conversationListKey = conversationListKey;
			seed(wati);
			const output = await run({ parameters: { resource: 'conversation', operation: 'getMany', returnAll: true } });
			expect(output.map(({ json }) => json.id).sort()).toEqual([
				conversationId(0),
				conversationId(1),
				conversationId(2),
			]);
		},
	);

	test('says so when the list comes in a form nobody knows', async () => {
		wati.fault({ method: 'GET', status: 200, body: { items: [] } });
		await expect(run({ parameters: { resource: 'conversation', operation: 'getMany' } })).rejects.toThrow(
			/unexpected form/,
		);
	});

	test('a 409 tells to name the channel', async () => {
		wati.fault({ status: 409, body: { code: 409, message: 'several', timestamp: '' } });
		const parameters = {
			resource: 'conversation',
			operation: 'updateStatus',
			status: 'open',
			target: byPhone('+14155552671'),
		};
		await expect(run({ parameters })).rejects.toMatchObject({
			description: expect.stringContaining('Channel and Phone'),
		});
	});

	test('a status is set once more after a 503, because twice is the same as once', async () => {
		seed(wati);
		wati.fault({ status: 503 });
		const parameters = {
			resource: 'conversation',
			operation: 'updateStatus',
			status: 'pending',
			target: byPhone('+14155552671'),
		};
		await run({ parameters });
		expect(wati.log).toHaveLength(2);
	});
});
