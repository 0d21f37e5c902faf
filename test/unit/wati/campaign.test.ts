import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { testOperations, withWatiNode } from './operationTable';

const id = (kind: string) => kind.padEnd(24, '0');
const ids = { template: id('b0'), contact: id('c0'), campaign: id('b1') };
const campaign = { mode: 'list', value: ids.campaign };

function seed({ account }: WatiSimulator): void {
	const template = account.addTemplate({ id: ids.template, name: 'spring_sale' });
	const contact = account.addContact({ id: ids.contact, phone: '14155552671', name: 'Ada' });
	account.addBroadcast({
		id: ids.campaign,
		name: 'Spring sale',
		templateId: template.id,
		recipients: ['SENT', 'FAILED'].map((status, at) => ({
			id: `recipient-${at}`,
			contactId: contact.id,
			contactName: 'Ada',
			phone: '14155552671',
			bsuid: null,
			status: status === 'SENT' ? 'SENT' : 'FAILED',
			failedCode: status === 'SENT' ? null : '131026',
			localMessageId: `local-${at}`,
			messageId: null,
			customParams: [{ name: 'name', value: 'Ada' }],
			text: 'Hello Ada',
			created: account.now(),
		})),
	});
}

const simple = (more: object = {}) => ({
	id: ids.campaign,
	name: 'Spring sale',
	status: 'processing',
	templateId: ids.template,
	channelId: null,
	createdAt: expect.any(String),
	updatedAt: expect.any(String),
	scheduledAt: expect.any(String),
	...more,
});

testOperations([
	{
		name: 'Get',
		seed,
		parameters: { resource: 'campaign', operation: 'get', campaign, simplify: true },
		request: { method: 'GET', path: `/broadcasts/${ids.campaign}` },
		output: () =>
			simple({
				statistics: {
					recipients: 2,
					pending: 0,
					queued: 0,
					sending: 0,
					sent: 1,
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
			limit: 5,
			simplify: true,
			options: { channel: '+15550001111' },
		},
		request: {
			method: 'GET',
			path: '/broadcasts',
			query: { channel: '15550001111', page_number: '1', page_size: '5' },
		},
		output: () => [simple()],
		bad: { parameters: { limit: 1.5 }, message: /Limit is not a whole number/ },
		refusedInside: [{ body: { success: false }, message: /refused to list the campaigns/ }],
	},
	{
		name: 'Get Recipients',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'getRecipients',
			campaign: { mode: 'id', value: ids.campaign },
			returnAll: true,
			simplify: true,
		},
		request: {
			method: 'GET',
			path: `/broadcasts/${ids.campaign}/recipients`,
			query: { page_number: '1', page_size: '100' },
		},
		output: () =>
			[0, 1].map((at) => ({
				id: `recipient-${at}`,
				contactId: ids.contact,
				contactName: 'Ada',
				phone: '14155552671',
				status: ['SENT', 'FAILED'][at],
				failedCode: [null, '131026'][at],
				localMessageId: `local-${at}`,
				parameters: { name: 'Ada' },
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
			from: '2026-01-15T00:00:00',
			to: '2099-12-31T23:59:59Z',
			simplify: true,
			options: { search: 'spring' },
		},
		request: {
			method: 'GET',
			path: '/broadcasts/overview',
			query: { date_from: '2026-01-14T23:00:00Z', date_to: '2099-12-31T23:59:59Z', search_string: 'spring' },
		},
		output: () => expect.objectContaining({ sent: expect.any(Number), failed: expect.any(Number) }),
		bad: { parameters: { to: '' }, message: /To is empty/ },
		refusedInside: [{ body: { result: false, message: 'not today' }, message: /not today/ }],
	},
	{
		name: 'Estimate Cost',
		seed,
		parameters: {
			resource: 'campaign',
			operation: 'estimateCost',
			template: { mode: 'list', value: ids.template },
			contactIds: `${ids.contact}, ${ids.contact}`,
			simplify: true,
		},
		request: {
			method: 'POST',
			path: '/broadcasts/estimate-cost',
			body: { template_id: ids.template, contact_ids: [ids.contact] },
		},
		output: () => ({
			estimatedCost: 0.05,
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
		['as JSON text', (id: string) => `["${id}"]`],
		['as a list', (id: string) => [id]],
		['in lines', (id: string) => `${id}\n${id}\n`],
	])('%s', async (_form, contactIds) => {
		seed(wati);
		const template = { mode: 'id', value: ids.template };
		await run({
			parameters: {
				resource: 'campaign',
				operation: 'estimateCost',
				template,
				contactIds: () => contactIds(ids.contact),
			},
		});
		expect(wati.log[0]?.body).toEqual({ template_id: ids.template, contact_ids: [ids.contact] });
	});

	test.each(['["half', '[{"id": 1}]', { id: 'x' }])('and says what is wrong with %j', async (contactIds) => {
		const template = { mode: 'id', value: ids.template };
		const running = run({
			parameters: { resource: 'campaign', operation: 'estimateCost', template, contactIds: () => contactIds },
		});
		await expect(running).rejects.toThrow('Contact IDs is not a list of texts');
		expect(wati.log).toHaveLength(0);
	});
});
