import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { build, type Metafile } from 'esbuild';

const repository = join(__dirname, '../..');

/** What descriptions and operations may use of the layers below the nodes: plain data, checks and errors, no schema and no call. */
const LIGHT = [
	'http/concurrency.ts',
	'http/endpoint.ts',
	'http/errors.ts',
	'vendors/shared/calendar.ts',
	'vendors/shared/checks.ts',
	'vendors/shared/time.ts',
	'vendors/wati/conversationChoices.ts',
	'vendors/wati/limits.ts',
	'vendors/wati/target.ts',
	'vendors/wati/templateParameters.ts',
	'n8n-workflow',
];

const files = ['credentials', 'nodes'].flatMap((folder) =>
	readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
		.filter((file) => /\.(node|credentials)\.ts$/.test(file)),
);

let inputs: Metafile['inputs'];

beforeAll(async () => {
	const { metafile } = await build({
		absWorkingDir: repository,
		entryPoints: files,
		outdir: 'dist',
		bundle: true,
		format: 'esm',
		platform: 'neutral',
		mainFields: ['module', 'main'],
		external: ['n8n-workflow', 'zod', 'node:crypto'],
		metafile: true,
		write: false,
	});
	inputs = metafile.inputs;
});

/** The file and all that is loaded with it: what is imported by `import()` is loaded later. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
	if (found.has(file)) return found;
	found.add(file);
	for (const { path, kind } of inputs[file]?.imports ?? []) if (kind !== 'dynamic-import') loadedWith(path, found);
	return found;
}

// What is loaded with a node is loaded each time n8n starts (nodes/shared/whenCalled.ts).
test.each(files)('%s brings no schema and no call of a vendor along when n8n starts', (file) => {
	const allowed = (path: string): boolean => /^(credentials|nodes)\//.test(path) || LIGHT.includes(path);
	expect([...loadedWith(file)].filter((path) => !allowed(path))).toEqual([]);
});

test('the code that runs is loaded when it is needed, as the test can see', () => {
	const [node] = files.filter((file) => file.endsWith('/Wati.node.ts'));
	expect(inputs[node ?? '']?.imports).toContainEqual(expect.objectContaining({ kind: 'dynamic-import' }));
	expect(loadedWith('nodes/Wati/run.ts')).toContain('zod');
});
