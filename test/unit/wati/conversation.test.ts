import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { byPhone, testOperations, withWatiNode } from './operationTable';

const PHONES = ['14155552671', '14155552672', '14155552673'];
const target = (item: number) => byPhone(`+${PHONES[item]}`);
const conversationId = (item: number) => `d0${String(item).padStart(22, '0')}`;

const STATUSES = ['solved', 'pending', 'block'];
const TAGS = ['vip', 'new', 'late payer'];
const operator = (item: number) => `operator${item}@example.com`;

function seed({ account }: WatiSimulator): void {
	PHONES.forEach((phone, item) => {
		const created = new Date(account.now().getTime() - item * 60_000);
		account.addConversation(account.addContact({ phone }), { id: conversationId(item), created });
		account.addOperator(operator(item));
	});
	for (const tag of TAGS) account.tags.add(tag);
}

testOperations([
	{
		name: 'Update Status',
		seed,
		parameters: {
			resource: 'conversation',
			operation: 'updateStatus',
			target,
			status: (item: number) => STATUSES[item],
		},
		request: (item) => ({
			method: 'PUT',
			path: `/conversations/${PHONES[item]}/status`,
			body: { new_status: STATUSES[item] },
		}),
		output: (item) => ({ success: true, target: PHONES[item], status: STATUSES[item] }),
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
			operatorEmail: operator,
		},
		request: (item) => ({
			method: 'PUT',
			path: `/conversations/15550001111%3A${PHONES[item]}/operator`,
			body: { assignee_email: operator(item) },
		}),
		output: (item) => ({
			success: true,
			target: `15550001111:${PHONES[item]}`,
			assignedTo: 'operator',
			operatorEmail: operator(item),
		}),
		bad: { parameters: { operatorEmail: 'Olga' }, message: /Operator Email is not an email address/ },
		refusedInside: [{ body: { result: false }, message: /refused to assign the conversation/ }],
	},
	{
		name: 'Assign Operator, to the bot',
		seed,
		parameters: { resource: 'conversation', operation: 'assignOperator', target, assignTo: 'bot' },
		request: (item) => ({
			method: 'PUT',
			path: `/conversations/${PHONES[item]}/operator`,
			body: { assignee_email: null },
		}),
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
			limit: (item: number) => item + 1,
			simplify: true,
			options: { channelType: 'whatsapp', channelId: '' },
		},
		request: (item) => ({
			method: 'GET',
			path: '/conversations',
			query: { channel_type: 'whatsapp', page_number: '1', page_size: String(item + 1) },
		}),
		output: (item) =>
			[0, 1, 2].slice(0, item + 1).map((newest) =>
				expect.objectContaining({
					id: conversationId(newest),
					contactId: expect.any(String),
					createdAt: expect.any(String),
				}),
			),
		bad: { parameters: { options: { channelType: 'telegram' } }, message: /Channel Type has an unknown value/ },
		refusedInside: [{ body: { success: false, error: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Add Tag',
		seed,
		parameters: { resource: 'conversation', operation: 'addTag', target, tag: (item: number) => ` ${TAGS[item]} ` },
		request: (item) => ({
			method: 'POST',
			path: `/conversations/${PHONES[item]}/tags`,
			body: { tag_name: TAGS[item] },
		}),
		output: (item) => ({ success: true, target: PHONES[item], tag: TAGS[item], added: true }),
		bad: { parameters: { tag: ' ' }, message: /Tag is empty/ },
		refusedInside: [{ body: { success: false, error: 'no such tag' }, message: /no such tag/ }],
	},
	{
		name: 'Remove Tag, by conversation id and with a slash in the name',
		seed: (wati) => {
			seed(wati);
			PHONES.forEach((_, item) =>
				wati.account.conversations.get(conversationId(item))?.tags.add(`billing/late ${item}`),
			);
		},
		parameters: {
			resource: 'conversation',
			operation: 'removeTag',
			target: (item: number) => ({ mode: 'conversationId', value: conversationId(item) }),
			tag: (item: number) => `billing/late ${item}`,
		},
		request: (item) => ({
			method: 'DELETE',
			path: `/conversations/${conversationId(item)}/tags/billing%2Flate%20${item}`,
		}),
		output: (item) => ({
			success: true,
			target: conversationId(item),
			tag: `billing/late ${item}`,
			removed: true,
		}),
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
