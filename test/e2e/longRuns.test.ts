import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { onlyRun } from '../host/execution';
import { HeapProbe } from '../host/heapProbe';
import { N8nHost } from '../host/n8nHost';
import { names, nodeTestWorkflow, type NodeSpec } from '../host/workflowBuilder';
import { allCrms, mapped, type CrmFixture } from '../support/crms';
import { CrmInN8n } from './createOrUpdate/crmInN8n';

jest.setTimeout(20 * 60_000);

const FEW = 2_500;
const MANY = 10_000;
const MOST_ABOVE_INPUT = 20_000_000;
const timeoutMs = 15 * 60_000;
/** What watches over an answer looks once a second whether it still comes, and holds it until then (http/stall.ts). */
const LETS_GO_MS = 2_500;

/** Calls for so many new contacts; the batches are those of the vendor's limits. */
const CALLS: Record<CrmFixture['name'], (contacts: number) => number> = {
	// One count says that there is no contact yet; WATI creates one at a time.
	WATI: (contacts) => contacts + 1,
	// Look-ups five queries at a time, as long as a URL may be; 200 rows a write.
	Salesforce: (contacts) => Math.ceil(contacts / 1_500) + Math.ceil(contacts / 200),
	// 100 emails a query, 100 rows a write; once for each process, who is connected.
	'Zoho CRM': (contacts) => contacts / 50 + 1,
	Wawp: (contacts) => contacts * 2,
};

let host: N8nHost;
let probe: HeapProbe;
let meter: Meter;
let meterUrl: string;
let starting: Promise<N8nHost> | undefined;

/** One n8n for all four vendors, whose memory can be measured. */
async function startHost(): Promise<N8nHost> {
	starting ??= (async () => {
		probe = await HeapProbe.create();
		host = await N8nHost.start({ env: probe.env });
		meter = new Meter(async () => {
			await sleep(LETS_GO_MS);
			return await probe.heldBytes(host.connection.pid);
		});
		meterUrl = await meter.start();
		return host;
	})();
	return await starting;
}

afterAll(async () => {
	await meter?.stop();
	await host?.dispose();
	await probe?.dispose();
});

/** The last node of each run calls it, once: what n8n holds is measured while all items are still there. */
class Meter {
	private readonly server: Server;
	heldBytes = 0;

	constructor(measure: () => Promise<number>) {
		this.server = createServer((_request, response) => {
			void measure().then((bytes) => {
				this.heldBytes = bytes;
				response.end('{}');
			});
		});
	}

	async start(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('The meter has no address');
		return `http://127.0.0.1:${address.port}/`;
	}

	async stop(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}
}

const nothing: NodeSpec = { type: 'n8n-nodes-base.noOp' };

interface LongRun {
	items: number;
	actions: Map<unknown, number>;
	hints: string[];
	seconds: number;
	/** Bytes, while the items are still there. */
	atTheEnd: number;
	/** Bytes, when n8n has stored the run and done a small one after it: until then it keeps the last one. */
	afterwards: number;
}

/** Runs the items through the node, with a last node behind it that has the memory measured. */
async function run(node: NodeSpec, items: Array<Record<string, unknown>>): Promise<LongRun> {
	const json = nodeTestWorkflow({ node });
	const measuring = {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: meterUrl, options: {} },
		executeOnce: true,
	};
	const nodes = json.nodes.map((one) => (one.name === names.done ? { ...one, ...measuring } : one));
	const workflow = await host.createWorkflow({ ...json, nodes });
	await host.activate(workflow);
	const execution = await host.run(workflow, { items }, { timeoutMs });
	if (execution.error) throw new Error(`${execution.error.message} ${execution.error.description ?? ''}`);
	const { items: branches, hints, tookMs } = onlyRun(execution, names.underTest);
	const actions = new Map<unknown, number>();
	for (const { json: outcome } of branches[0] ?? [])
		actions.set(outcome.action, (actions.get(outcome.action) ?? 0) + 1);
	const atTheEnd = meter.heldBytes;
	if (items.length > 1) await run(nothing, [{}]);
	return {
		items: branches[0]?.length ?? 0,
		actions,
		hints: hints.map(({ message }) => message),
		seconds: tookMs / 1_000,
		atTheEnd,
		afterwards: await probe.heldBytes(host.connection.pid),
	};
}

function contacts(crm: CrmFixture, count: number): Array<Record<string, unknown>> {
	const isByPhone = crm.key(1).startsWith('+');
	return Array.from({ length: count }, (_, person) => ({
		...mapped(crm, person, `Text${person}`),
		[crm.fields.key]: isByPhone ? `+1415${5_200_000 + person}` : crm.key(person),
	}));
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

describe.each(allCrms())('$name', (crm) => {
	const inN8n = new CrmInN8n(crm, startHost);

	test('10,000 new contacts: each is written once, in no more calls than promised, and little stays in memory', async () => {
		const few = contacts(crm, FEW);
		const many = contacts(crm, MANY);
		const node = await inN8n.node({ items: many.slice(0, 1) });
		const short = await run(node, few);
		expect(short.items).toBe(FEW);
		expect(crm.calls()).toBeLessThanOrEqual(CALLS[crm.name](FEW));

		crm.reset();
		const input = await run(nothing, many);
		const long = await run(node, many);
		const above = { atTheEnd: long.atTheEnd - input.atTheEnd, afterwards: long.afterwards - input.afterwards };
		process.stderr.write(
			[
				`${crm.name}: 10,000 contacts in ${long.seconds.toFixed(1)} s with ${crm.calls()} calls (2,500 in ${short.seconds.toFixed(1)} s)`,
				`memory above the input: ${megabytes(above.atTheEnd)} with all results, ${megabytes(above.afterwards)} after the run`,
				`(held with the input alone: ${megabytes(input.atTheEnd)} and ${megabytes(input.afterwards)})\n`,
			].join('; '),
		);
		expect(long.items).toBe(MANY);
		expect([...long.actions]).toEqual([['created', MANY]]);
		expect(crm.calls()).toBeLessThanOrEqual(CALLS[crm.name](MANY));
		expect(long.hints).toEqual(['10,000 contacts, 10,000 created']);
		expect(above.atTheEnd).toBeLessThanOrEqual(MOST_ABOVE_INPUT);
		expect(above.afterwards).toBeLessThanOrEqual(MOST_ABOVE_INPUT);
		// Four times the contacts, so twice of four times as long at most: the machine may have been busy with something else.
		expect(long.seconds).toBeLessThan(2 * 4 * short.seconds + 10);
	});
});
