import { withWatiNode } from './watiNode';

/** What expressions give that nobody types: n8n's own dates, boxes as text, numbers for names. */
const { wati, run } = withWatiNode();

/** As `{{ $now }}` gives it. */
const luxon = { toISO: () => '2026-01-15T00:00:00.000+01:00' };

describe('dates', () => {
	const overview = { resource: 'campaign', operation: 'getOverview', to: '2026-02-01T00:00:00Z', simplify: true };

	test.each([
		['text', '2026-01-15T00:00:00.000+01:00'],
		["n8n's own", luxon],
		["JavaScript's", new Date('2026-01-14T23:00:00Z')],
	])('of a period: %s', async (_form, from) => {
		await run({ parameters: { ...overview, from: () => from } });
		expect(wati.log[0]?.query).toMatchObject({ date_from: '2026-01-14T23:00:00Z', date_to: '2026-02-01T00:00:00Z' });
	});

	test.each(['1.2.2026', '01/02/2026', 'Jan 5 2026', '2026', 5, '2026-1-5', 'yesterday'])(
		'are not guessed: %j is refused',
		async (from) => {
			await expect(run({ parameters: { ...overview, from: () => from } })).rejects.toThrow(
				'From is not a date and time',
			);
			expect(wati.log).toHaveLength(0);
		},
	);

	test('made out of nothing are refused by the name of the field', async () => {
		const nothing = { toISO: () => null };
		await expect(run({ parameters: { ...overview, from: () => nothing } })).rejects.toThrow(
			'From is not a date and time',
		);
		expect(wati.log).toHaveLength(0);
	});

	test('as the value of an attribute are text', async () => {
		await run({
			parameters: {
				resource: 'contact',
				operation: 'create',
				phoneNumber: 14155552671,
				name: 'Ada',
				attributes: { attribute: [{ name: 'since', value: luxon }] },
			},
		});
		expect(wati.log[0]?.body).toEqual({
			whatsapp_number: '14155552671',
			name: 'Ada',
			custom_params: [{ name: 'since', value: '2026-01-15T00:00:00.000+01:00' }],
		});
	});
});

describe('a box that is ticked by an expression', () => {
	const list = { resource: 'contact', operation: 'getMany', limit: 2, simplify: true };
	beforeEach(() => void wati.account.seedContacts(3));

	test.each<[unknown, number]>([
		[true, 3],
		['true', 3],
		['Yes', 3],
		[1, 3],
		[false, 2],
		['false', 2],
		['no', 2],
		[0, 2],
		['', 2],
	])('Return All as %j', async (returnAll, count) => {
		expect(await run({ parameters: { ...list, returnAll: () => returnAll } })).toHaveLength(count);
	});

	test('is refused where it is neither', async () => {
		await expect(run({ parameters: { ...list, returnAll: () => 'perhaps' } })).rejects.toThrow(
			'Return All is neither true nor false',
		);
		expect(wati.log).toHaveLength(0);
	});
});

describe('a channel by its number', () => {
	test.each([
		['+1 (555) 000-1111', '15550001111'],
		['+15550001111', '15550001111'],
		[15550001111, '15550001111'],
		['Line +1', 'Line +1'],
	])('%j is sent as %s', async (channel, expected) => {
		wati.fault({ status: 200, body: { broadcasts: [] }, times: 1 });
		await run({
			parameters: { resource: 'campaign', operation: 'getMany', limit: 5, options: { channel } },
		});
		expect(wati.log[0]?.query).toMatchObject({ channel: expected });
	});
});

describe('JSON that is none is refused with an example of what belongs there', () => {
	const target = { mode: 'phone', value: '+14155552671' };
	const send = { resource: 'template', operation: 'send', template: { mode: 'name', value: 'x' }, broadcastName: 'b' };
	const list = { resource: 'message', operation: 'sendInteractiveList', target, body: 'B', buttonText: 'Open' };

	test.each<[string, Record<string, unknown>, string]>([
		['sections', { ...list, specifySections: 'json', sectionsJson: () => '[{' }, '[{"title": "Sizes"'],
		[
			'parameters',
			{ ...send, sendTo: 'one', target, specifyParameters: 'json', templateParametersJson: () => '{' },
			'{"name": "Anna"}',
		],
		['recipients', { ...send, sendTo: 'several', recipients: () => '[' }, '[{"phone": "+14155552671"}]'],
	])('%s', async (_what, parameters, example) => {
		await expect(run({ parameters })).rejects.toMatchObject({ description: expect.stringContaining(example) });
	});

	test('a parameter that the template does not have is to be removed, not to be filled in', async () => {
		const known = { name: 'welcome', status: 'APPROVED', custom_params: [{ name: 'name', value: 'Anna' }] };
		wati.fault({ status: 200, body: { templates: [known] }, times: 1 });
		const recipients = [{ phone: '+14155552671', parameters: { name: 'Ada', code: 'A1' } }];
		const parameters = { ...send, template: { mode: 'name', value: 'welcome' }, sendTo: 'several' };
		await expect(run({ parameters: { ...parameters, recipients: () => recipients } })).rejects.toMatchObject({
			message: expect.stringContaining('has the parameter "code", which the template doesn\'t have'),
			description: expect.stringMatching(
				/Expected the parameters name\. Remove it, or write its name as the template has it\./,
			),
		});
	});
});

test('titles in a list go out without the blanks around them', async () => {
	const parameters = {
		resource: 'message',
		operation: 'sendInteractiveList',
		target: { mode: 'phone', value: '+14155552671' },
		body: 'B',
		buttonText: 'Open',
		specifySections: 'json',
		sectionsJson: () => [{ title: ` ${'s'.repeat(24)} `, rows: [{ title: ` ${'r'.repeat(24)}\n` }] }],
	};
	wati.fault({ status: 200, body: { message: { id: 'm1' } }, times: 1 });
	await run({ parameters });
	expect(wati.log[0]?.body).toMatchObject({
		list_message: { sections: [{ title: 's'.repeat(24), rows: [{ title: 'r'.repeat(24) }] }] },
	});
});

test('a message ID is given out as it was sent', async () => {
	wati.fault({ status: 200, body: '%PDF-1.4', headers: { 'content-type': 'application/pdf' }, times: 1 });
	const [output] = await run({
		parameters: { resource: 'message', operation: 'getMedia', messageId: () => ' m1 ', binaryPropertyName: 'data' },
	});
	expect(output?.json).toMatchObject({ messageId: 'm1' });
});
