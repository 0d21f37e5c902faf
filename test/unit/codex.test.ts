import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const nodesFolder = join(__dirname, '../../nodes');
const nodeFiles = readdirSync(nodesFolder, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.node.ts'))
	.map((path) => path.replaceAll('\\', '/'));

/** Source: n8n-docs, codex-files. "Core Nodes" and the AI and flow categories are not open to community nodes. */
const categories = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
] as const;

const link = z.object({ url: z.string().url() }).strict();

/** What n8n reads of a codex file, and no more: a subcategory or a misspelt key would be dropped without a word. */
const codex = z
	.object({
		node: z.string().startsWith('n8n-nodes-whatsapp-crm'),
		nodeVersion: z.literal('1.0'),
		codexVersion: z.literal('1.0'),
		categories: z.array(z.enum(categories)).min(1),
		alias: z.array(z.string().min(2)).min(1),
		resources: z
			.object({ primaryDocumentation: z.array(link), credentialDocumentation: z.array(link) })
			.partial()
			.strict(),
	})
	.strict();

test.each(nodeFiles)('%s can be found in the node panel', (path) => {
	const file = join(nodesFolder, path.replace(/\.ts$/, '.json'));
	expect(existsSync(file)).toBe(true);
	expect(codex.safeParse(JSON.parse(readFileSync(file, 'utf8'))).error?.issues ?? []).toEqual([]);
});
