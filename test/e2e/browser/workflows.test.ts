import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import type { N8nClient } from '../../host/n8nClient';
import type { CredentialRef } from '../../host/workflowBuilder';
import { browserSuite } from '../../support/browserSuite';
import { importWorkflow, readShipped } from '../../support/importWorkflow';

const files = readdirSync(join(__dirname, '../../../workflows')).filter((file) => file.endsWith('.json'));
const seen = browserSuite();

const required = z.object({
	name: z.string(),
	credentials: z.array(z.object({ name: z.string(), required: z.boolean().catch(false) })).catch([]),
});

/** A connection of every type that the nodes of a workflow can't do without. What is in it does not matter: none is used. */
async function connectionsFor(host: N8nClient, file: string): Promise<Record<string, CredentialRef>> {
	const types = (await host.nodeTypes()).map((type) => required.parse(type));
	const used = new Set((await readShipped(file)).nodes.map(({ type }) => type));
	const needed = types
		.filter(({ name }) => used.has(name))
		.flatMap(({ credentials }) => credentials.filter((one) => one.required));
	const made: Record<string, CredentialRef> = {};
	for (const { name } of needed) made[name] ??= await host.createCredential(name, `${file} ${name}`, {});
	return made;
}

const channel = { __rl: true, mode: 'number', value: '15550001111' };

/** The number whose messages start the workflow: of everybody's own account, so no file can name it. */
async function chosenChannel(file: string): Promise<Record<string, Record<string, unknown>>> {
	const triggers = (await readShipped(file)).nodes.filter(({ type }) => type.endsWith('.watiTrigger'));
	return Object.fromEntries(triggers.map(({ name }) => [name, { channelNumber: channel }]));
}

describe('a ready workflow opens without a problem marker once connections and channel are chosen', () => {
	for (const file of files) {
		seen(file, async ({ editor, host }) => {
			const credentials = await connectionsFor(host, file);
			const parameters = await chosenChannel(file);
			const { id, json } = await importWorkflow(host, file, { credentials, parameters, publish: false });
			await editor.openWorkflow(id);
			const nodes = json.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
			for (const { name } of nodes) await editor.node(name).waitFor({ state: 'attached' });
			expect(await editor.markedNodes()).toEqual([]);
			await host.deleteWorkflow({ id });
		});
	}
});
