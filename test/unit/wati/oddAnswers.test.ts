import { withWatiNode } from './watiNode';

/** Answers that WATI's description leaves room for, or that its clients prepare for. */
const { wati, run } = withWatiNode();

const target = { mode: 'phone', value: '+14155552671' };
const answers = (body: object, status = 200): void => wati.fault({ status, body, times: 9 });

const CONTACT = { id: 'c1', name: 'Ada', phone: '+14155552671' };

describe('numbers, and true and false, in another form than described', () => {
	test.each<[string, Record<string, unknown>, object, object]>([
		[
			'a contact that was created',
			{ resource: 'contact', operation: 'create', phoneNumber: '+14155552671', name: 'Ada', simplify: true },
			{ id: 17, wa_id: 14155552671, name: 'Ada', opted_in: 'true', custom_params: [{ name: 'seats', value: 20 }] },
			{ id: '17', phone: '+14155552671', optedIn: true, attributes: { seats: '20' } },
		],
		[
			'contacts that are counted',
			{ resource: 'contact', operation: 'count' },
			{ contact_count: '250' },
			{ count: 250 },
		],
		[
			'a contact that was assigned to teams',
			{ resource: 'contact', operation: 'assignToTeams', target, teams: ['Support'] },
			{ result: 'true' },
			{ success: true },
		],
		[
			'a campaign',
			{ resource: 'campaign', operation: 'get', campaign: { mode: 'id', value: 'b1' }, simplify: true },
			{ id: 'b1', name: 'May', statistics: { total_sent: '10' } },
			{ name: 'May', statistics: { sent: 10 } },
		],
		[
			"a campaign's recipient",
			{
				resource: 'campaign',
				operation: 'getRecipients',
				campaign: { mode: 'id', value: 'b1' },
				limit: 1,
				simplify: true,
			},
			{ recipients: [{ id: 'r1', failed_code: 131026 }], page_number: 1, page_size: 1, total_count: '1' },
			{ failedCode: '131026' },
		],
		[
			'the credits',
			{ resource: 'account', operation: 'getCredits', simplify: true },
			{ credit: '12.5', currency: 'USD' },
			{ credit: 12.5 },
		],
	])('%s', async (_what, parameters, body, expected) => {
		answers(body);
		expect(await run({ parameters })).toMatchObject([{ json: expected }]);
	});

	test('a sent template is not taken for unknown because of the id of its broadcast', async () => {
		answers({ success: 'true', broadcast_id: 4711, recipients: [{ phone_number: 14155552671, errors: [] }] });
		expect(await run({ parameters: template })).toMatchObject([{ json: { accepted: true, broadcastId: '4711' } }]);
	});

	test.each(['false', 'False'])('%s as text is a refusal', async (success) => {
		answers({ success, error: 'Channel not found' });
		await expect(run({ parameters: template })).rejects.toThrow('WATI refused to send the template: Channel not found');
	});
});

const template = {
	resource: 'template',
	operation: 'send',
	template: { mode: 'name', value: 'welcome' },
	sendTo: 'one',
	target,
	templateParameters: { mappingMode: 'defineBelow', value: null },
	broadcastName: 'May',
};

