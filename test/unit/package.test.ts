import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const repository = join(__dirname, '../..');

/** Greatest unpacked size of the published package, in bytes. */
const MAX_UNPACKED = 450_000;

const packed = z.tuple([
	z.object({ unpackedSize: z.number(), files: z.array(z.object({ path: z.string(), size: z.number() })) }),
]);

const manifest = z
	.object({
		dependencies: z.record(z.string()).optional(),
		peerDependencies: z.record(z.string()),
		n8n: z.object({ credentials: z.array(z.string()), nodes: z.array(z.string()) }),
	})
	.parse(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')));

/** What `npm pack` would put into the package, without writing it. */
function pack() {
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const answer = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: repository,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	return packed.parse(JSON.parse(answer))[0];
}

test('the package needs nothing but n8n-workflow', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

describe('the package as npm would publish it', () => {
	let paths: string[] = [];
	let unpackedSize = 0;

	beforeAll(() => {
		// `npm test` has built it; a bare unit run on a fresh clone has not.
		if (!existsSync(join(repository, 'dist'))) execFileSync('node_modules/.bin/gulp', ['build'], { cwd: repository });
		const answer = pack();
		unpackedSize = answer.unpackedSize;
		paths = answer.files.map((file) => file.path);
	}, 90_000);

	test('holds dist and the four papers, nothing else', () => {
		const papers = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json'];
		expect(paths.filter((path) => !path.startsWith('dist/') && !papers.includes(path))).toEqual([]);
	});

	test('has in dist only code, icons and codex files', () => {
		const wanted = [/\.js$/, /^dist\/icons\/[^/]+\.svg$/, /^dist\/nodes\/.+\.node\.json$/];
		const surplus = paths.filter((path) => path.startsWith('dist/') && !wanted.some((pattern) => pattern.test(path)));
		expect(surplus).toEqual([]);
	});

	test('has every file that package.json names to n8n', () => {
		expect(paths).toEqual(expect.arrayContaining([...manifest.n8n.credentials, ...manifest.n8n.nodes]));
	});

	test('is at most 450 kB unpacked', () => {
		expect(unpackedSize).toBeLessThanOrEqual(MAX_UNPACKED);
	});

	test('carries the licence of the library inside it', () => {
		const chunks = join(repository, 'dist/chunks');
		const name = readdirSync(chunks).find((file) => file.startsWith('phoneLibrary')) ?? '';
		const bundle = readFileSync(join(chunks, name), 'utf8');
		expect(bundle).toMatch(/^\/\*! libphonenumber-js\s+\(The MIT License\)/);
		expect(bundle).not.toMatch(/\brequire\(['"](?!\.)|\bprocess\b|\bglobalThis\b/);
	});
});
