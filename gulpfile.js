const { spawn } = require('node:child_process');
const { readFile, readdir, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
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

function compile(done) {
	const tsc = spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
		stdio: 'inherit',
	});
	tsc.on('error', done);
	tsc.on('exit', (code) => done(code === 0 ? undefined : refusal('TypeScript found errors, see above')));
}

/** Icons, codex files and importable workflows keep their place under dist: n8n looks for them beside the built code. */
function copyAssets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'workflows/*.json'], {
		base: '.',
		encoding: false,
		allowEmpty: true,
	}).pipe(dest(OUT));
}

/** Puts the code of libphonenumber-js, smallest metadata, into the one module that imports it. */
async function bundlePhoneLibrary() {
	const licence = await readFile(join(__dirname, 'node_modules/libphonenumber-js/LICENSE'), 'utf8');
	const outfile = `${OUT}/vendors/shared/phoneLibrary.js`;
	await esbuild.build({
		entryPoints: ['vendors/shared/phoneLibrary.ts'],
		outfile,
		allowOverwrite: true,
		bundle: true,
		minify: true,
		charset: 'utf8',
		format: 'cjs',
		platform: 'neutral',
		mainFields: ['module', 'main'],
		target: 'node18',
		external: ['n8n-workflow', 'zod'],
		legalComments: 'none',
		logLevel: 'error',
		banner: { js: `/*! libphonenumber-js\n\n${licence.trim()}\n*/` },
	});
	const forbidden = (await readFile(outfile, 'utf8')).match(/\b(?:globalThis|process|console|setTimeout|require)\b/);
	if (forbidden) throw refusal(`${outfile} uses ${forbidden[0]}, which n8n's scanner refuses`);
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
exports.build = series(checkRegistration, clean, compile, parallel(copyAssets, bundlePhoneLibrary), checkOutput);
exports.default = exports.build;
