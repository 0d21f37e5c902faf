import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { testOperations, withWatiNode } from './operationTable';

const ITEMS = [0, 1, 2];
const PHONES = ['14155552671', '14155552672', '14155552673'];
const id = (kind: string, item: number) => `${kind}${String(item).padStart(22, '0')}`;
const templateId = (item: number) => id('b0', item);
const contactId = (item: number) => id('c0', item);
const campaignId = (item: number) => id('b1', item);

/** Each campaign has one recipient more than the one before; the last one failed. */
function seed({ account }: WatiSimulator): void {
	for (const item of ITEMS) {
		account.addTemplate({ id: templateId(item), name: `spring_sale_${item}` });
		account.addContact({ id: contactId(item), phone: PHONES[item], name: `Ada ${item}` });
		account.addBroadcast({
			id: campaignId(item),
			name: `Spring sale ${item}`,
			templateId: templateId(item),
			recipients: recipientsOf(item).map((recipient) => ({
				...recipient,
				bsuid: null,
				messageId: null,
				customParams: [{ name: 'name', value: recipient.contactName }],
				text: `Hello ${recipient.contactName}`,
				created: account.now(),
			})),
		});
	}
}

const recipientsOf = (item: number) =>
	Array.from({ length: item + 2 }, (_, at) => {
		const failed = at === item + 1;
		return {
			id: `recipient-${item}-${at}`,
			contactId: contactId(item),
			contactName: `Ada ${item}`,
			phone: `+${PHONES[item]}`,
			status: failed ? ('FAILED' as const) : ('SENT' as const),
			failedCode: failed ? '131026' : null,
			localMessageId: `local-${item}-${at}`,
		};
	});

const simple = (item: number, more: object = {}) => ({
	id: campaignId(item),
	name: `Spring sale ${item}`,
	status: 'processing',
	templateId: templateId(item),
	channelId: null,
	createdAt: expect.any(String),
	updatedAt: expect.any(String),
	scheduledAt: expect.any(String),
	...more,
});

const contactsUpTo = (item: number) => ITEMS.slice(0, item + 1).map(contactId);

testOperations([
	{
		name: 'Get',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'get',
			campaign: (item: number) => ({ mode: 'list', value: campaignId(item) }),
			simplify: true,
		},
		request: (item) => ({ method: 'GET', path: `/broadcasts/${campaignId(item)}` }),
		output: (item) =>
			simple(item, {
				statistics: {
					recipients: item + 2,
					pending: 0,
					queued: 0,
					sending: 0,
					sent: item + 1,
					delivered: 0,
					read: 0,
					replied: 0,
					failed: 1,
					stopped: 0,
				},
			}),
		bad: { parameters: { campaign: { mode: 'list', value: '' } }, message: /Campaign is empty/ },
		refusedInside: [
			{ body: { result: false, info: 'not today' }, message: /not today/ },
			{ body: {}, message: /refused to get the campaign/ },
		],
	},
	{
		name: 'Get Many',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'getMany',
			limit: (item: number) => item + 1,
			simplify: true,
			options: { channel: '+15550001111' },
		},
		request: (item) => ({
			method: 'GET',
			path: '/broadcasts',
			query: { channel: '15550001111', page_number: '1', page_size: String(item + 1) },
		}),
		output: (item) => ITEMS.slice(0, item + 1).map((at) => simple(at)),
		bad: { parameters: { limit: 1.5 }, message: /Limit is not a whole number/ },
		refusedInside: [{ body: { success: false }, message: /refused to list the campaigns/ }],
	},
	{
		name: 'Get Recipients',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'getRecipients',
			campaign: (item: number) => ({ mode: 'id', value: campaignId(item) }),
			returnAll: true,
			simplify: true,
		},
		request: (item) => ({
			method: 'GET',
			path: `/broadcasts/${campaignId(item)}/recipients`,
			query: { page_number: '1', page_size: '100' },
		}),
		output: (item) =>
			recipientsOf(item).map((recipient) => ({
				...recipient,
				parameters: { name: `Ada ${item}` },
				createdAt: expect.any(String),
			})),
		bad: { parameters: { campaign: { mode: 'id', value: ' ' } }, message: /Campaign is empty/ },
		refusedInside: [{ body: { success: false }, message: /refused to list the recipients/ }],
	},
	{
		name: 'Get Overview',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'getOverview',
			from: (item: number) => `2020-0${item + 1}-15T00:00:00`,
			to: (item: number) => `2099-12-31T23:59:5${item}Z`,
			simplify: true,
			options: (item: number) => ({ search: `sale ${item}` }),
		},
		request: (item) => ({
			method: 'GET',
			path: '/broadcasts/overview',
			query: {
				date_from: `2020-0${item + 1}-14T23:00:00Z`,
				date_to: `2099-12-31T23:59:5${item}Z`,
				search_string: `sale ${item}`,
			},
		}),
		output: (item) => expect.objectContaining({ sent: item + 2, failed: 1 }),
		bad: { parameters: { to: '' }, message: /To is empty/ },
		refusedInside: [{ body: { result: false, message: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Estimate Cost',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'estimateCost',
			template: (item: number) => ({ mode: 'list', value: templateId(item) }),
			contactIds: (item: number) => [...contactsUpTo(item), contactId(0)].join(', '),
			simplify: true,
		},
		request: (item) => ({
			method: 'POST',
			path: '/broadcasts/estimate-cost',
			body: { template_id: templateId(item), contact_ids: contactsUpTo(item) },
		}),
		output: (item) => ({
			estimatedCost: expect.closeTo(0.05 * (item + 1)),
			currentCredit: expect.any(Number),
			currentWelcomeCredit: expect.any(Number),
		}),
		bad: { parameters: { contactIds: [] }, message: /Contact IDs has too few entries/ },
		refusedInside: [
			{ body: { result: false, failed_detail: 'Template not found' }, message: /Template not found/ },
			{ body: { result: true, is_request_succeeded: false, failed_detail: 'no credit' }, message: /no credit/ },
		],
	},
]);

describe('Estimate Cost takes contact ids', () => {
	const { wati, run } = withWatiNode();

	test.each([
		['as JSON text', (contact: string) => `["${contact}"]`],
		['as a list', (contact: string) => [contact]],
		['in lines', (contact: string) => `${contact}\n${contact}\n`],
	])('%s', async (_form, contactIds) => {
		seed(wati);
		const template = { mode: 'id', value: templateId(0) };
		await run({
			parameters: {
				resource: 'campaign',
				operation: 'estimateCost',
				template,
				contactIds: () => contactIds(contactId(0)),
			},
		});
		expect(wati.log[0]?.body).toEqual({ template_id: templateId(0), contact_ids: [contactId(0)] });
	});

	test.each(['["half', '[{"id": 1}]', { id: 'x' }])('and says what is wrong with %j', async (contactIds) => {
		const template = { mode: 'id', value: templateId(0) };
		const running = run({
			parameters: { resource: 'campaign', operation: 'estimateCost', template, contactIds: () => contactIds },
		});
		await expect(running).rejects.toThrow('Contact IDs is not a list of texts');
		expect(wati.log).toHaveLength(0);
	});
});