describe('an answer without what was asked for is told, not taken for "there is none"', () => {
	test.each<[string, string, object]>([
		['contact', 'getMany', { contacts: [CONTACT] }],
		['contact', 'getMany', { success: true }],
		['template', 'getMany', { data: [{ name: 'welcome' }] }],
		['campaign', 'getMany', { success: 'yes' }],
		['chatbot', 'getMany', { chatbots: [] }],
		['account', 'getChannels', { channel_list: [] }],
		['account', 'getCredits', { added: true }],
	])('%s > %s: %j', async (resource, operation, body) => {
		answers(body);
		await expect(run({ parameters: { resource, operation, simplify: true, limit: 5 } })).rejects.toThrow(
			/^WATI answered in an unexpected form/,
		);
	});

	test('the list that is missing is named', async () => {
		answers({ contacts: [CONTACT] });
		await expect(run({ parameters: { resource: 'contact', operation: 'getMany', limit: 5 } })).rejects.toMatchObject({
			description: expect.stringContaining('"contact_list" of the answer'),
		});
	});

	test.each([
		{ contact_list: null },
		{ contact_list: [] },
		{ contact_list: null, page_number: 1, page_size: 5 },
		{ page_number: 1, page_size: 5 },
		{},
	])('an empty page is an empty list: %j', async (body) => {
		answers(body);
		expect(await run({ parameters: { resource: 'contact', operation: 'getMany', limit: 5 } })).toEqual([]);
	});

	test("templates under the name that WATI's own client knows as well", async () => {
		answers({ message_templates: [{ id: 't1', name: 'welcome' }], page_number: 1, page_size: 5 });
		const output = await run({ parameters: { resource: 'template', operation: 'getMany', limit: 5, simplify: true } });
		expect(output).toMatchObject([{ json: { name: 'welcome' } }]);
	});

	test.each<[string, Record<string, unknown>]>([
		['overview', { operation: 'getOverview', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }],
		['estimate', { operation: 'estimateCost', template: { mode: 'id', value: 't1' }, contactIds: 'c1' }],
	])('an %s without a figure', async (_what, parameters) => {
		answers({ broadcasts: [] });
		await expect(run({ parameters: { resource: 'campaign', ...parameters, simplify: true } })).rejects.toThrow(
			/^WATI answered in an unexpected form/,
		);
	});

	test('a contact is deleted when WATI says so, else it is looked up', async () => {
		const parameters = { resource: 'contact', operation: 'delete', target };
		wati.fault({ status: 200, body: { contact_id: null }, times: 1 });
		expect(await run({ parameters })).toMatchObject([{ json: { deleted: true } }]);
		expect(wati.log.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
	});
});

describe("WATI's reason, wherever it stands", () => {
	const sendText = { resource: 'message', operation: 'sendText', target, text: 'Hello' };

	test.each<[string, object, number, string]>([
		[
			'in a list',
			{ code: 400, errors: ['Target is required.', 'Text is required.'] },
			400,
			'Target is required. Text is required.',
		],
		[
			'by field, as ASP.NET has it',
			{ title: 'One or more validation errors occurred.', status: 400, errors: { target: ['Target is required.'] } },
			400,
			'Target is required.',
		],
		['in "details"', { code: 400, message: null, details: 'No such target' }, 400, 'No such target'],
		['in a title alone', { title: 'Bad Request' }, 400, 'Bad Request'],
		[
			'in a list of objects under 200',
			{ result: false, errors: [{ message: 'No such target' }] },
			200,
			'No such target',
		],
	])('%s', async (_where, body, status, reason) => {
		answers(body, status);
		await expect(run({ parameters: sendText })).rejects.toThrow(`WATI refused to send the text message: ${reason}`);
	});

	test.each<[string, object, number]>([
		[
			'of the message',
			{ message: { status: 'failed', failed_detail: 'Message Sent Failed', error_code: 131047 } },
			200,
		],
		['of the answer', { message: { status: 'FAILED', failed_detail: null }, failedCode: '131047' }, 200],
		['of a 400', { code: 400, message: 'Message Sent Failed', error_code: '131047' }, 400],
	])("Meta's code in a field of its own %s says what to do", async (_where, body, status) => {
		answers(body, status);
		await expect(run({ parameters: sendText })).rejects.toMatchObject({
			message: expect.stringContaining('131047'),
			description: expect.stringContaining('Send an approved template instead'),
		});
	});

	test("a recipient's errors that are objects", async () => {
		answers({ success: true, recipients: [{ phone_number: '14155552671', errors: [{ message: 'No WhatsApp' }] }] });
		await expect(run({ parameters: template })).rejects.toThrow('WATI refused to send the template: No WhatsApp');
	});
});

describe('a contact without a phone number', () => {
	const bsuid = 'ML.2011135123094924';

	test('has its business-scoped user ID in the simplified output', async () => {
		answers({ id: 'c1', name: 'Ada', bsuid });
		const [output] = await run({ parameters: { resource: 'contact', operation: 'get', target, simplify: true } });
		expect(output?.json).toMatchObject({ id: 'c1', phone: null, bsuid });
	});

	test('has it among the recipients of a campaign, too', async () => {
		answers({ recipients: [{ id: 'r1', contact_id: 'c1', bsuid }] });
		const [output] = await run({
			parameters: {
				resource: 'campaign',
				operation: 'getRecipients',
				campaign: { mode: 'id', value: 'b1' },
				limit: 1,
				simplify: true,
			},
		});
		expect(output?.json).toMatchObject({ phone: null, bsuid });
	});
});
