import { Wati } from '../../../nodes/Wati/Wati.node';
import { runNodeFake } from '../../support/fakeExecute';
import { withWatiNode } from './watiNode';

/**
 * What n8n itself keeps from happening, or can't be arranged there: these run against the node alone.
 * The like in a real n8n is in test/e2e/wati.
 */
const { wati, run } = withWatiNode();
beforeEach(() => {
	const parameters = ['name', 'order'].map((name) => ({ name, value: 'sample' }));
	wati.account.addTemplate({ name: 'order', body: '{{name}}: {{order}}', parameters });
});

const mapper = (value: Record<string, unknown> | null, more: object = {}) => ({
	mappingMode: 'defineBelow',
	value,
	schema: ['name', 'order'].map((id) => ({ id, displayName: id, required: true, display: true, removed: false })),
	...more,
});

const send = (parameters: Record<string, unknown>) => ({
	resource: 'template',
	operation: 'send',
	template: { mode: 'name', value: 'order' },
	sendTo: 'one',
	target: { mode: 'phone', value: '+14155550000' },
	broadcastName: 'Leads',
	options: {},
	...parameters,
});

test('a mapper with nothing in it, which n8n would not publish, is refused before any call', async () => {
	await expect(run({ parameters: send({ templateParameters: mapper(null) }) })).rejects.toThrow(
		/no value for the parameter "name"/,
	);
	expect(wati.log).toHaveLength(0);
});

test('parameters can come from the input fields of the same names', async () => {
	await runNodeFake(new Wati(), {
		parameters: send({ templateParameters: mapper(null, { mappingMode: 'autoMapInputData' }) }),
		credentials: { watiConnectionApi: { apiEndpoint: wati.origin, accessToken: wati.token } },
		authorize: () => ({ Authorization: `Bearer ${wati.token}` }),
		items: [{ json: { name: 'Ada', order: 5, headers: {} } }],
	});
	expect(wati.log[0]?.body).toMatchObject({
		recipients: [
			{
				custom_params: [
					{ name: 'name', value: 'Ada' },
					{ name: 'order', value: '5' },
				],
			},
		],
	});
});

test('the same item of the same run keeps its local message id, another item has another', async () => {
	const parameters = send({ templateParameters: mapper({ name: 'Ada', order: 5 }) });
	const first = await run({ parameters, items: 2 });
	const again = await run({ parameters, items: 2 });
	const ids = (output: typeof first) => output.map(({ json }) => json.localMessageId);
	expect(ids(again)).toEqual(ids(first));
	expect(new Set(ids(first)).size).toBe(2);
});
