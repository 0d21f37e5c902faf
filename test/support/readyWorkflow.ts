import { z } from 'zod';

import type { N8nClient } from '../host/n8nClient';
import type { CredentialRef } from '../host/workflowBuilder';
import { readShipped, type ImportOptions } from './importWorkflow';

const connectionsOfType = z.object({
	name: z.string(),
	credentials: z.array(z.object({ name: z.string(), required: z.boolean().catch(false) })).catch([]),
});

/**
 * What a builder chooses after importing a ready workflow to have no problem marker left: a connection of every type that
 * its nodes can't do without, and the number of their own whose messages start it. Connections that are not given are
 * made empty: enough to look at the workflow, not to run it.
 */
export async function chosenByBuilder(
	host: N8nClient,
	file: string,
	given: { credentials?: Record<string, CredentialRef>; channel: string },
): Promise<Pick<ImportOptions, 'credentials' | 'parameters'>> {
	const { nodes } = await readShipped(file);
	const used = new Set(nodes.map(({ type }) => type));
	const types = (await host.nodeTypes()).map((type) => connectionsOfType.parse(type));
	const needed = types.filter(({ name }) => used.has(name)).flatMap((type) => type.credentials);
	const credentials = { ...given.credentials };
	for (const { name, required } of needed) {
		if (required) credentials[name] ??= await host.createCredential(name, `${file} ${name}`, {});
	}
	const triggers = nodes.filter(({ type }) => type.endsWith('.watiTrigger'));
	const channelNumber = { __rl: true, mode: 'number', value: given.channel };
	return { credentials, parameters: Object.fromEntries(triggers.map(({ name }) => [name, { channelNumber }])) };
}
