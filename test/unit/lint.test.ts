import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const repository = join(__dirname, '../..');

/** A scratch file, and the rule that must refuse it (`null`: it is in order). */
interface Sample {
	says: string;
	path: string;
	code: string;
	rule: string | null;
}

const community = (rule: string) => `@n8n/community-nodes/${rule}`;
const nodesBase = (rule: string) => `n8n-nodes-base/${rule}`;
const direction = 'import-x/no-restricted-paths';
const modules = '@typescript-eslint/no-restricted-imports';

const use = (from: string) => `import { value } from '${from}';\nexport const again = value;\n`;
const useType = (from: string) => `import type { Shape } from '${from}';\nexport type Again = Shape;\n`;

/** Files that the samples import: in order themselves. */
const surroundings = [
	'http/request.ts',
	'http/axiosTransport.ts',
	'upsert/decide.ts',
	'vendors/shared/phone.ts',
	'vendors/alpha/api.ts',
	'vendors/beta/api.ts',
	'nodes/shared/items.ts',
	'nodes/Alpha/fields.ts',
	'nodes/Beta/fields.ts',
	'test/helper.ts',
].map((path) => ({
	says: `${path} is in order`,
	path,
	code: 'export const value = 1;\nexport interface Shape {\n\tvalue: number;\n}\n',
	rule: null,
}));

const layerSamples: Sample[] = [
	{ says: 'http knows no vendor', path: 'http/a.ts', code: use('../vendors/alpha/api'), rule: direction },
	{ says: 'http knows no engine', path: 'http/b.ts', code: use('../upsert/decide'), rule: direction },
	{ says: 'the engine knows no HTTP', path: 'upsert/a.ts', code: use('../http/request'), rule: direction },
	{ says: 'the engine knows no HTTP types', path: 'upsert/b.ts', code: useType('../http/request'), rule: direction },
	{ says: 'the engine knows no vendor', path: 'upsert/c.ts', code: use('../vendors/alpha/api'), rule: direction },
	{
		says: 'a vendor knows no node',
		path: 'vendors/alpha/a.ts',
		code: use('../../nodes/Alpha/fields'),
		rule: direction,
	},
	{ says: 'a vendor knows no other vendor', path: 'vendors/alpha/b.ts', code: use('../beta/api'), rule: direction },
	{ says: 'what vendors share knows none', path: 'vendors/shared/a.ts', code: use('../beta/api'), rule: direction },
	{ says: 'a node knows no other node', path: 'nodes/Alpha/a.ts', code: use('../Beta/fields'), rule: direction },
	{ says: 'what ships needs no test file', path: 'nodes/Alpha/b.ts', code: use('../../test/helper'), rule: direction },
	{
		says: 'axios stays outside n8n',
		path: 'vendors/beta/a.ts',
		code: use('../../http/axiosTransport'),
		rule: direction,
	},
	{ says: 'a vendor runs no engine code', path: 'vendors/beta/b.ts', code: use('../../upsert/decide'), rule: modules },
	{ says: 'a vendor takes engine types', path: 'vendors/beta/c.ts', code: useType('../../upsert/decide'), rule: null },
	{ says: 'a vendor calls http', path: 'vendors/beta/d.ts', code: use('../../http/request'), rule: null },
	{ says: 'a vendor uses what vendors share', path: 'vendors/beta/e.ts', code: use('../shared/phone'), rule: null },
	{ says: 'a node uses what nodes share', path: 'nodes/Alpha/c.ts', code: use('../shared/items'), rule: null },
	{ says: 'a node calls a vendor', path: 'nodes/Alpha/d.ts', code: use('../../vendors/alpha/api'), rule: null },
	{ says: 'a node calls the engine', path: 'nodes/Alpha/e.ts', code: use('../../upsert/decide'), rule: null },
];

