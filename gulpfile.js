const { spawn } = require('node:child_process');
const { mkdir, readFile, readdir, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');

const esbuild = require('esbuild');
const { parallel, series } = require('gulp');
const prettier = require('prettier');

const OUT = 'dist';

/** A failed step as one clear line, without a stack that only shows the inside of the build. */
function refusal(message) {
	return Object.assign(new Error(message), { showStack: false });
}

async function namesIn(folder, ending) {
	const entries = await readdir(join(__dirname, folder), { recursive: true });
	return entries
		.map((entry) => entry.replaceAll('\\', '/'))
		.filter((entry) => entry.endsWith(ending))
		.map((entry) => `${folder}/${entry}`)
		.sort();
}

/** What package.json must tell n8n: every credential and node on disk, as the paths they are built to. */
async function filesToRegister() {
	const built = (paths) => paths.map((path) => `${OUT}/${path.replace(/\.ts$/, '.js')}`);
	return {
		credentials: built(await namesIn('credentials', '.credentials.ts')),
		nodes: built(await namesIn('nodes', '.node.ts')),
	};
}

async function checkRegistration() {
	const { n8n } = JSON.parse(await readFile('package.json', 'utf8'));
	const differences = Object.entries(await filesToRegister()).flatMap(([kind, onDisk]) => [
		...onDisk.filter((path) => !n8n[kind].includes(path)).map((path) => `${path} is missing from n8n.${kind}`),
		...n8n[kind].filter((path) => !onDisk.includes(path)).map((path) => `n8n.${kind} names ${path}: no such source`),
	]);
	if (differences.length > 0)
		throw refusal(`package.json and the files on disk differ (npx gulp register): ${differences.join('; ')}`);
}

/** Writes the n8n block of package.json from the files on disk. */
async function register() {
	const manifest = JSON.parse(await readFile('package.json', 'utf8'));
	Object.assign(manifest.n8n, await filesToRegister());
	const style = await prettier.resolveConfig('package.json');
	await writeFile(
		'package.json',
		await prettier.format(JSON.stringify(manifest), { ...style, filepath: 'package.json' }),
	);
}

async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

/** Types only: esbuild takes them away without reading them. */
function checkTypes(done) {
	const tsc = spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--noEmit'],
		{
			stdio: 'inherit',
		},
	);
	tsc.on('error', done);
	tsc.on('exit', (code) => done(code === 0 ? undefined : refusal('TypeScript found errors, see above')));
}

const FOR_N8N = { charset: 'utf8', target: 'node18', logLevel: 'error', minify: true };

/** Leaves the printing formats out of the phone metadata: numbers are only read and written in E.164 (libphonenumber-js, index 4). */
const withoutPhoneFormats = {
	name: 'without-phone-formats',
	setup(build) {
		build.onLoad({ filter: /metadata\.min\.json(\.js)?$/ }, async ({ path }) => {
			const metadata = JSON.parse(await readFile(path.replace(/\.js$/, ''), 'utf8'));
			for (const region of [metadata.countries, metadata.nonGeographic].flatMap(Object.values)) region[4] = 0;
			return { contents: JSON.stringify(metadata), loader: 'json' };
		});
	},
};

/**
 * Nodes and credentials with what they need, in few files: n8n loads every node at its start, and a hundred small files take longer
 * than all the rest. What several of them load at once is in one chunk; what they load when they run is in others.
 */
async function bundle() {
	const { metafile } = await split();
	const { outputFiles } = await split(inOneChunk(loadedAtOnce(metafile)));
	for (const file of outputFiles) {
		// esbuild splits only ES modules, and n8n loads CommonJS.
		const { code } = await esbuild.transform(file.text, {
			...FOR_N8N,
			format: 'cjs',
			platform: 'node',
			supported: { 'dynamic-import': false },
		});
		await mkdir(dirname(file.path), { recursive: true });
		await writeFile(file.path, (await withLicence(code)) + '\n');
	}
}

