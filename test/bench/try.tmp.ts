import { N8nHost } from '../host/n8nHost';
import { Stopwatch } from './measure';
import { upsertWati } from './works/upsertWati';
(async () => {
	const host = await N8nHost.start({ onProgress: (l) => console.log(l) });
	try {
	const w = new Stopwatch(host, 100);
	console.log('idle 1', await w.idleSeconds(1), await w.idleSeconds(1), await w.idleSeconds(1), 'idle 1000', await w.idleSeconds(1000), await w.idleSeconds(1000));
	const open = await upsertWati.open(host);
	for (const [contacts, state] of [[1,'changed'],[1,'changed'],[1,'new'],[100,'half'],[1000,'changed'],[1000,'changed'],[1000,'new'],[1000,'unchanged'],[1000,'half'],[10000,'changed']] as const) {
		try { console.log('ours', contacts, state, JSON.stringify(await w.run(open, open.ours, {contacts, state}))); } catch (e) { console.log('FAILED', contacts, state, String(e)); }
	}
	for (const c of open.builtIn) for (const [contacts, state] of [[1,'changed'],[100,'half']] as const) {
		try { console.log(c.by, contacts, state, JSON.stringify(await w.run(open, c, {contacts, state}))); } catch (e) { console.log('FAILED', c.by, contacts, state, String(e)); }
	}
	try { console.log('at once 1000', JSON.stringify(await w.run(open, open.builtIn[1]!, {contacts:1000, state:'changed'}))); } catch (e) { console.log('FAILED', String(e)); }
	await open.close();
	} finally { await host.dispose(); }
})().catch((e) => { console.error(e); process.exitCode = 1; });
