import { given, ReadyWorkflows } from './world';
jest.setTimeout(120_000);
test('debug', async () => {
	const world = await ReadyWorkflows.start();
	const workflow = await world.import('escalate-and-resolve', { parameters: { 'Needs a Look': { mode: 'raw', jsonOutput: "={{ { all: JSON.stringify($json), t: typeof $json.details, d: $json.details, k: $json['details'], desc: $json.details?.description, desc2: $json.details.description, keys: Object.keys($json), e: $json.error, inp: $input.item.json.details } }}", options: {} } } });
	world.wati.account.addContact({ phone: '12015550123', name: 'Ada' });
	const run = await world.tell(workflow, { event: 'escalated', phone: '+12015550123', name: 'Ada', ticket: '4711', operatorEmail: 'nobody@example.com' });
	console.log(JSON.stringify(given(run, 'Needs a Look'), null, 1), JSON.stringify(given(run, 'Assign Operator', 1)));
	await world.stop();
});
