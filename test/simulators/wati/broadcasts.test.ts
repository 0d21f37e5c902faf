import { refused, withWati } from './harness';

const { wati, call } = withWati();
const page = { page_number: 1, page_size: 2 };

const withBroadcast = async () => {
	const template = wati.account.addTemplate({ name: 'news' });
	await call('post', '/messageTemplates/send', {
		template_name: 'news',
		broadcast_name: 'November news',
		recipients: ['14155550101', '14155550102', '14155550103'].map((phone_number) => ({ phone_number })),
	});
	const [broadcast] = wati.account.broadcasts.values();
	const [first, second] = broadcast?.recipients ?? [];
	if (!broadcast || !first || !second) throw new Error('no broadcast');
	first.status = 'READ';
	Object.assign(second, { status: 'FAILED', failedCode: '131026' });
	return { broadcast, template };
};

test('a broadcast with its statistics', async () => {
	const { broadcast, template } = await withBroadcast();
	expect(await call('get', `/broadcasts/${broadcast.id}`)).toMatchObject({
		status: 200,
		data: {
			id: broadcast.id,
			name: 'November news',
			status: 'processing',
			template_id: template.id,
			fallback_templates: [{ templateId: template.id, type: 0, providerType: 0 }],
			created: expect.any(String),
			last_updated: expect.any(String),
			scheduled_at: expect.any(String),
			statistics: { total_recipients: 3, total_sent: 2, total_delivered: 1, total_read: 1, total_failed: 1 },
		},
	});
	expect(await call('get', '/broadcasts/nothing')).toMatchObject(refused('Broadcast not found'));
});

test('the list has a total and no statistics; the channel must exist', async () => {
	await withBroadcast();
	const list = async (more: object) => await call('get', '/broadcasts', undefined, { params: { ...page, ...more } });
	const { data } = await list({ channel: '15550001111' });
	expect(data).toMatchObject({ broadcasts: [{ name: 'November news' }], ...page, total: 1 });
	expect(JSON.stringify(data)).not.toContain('statistics');
	expect(await list({ channel: '' })).toMatchObject(refused('Channel not found'));
});

test('recipients in pages with total_count', async () => {
	const { broadcast } = await withBroadcast();
	const list = async (params: object) =>
		await call('get', `/broadcasts/${broadcast.id}/recipients`, undefined, { params });
	expect(await list(page)).toMatchObject({
		data: {
			recipients: [
				{ contact_phone: '14155550101', status: 'READ', contact_id: expect.any(String), failed_code: null },
				{ contact_phone: '14155550102', status: 'FAILED', failed_code: '131026' },
			],
			...page,
			total_count: 3,
		},
	});
	expect(await list({ page_number: 1 })).toMatchObject(refused(/page_size/));
});

test('the overview needs both dates, with a time', async () => {
	await withBroadcast();
	const overview = async (params: object) => await call('get', '/broadcasts/overview', undefined, { params });
	const dates = { date_from: '2020-01-01T00:00:00Z', date_to: '2100-01-01T00:00:00Z' };
	expect(await overview(dates)).toMatchObject({
		data: { total_sent: 3, total_open: 1, total_failed: 1, total_links: 0, total_stopped: 0 },
	});
	expect(await overview({ ...dates, search_string: 'december' })).toMatchObject({ data: { total_sent: 0 } });
	expect(await overview({ date_from: dates.date_from })).toMatchObject(refused(/date_to/));
	expect(await overview({ ...dates, date_to: 'tomorrow' })).toMatchObject(refused(/date_to/));
});

test('the cost of a broadcast; a refusal is a 200 with its reason', async () => {
	const { template } = await withBroadcast();
	const [contact] = wati.account.contacts.values();
	const estimate = async (body: object) => await call('post', '/broadcasts/estimate-cost', body);
	expect(await estimate({ template_id: template.id, contact_ids: [contact?.id] })).toMatchObject({
		status: 200,
		data: { estimated_cost: 0.05, current_credit: 100, result: true, is_request_succeeded: true, failed_detail: null },
	});
	expect(await estimate({ template_id: 'nothing', contact_ids: [contact?.id] })).toMatchObject({
		status: 200,
		data: { result: false, is_request_succeeded: false, failed_detail: 'Template not found' },
	});
	expect(await estimate({ template_id: template.id, contact_ids: [] })).toMatchObject(refused(/contact_ids/));
	expect(await estimate({ contact_ids: ['x'] })).toMatchObject(refused(/template_id/));
});
