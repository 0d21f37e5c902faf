import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { connectWati } from './connectWati';

/** Templates to as many recipients as a call of WATI takes, and more, in every form in which a builder can have them. */
let host: N8nClient;
let credential: CredentialRef;
const wati = new WatiSimulator();

beforeAll(async () => void ({ host, credential } = await connectWati(wati)));
beforeEach(() => {
	wati.reset();
	wati.account.addTemplate({ name: 'welcome' });
});
afterAll(async () => await wati.stop());

const people = (count: number) =>
	Array.from({ length: count }, (_, at) => ({ phone: `1415${5550000 + at}`, parameters: { name: `Person ${at}` } }));

/** A second is usual; a minute is what it took when each recipient had n8n copy the whole list. */
const LONGEST_MS = 30_000;

async function send(parameters: Record<string, unknown>, items: Array<Record<string, unknown>>) {
	const { execution, error } = await runNode(host, {
		node: {
			type: 'n8n-nodes-whatsapp-crm.wati',
			parameters: {
				resource: 'template',
				operation: 'send',
				template: { __rl: true, mode: 'name', value: 'welcome' },
				broadcastName: 'Leads',
				options: {},
				...parameters,
			},
			credentials: { watiConnectionApi: credential },
		},
		items,
	});
	expect(error).toBeUndefined();
	const [run] = execution.nodes['Node under test'] ?? [];
	expect(run?.tookMs).toBeLessThan(LONGEST_MS);
	return run?.items[0] ?? [];
}

/** Recipients of each call. */
const calls = () =>
	wati
		.requests('POST', '/api/ext/v3/messageTemplates/send')
		.map(({ body }) => (body as { recipients: unknown[] }).recipients.length);

test.each<[string, unknown, Array<Record<string, unknown>>]>([
	['a list typed into the node', people(10_001), [{}]],
	['JSON typed into the node', JSON.stringify(people(10_001)), [{}]],
	['a list by expression', '={{ $json.list }}', [{ list: people(10_001) }]],
	['JSON by expression', '={{ $json.list }}', [{ list: JSON.stringify(people(10_001)) }]],
])('10,001 recipients as %s are two calls and 10,001 results', async (_form, recipients, items) => {
	const output = await send({ sendTo: 'several', recipients }, items);
	expect(calls()).toEqual([10_000, 1]);
	expect(output).toHaveLength(10_001);
	expect(new Set(output.map(({ json }) => json.localMessageId)).size).toBe(10_001);
});

test('2,000 input items are one call, and each has its own result', async () => {
	const output = await send(
		{
			sendTo: 'all',
			target: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
			specifyParameters: 'json',
			templateParametersJson: '={{ $json.parameters }}',
		},
		people(2_000),
	);
	expect(calls()).toEqual([2_000]);
	expect(output.map(({ pairedItem }) => pairedItem[0]?.item)).toEqual(output.map((_, item) => item));
	expect(output.map(({ json }) => json.recipient)).toEqual(people(2_000).map(({ phone }) => phone));
});