async function split(...plugins) {
	const entryPoints = [...(await namesIn('credentials', '.credentials.ts')), ...(await namesIn('nodes', '.node.ts'))];
	return await esbuild.build({
		...FOR_N8N,
		entryPoints,
		outbase: '.',
		outdir: OUT,
		bundle: true,
		splitting: true,
		metafile: true,
		format: 'esm',
		platform: 'neutral',
		mainFields: ['module', 'main'],
		chunkNames: 'chunks/[name]-[hash]',
		external: ['n8n-workflow', 'zod', 'crypto', 'node:crypto'],
		legalComments: 'none',
		plugins: [withoutPhoneFormats, ...plugins],
		write: false,
	});
}

/** The sources in the chunks that nodes and credentials load with themselves. */
function loadedAtOnce({ outputs }) {
	const chunks = new Set();
	const follow = (file) => {
		for (const { path, kind } of outputs[file].imports) {
			if (kind !== 'import-statement' || chunks.has(path) || outputs[path] === undefined) continue;
			chunks.add(path);
			follow(path);
		}
	};
	const isStart = (file) => /\.(node|credentials)\.ts$/.test(outputs[file].entryPoint ?? '');
	Object.keys(outputs).filter(isStart).forEach(follow);
	return [...chunks].flatMap((chunk) => Object.keys(outputs[chunk].inputs)).sort();
}

/** esbuild puts together what the same files need: so every file of ours is made to need all of these sources. */
function inOneChunk(sources) {
	return {
		name: 'in-one-chunk',
		setup(build) {
			const contents = sources.map((source) => `import './${source}';`).join('\n');
			build.onResolve({ filter: /^in-one-chunk$/ }, ({ path }) => ({ path, namespace: 'in-one-chunk' }));
			build.onLoad({ filter: /.*/, namespace: 'in-one-chunk' }, () => ({ contents, resolveDir: __dirname }));
			build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
				contents: `import 'in-one-chunk';\n${await readFile(path, 'utf8')}`,
				loader: 'ts',
			}));
		},
	};
}

/** The chunk that holds libphonenumber-js carries its licence, and none may use what n8n's scanner refuses. */
async function withLicence(code) {
	const forbidden = code.match(/\b(?:globalThis|process\.|console\.|setTimeout)/);
	if (forbidden) throw refusal(`The built code uses ${forbidden[0]}, which n8n's scanner refuses`);
	if (!code.includes('country_calling_codes')) return code;
	const licence = await readFile(join(__dirname, 'node_modules/libphonenumber-js/LICENSE'), 'utf8');
	return `/*! libphonenumber-js\n\n${licence.trim()}\n*/\n${code}`;
}

/** Icons, codex files and importable workflows keep their place under dist: n8n looks for them beside the built code. */
async function copyAssets() {
	const names = [
		...(await namesIn('icons', '.svg')),
		...(await namesIn('nodes', '.node.json')),
		...(await namesIn('workflows', '.json')),
	];
	for (const name of names) {
		const text = await readFile(name, 'utf8');
		await mkdir(join(OUT, dirname(name)), { recursive: true });
		await writeFile(join(OUT, name), name.endsWith('.json') ? JSON.stringify(JSON.parse(text)) : text);
	}
}

/** Nothing but built code, icons, codex files and workflows may be published. */
async function checkOutput() {
	const expected = [/\.js$/, /^icons\/[^/]+\.svg$/, /^nodes\/.+\.node\.json$/, /^workflows\/[^/]+\.json$/];
	const entries = await readdir(OUT, { recursive: true, withFileTypes: true });
	const surplus = entries
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath ?? entry.path, entry.name)
				.replaceAll('\\', '/')
				.slice(OUT.length + 1),
		)
		.filter((path) => !expected.some((pattern) => pattern.test(path)));
	if (surplus.length > 0) throw refusal(`${OUT} holds files that must not be published: ${surplus.join(', ')}`);
}

exports.register = register;
exports.build = series(checkRegistration, clean, checkTypes, parallel(copyAssets, bundle), checkOutput);
exports.default = exports.build;
