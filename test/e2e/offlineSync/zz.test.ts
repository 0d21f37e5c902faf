import { OfflineSyncWorld, phoneOf } from './world';
jest.setTimeout(240_000);
test('x', async () => {
	const world = await OfflineSyncWorld.start();
	const sync = await world.importSync();
	const wf = await world.import('offline-sync', { parameters: { 'WATI Trigger': { events: ['messageReceived'], registration: 'automatic', channelNumber: { __rl: true, mode: 'number', value: world.wati.account.defaultChannel.number }, simplify: true, options: {} } }, settings: { Settings: { waitMinutes: 0.05 } } }).catch((e) => { console.log(String(e)); return undefined; });
	console.log(JSON.stringify(world.wati.log.map((r) => [r.method, r.path, r.body, r.status])));
	await world.wati.receive({ phone: phoneOf(330), name: 'Wanda Wati', text: 'Hello' });
	await world.wati.receive({ phone: phoneOf(330), name: 'Wanda Wati', text: 'Again' });
	console.log(JSON.stringify(world.wati.deliveries));
	await new Promise((r) => setTimeout(r, 8000));
	for (const e of await world.host.executions()) { const x = await world.host.execution(e.id); console.log(e.workflowId === wf?.id ? 'caller' : 'sync', x.status, x.lastNode, x.error?.message, JSON.stringify(x.nodes.Message?.[0]?.items[0]?.[0]?.json), JSON.stringify(x.nodes['WATI Contact']?.[0]?.items)); }
	{ const { execSync } = require('node:child_process'); console.log(execSync(`python3 -c "import sqlite3;c=sqlite3.connect('${world.host.userFolder}/.n8n/database.sqlite');print([t for (t,) in c.execute('select name from sqlite_master')if 'trigger' in t or 'outbox' in t]);[print(t,list(c.execute('select * from '+t))) for (t,) in c.execute('select name from sqlite_master where type=\\'table\\'').fetchall() if 'trigger_status' in t or 'outbox' in t]"`).toString()); }
	console.log((await world.host.readLog()).slice(-3000));
	await world.stop();
});