const runtimeSamples: Sample[] = [
	{
		says: 'axios does not exist at run time',
		path: 'vendors/alpha/axios.ts',
		code: "import axios from 'axios';\nexport const get = axios.get;\n",
		rule: modules,
	},
	{
		says: 'a type of axios is erased',
		path: 'vendors/alpha/axiosType.ts',
		code: "import type { AxiosError } from 'axios';\nexport type Failure = AxiosError;\n",
		rule: null,
	},
	{
		says: 'the phone library has one door',
		path: 'vendors/alpha/phone.ts',
		code: "import { getCountries } from 'libphonenumber-js/core';\nexport const countries = getCountries;\n",
		rule: modules,
	},
	{
		says: 'the engine knows no n8n',
		path: 'upsert/n8n.ts',
		code: "import type { IDataObject } from 'n8n-workflow';\nexport type Item = IDataObject;\n",
		rule: modules,
	},
	{
		says: 'n8n Cloud has no process',
		path: 'http/environment.ts',
		code: 'export const home = process.env.HOME;\n',
		rule: community('no-restricted-globals'),
	},
	{
		says: 'n8n Cloud has no timers',
		path: 'http/timer.ts',
		code: 'export const later = (work: () => void) => setTimeout(work, 10);\n',
		rule: community('no-restricted-globals'),
	},
	{
		says: 'n8n Cloud has no file system',
		path: 'nodes/Alpha/files.ts',
		code: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
		rule: community('no-restricted-imports'),
	},
	{
		says: 'a caught error becomes one of n8n',
		path: 'nodes/Alpha/errors.ts',
		code: 'export function run(work: () => void) {\n\ttry {\n\t\twork();\n\t} catch (error) {\n\t\tconst text = String(error);\n\t\tthrow new Error(text);\n\t}\n}\n',
		rule: community('require-node-api-error'),
	},
	{
		says: 'nothing is printed from a node',
		path: 'nodes/Alpha/print.ts',
		code: "console.log('here');\n",
		rule: 'no-console',
	},
	{
		says: 'a comment switches nothing off',
		path: 'nodes/Alpha/disable.ts',
		code: "/* eslint-disable no-console */\nconsole.log('here'); // eslint-disable-line\n",
		rule: 'no-console',
	},
	{
		says: 'tests and demo may print, wait and read the environment',
		path: 'demo/run.ts',
		code: 'setTimeout(() => console.log(process.env.HOME), 1);\n',
		rule: null,
	},
];

const languageSamples: Sample[] = [
	{
		says: 'no any',
		path: 'upsert/any.ts',
		code: 'export const value: any = 1;\n',
		rule: '@typescript-eslint/no-explicit-any',
	},
	{
		says: 'no any in tests either',
		path: 'test/any.ts',
		code: 'export const value: any = 1;\n',
		rule: '@typescript-eslint/no-explicit-any',
	},
	{
		says: 'no non-null assertion',
		path: 'upsert/nonNull.ts',
		code: 'export const first = (all: string[]) => all[0]!;\n',
		rule: '@typescript-eslint/no-non-null-assertion',
	},
	{
		says: 'types are imported as types',
		path: 'vendors/alpha/typeImport.ts',
		code: "import { Shape } from './api';\nexport type Again = Shape;\n",
		rule: '@typescript-eslint/consistent-type-imports',
	},
	{
		says: 'no cast of a cast',
		path: 'upsert/cast.ts',
		code: 'export const text = (value: number) => value as unknown as string;\n',
		rule: 'no-restricted-syntax',
	},
	{
		says: 'the compiler is not silenced',
		path: 'upsert/silence.ts',
		code: "// @ts-expect-error: it is a number\nexport const text: string = Number('1');\n",
		rule: '@typescript-eslint/ban-ts-comment',
	},
];

