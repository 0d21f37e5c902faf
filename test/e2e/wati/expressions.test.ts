import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { connectWati } from './connectWati';

/** What a builder's expressions really give: n8n's own dates, boxes as text, numbers from a table. */
let host: N8nClient;
let credential: CredentialRef;
const wati = new WatiSimulator();

beforeAll(async () => void ({ host, credential } = await connectWati(wati)));
beforeEach(() => wati.reset());
afterAll(async () => await wati.stop());

async function run(parameters: Record<string, unknown>, items: Array<Record<string, unknown>> = [{}]) {
	const { items: output, error } = await runNode(host, {
		node: {
			type: 'n8n-nodes-whatsapp-crm.wati',
			parameters,
			credentials: { watiConnectionApi: credential },
		},
		timezone: 'Europe/Berlin',
		items,
	});
	expect(error).toBeUndefined();
	return output;
}

test('dates of expressions, typed ones and picked ones mean the same moment', async () => {
	const overview = { resource: 'campaign', operation: 'getOverview', to: '={{ $now }}', options: {} };
	for (const from of [
		"={{ DateTime.fromISO('2026-01-15T00:00:00') }}",
		"={{ DateTime.fromISO('2026-01-15T00:00:00').toJSDate() }}",
		"={{ DateTime.fromISO('2026-01-15T00:00:00').toISO() }}",
		'2026-01-15T00:00:00',
	]) {
		await run({ ...overview, from });
	}
	expect(wati.log.map(({ query }) => query.date_from)).toEqual(Array(4).fill('2026-01-14T23:00:00Z'));
});

test('dates, numbers and boxes in texts are written as people would', async () => {
	await run({
		resource: 'contact',
		operation: 'create',
		phoneNumber: '={{ 14155552671 }}',
		name: '={{ 4711 }}',
		attributes: {
			attribute: [
				{ name: 'since', value: "={{ DateTime.fromISO('2026-01-15T00:00:00') }}" },
				{ name: 'vip', value: '={{ false }}' },
				{ name: 'visits', value: '={{ 0 }}' },
			],
		},
	});
	expect(wati.log[0]?.body).toEqual({
		whatsapp_number: '14155552671',
		name: '4711',
		custom_params: [
			{ name: 'since', value: '2026-01-15T00:00:00.000+01:00' },
			{ name: 'vip', value: 'false' },
			{ name: 'visits', value: '0' },
		],
	});
});

test('each item has its own target, in its own way of writing it, and its own options', async () => {
	for (const phone of ['14155552671', '4915112345678']) wati.account.addContact({ phone });
	await run(
		{
			resource: 'contact',
			operation: 'get',
			target: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
			options: { defaultCountry: '={{ $json.country }}' },
		},
		[
			{ phone: 14155552671, country: '' },
			{ phone: ' +1 (415) 555-2671 ', country: 'DE' },
			{ phone: '415-555-2671', country: 'US' },
			{ phone: '0151 12345678', country: 'DE' },
		],
	);
	expect(wati.log.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
		'14155552671',
		'14155552671',
		'14155552671',
		'4915112345678',
	]);
});

test('Dry Run and Allow Creating by expressions that give text do what they say', async () => {
	const output = await run(
		{
			resource: 'contact',
			operation: 'upsert',
			fields: {
				mappingMode: 'defineBelow',
				value: { whatsappNumber: '={{ $json.phone }}' },
				matchingColumns: [],
				schema: [
					{ id: 'whatsappNumber', displayName: 'WhatsApp Number', required: true, display: true, type: 'string' },
				],
			},
			allowCreate: '={{ $json.create }}',
			options: { dryRun: '={{ $json.dry }}' },
		},
		[
			{ phone: '+14155552671', create: 'false', dry: 'false' },
			{ phone: '+14155552672', create: 'true', dry: 'true' },
			{ phone: '+14155552673', create: 'yes', dry: 'no' },
		],
	);
	expect(output.map(({ json }) => [json.action, json.dryRun])).toEqual([
		['skipped', false],
		['created', true],
		['created', false],
	]);
	expect([...wati.account.contacts.values()].map(({ phone }) => phone)).toEqual(['14155552673']);
});
