import type { Execution } from '../test/host/execution';
import { ensureHost } from '../test/host/install';
import { N8nHost } from '../test/host/n8nHost';
import { packRepository } from '../test/host/pack';
import { connectAll } from './connections';
import { fourSystemsWorkflow, outcomes } from './fourSystems';
import { newLeadWorkflow, type Lead } from './newLead';
import { startVendors, stopVendors } from './vendors';

const LEADS: Array<Lead & { note: string }> = [
	{ note: 'new', name: 'Anna Schmidt', phone: '+49 151 23456789', email: 'anna@example.com', city: 'Berlin' },
	{ note: 'already known', name: 'Luis Romero', phone: '+34 612 345 678', email: 'luis@example.com', city: 'Madrid' },
	{ note: 'bad phone number', name: 'Mia Lee', phone: '555-01', email: 'mia@example.com', city: 'Austin' },
];

const say = (line = ''): void => console.log(line);

async function main(): Promise<void> {
	say('1. n8n (the first time this takes 2 to 3 minutes)');
	await ensureHost({ onProgress: (line) => say(`   ${line}`) });
	say('2. Building and packing the package');
	const tarball = await packRepository({ onProgress: (line) => say(`   ${line}`) });
	say('3. The simulators of the vendors');
	const vendors = await startVendors();
	say(
		`   ${Object.values(vendors)
			.map(({ name }) => name)
			.join(', ')}`,
	);
	say('4. Starting n8n with the package');
	const host = await N8nHost.start({ packages: [tarball], onProgress: (line) => say(`   ${line}`) });
	onCtrlC(async () => {
		await host.dispose();
		await stopVendors(vendors);
	});

	say('5. Connections, and the workflow "welcome a new lead"');
	const connections = await connectAll(host, vendors, (line) => say(`   ${line}`));
	const workflow = await host.createWorkflow(newLeadWorkflow(connections.wati));
	await host.activate(workflow);

	say('6. Three leads come in');
	const rows: Array<Record<string, string>> = [];
	for (const lead of LEADS)
		rows.push({ Lead: `${lead.name} (${lead.note})`, ...whatHappened(await host.run(workflow, lead)) });
	console.table(rows);

	say('7. One lead in four systems: sent twice, then with another name and city');
	const all = await host.createWorkflow(fourSystemsWorkflow(vendors, connections));
	await host.activate(all);
	const lead: Lead = { name: 'Ada Byrne', phone: '+44 7400 123456', email: 'ada@example.com', city: 'London' };
	const times = {
		'first time': lead,
		'the same again': lead,
		changed: { ...lead, city: 'Leeds', name: 'Ada Clarke' },
	};
	const table: Record<string, Record<string, string>> = {};
	for (const [time, body] of Object.entries(times)) table[time] = outcomes(vendors, await host.run(all, body));
	console.table(table);

	const { email, password } = host.connection.owner;
	say(`Look at it: ${host.baseUrl}/workflow/${workflow.id} and ${host.baseUrl}/workflow/${all.id}`);
	say(`Log in with ${email} and ${password}`);
	say('Send a lead of your own:');
	say(
		`   curl -X POST ${host.webhookUrl('new-lead')} -H 'content-type: application/json' -d '{"name":"Ada","phone":"+447400123456","city":"London"}'`,
	);
	say('Ctrl-C stops everything.');
}

/** What became of a lead, read from the execution as the editor shows it. */
function whatHappened(execution: Execution): Record<string, string> {
	const first = (name: string, branch = 0) => execution.nodes[name]?.[0]?.items[branch]?.[0]?.json;
	const outcome = first('Create Contact');
	const refused = first('Create Contact', 1);
	return {
		Contact: outcome ? `${String(outcome.action)} ${String(outcome.id)}` : String(refused?.error ?? ''),
		Template: first('Send Template') ? 'accepted' : 'not sent',
		Team: first('Assign to Teams') ? 'Support' : 'not assigned',
	};
}

function onCtrlC(stop: () => Promise<void>): void {
	const keepAlive = setInterval(() => undefined, 60_000);
	const end = (): void => {
		say('\nStopping ...');
		clearInterval(keepAlive);
		void stop().finally(() => process.exit(0));
	};
	process.once('SIGINT', end).once('SIGTERM', end);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