const n8nSamples: Sample[] = [
	{
		says: 'a connection type has an icon',
		path: 'credentials/AlphaConnectionApi.credentials.ts',
		code: "import type { ICredentialType } from 'n8n-workflow';\nexport class AlphaConnectionApi implements ICredentialType {\n\tname = 'alphaConnectionApi';\n\tdisplayName = 'Alpha Connection API';\n\tproperties = [];\n}\n",
		rule: community('cred-class-field-icon-missing'),
	},
	{
		says: 'the class of a connection type ends in Api',
		path: 'credentials/AlphaConnection.credentials.ts',
		code: "import type { ICredentialType } from 'n8n-workflow';\nexport class AlphaConnection implements ICredentialType {\n\tname = 'alphaConnectionApi';\n\tdisplayName = 'Alpha Connection API';\n\tproperties = [];\n}\n",
		rule: nodesBase('cred-class-name-unsuffixed'),
	},
	{
		says: 'names of parameters are in title case',
		path: 'nodes/Alpha/AlphaDescription.ts',
		code: "import type { INodeProperties } from 'n8n-workflow';\nexport const fields: INodeProperties[] = [\n\t{ displayName: 'phone number', name: 'phone', type: 'string', default: '' },\n];\n",
		rule: nodesBase('node-param-display-name-miscased'),
	},
	{
		says: 'the package has no runtime dependencies',
		path: 'package.json',
		code: JSON.stringify({
			name: 'n8n-nodes-scratch',
			keywords: ['crm'],
			dependencies: { axios: '1' },
			devDependencies: { axios: '1' },
		}),
		rule: community('no-runtime-dependencies'),
	},
	{
		says: 'the package carries the keyword that n8n searches for',
		path: 'package.json',
		code: '',
		rule: nodesBase('community-package-json-keywords-without-official-tag'),
	},
];

const samples = [...surroundings, ...layerSamples, ...runtimeSamples, ...languageSamples, ...n8nSamples];

interface FileReport {
	filePath: string;
	messages: Array<{ ruleId: string | null; message: string }>;
}

/**
 * Lints a folder with this repository's rules, in a process of its own: ESLint loads its settings by `import()`, which
 * jest's sandbox lacks, and under jest's NODE_ENV `test` eslint-plugin-n8n-nodes-base passes over package.json.
 */
async function lint(folder: string): Promise<Map<string, string[]>> {
	const eslint = join(repository, 'node_modules/eslint/bin/eslint.js');
	const report = await new Promise<string>((resolve) => {
		const options = { cwd: folder, maxBuffer: 50 * 1024 * 1024, env: { ...process.env, NODE_ENV: 'production' } };
		execFile(process.execPath, [eslint, '.', '--format', 'json'], options, (_, stdout, stderr) =>
			resolve(stdout || stderr),
		);
	});
	const files: FileReport[] = JSON.parse(report);
	return new Map(
		files.map((file) => [
			relative(folder, file.filePath).replaceAll('\\', '/'),
			file.messages.map((message) => message.ruleId ?? message.message),
		]),
	);
}

describe('lint', () => {
	/** Digits only: eslint-plugin-n8n-nodes-base spares every path that holds a name such as `S3` or `Aws`. */
	const folder = join(realpathSync(tmpdir()), `lint-${process.pid}`);
	let reported: Map<string, string[]>;

	beforeAll(async () => {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder);
		for (const file of ['eslint.config.mjs', 'tsconfig.json']) cpSync(join(repository, file), join(folder, file));
		symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
		for (const { path, code } of samples.filter((sample) => sample.code !== '')) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), code);
		}
		reported = await lint(folder);
	}, 60_000);

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test.each(samples.map((sample) => [sample.says, sample] as const))('%s', (_, { path, rule }) => {
		if (rule === null) expect(reported.get(path)).toEqual([]);
		else expect(reported.get(path)).toContain(rule);
	});

	test('a comment that tries to switch a rule off is itself reported', () => {
		expect(reported.get('nodes/Alpha/disable.ts')).toContainEqual(expect.stringContaining('noInlineConfig'));
	});
});
