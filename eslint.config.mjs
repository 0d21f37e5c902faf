import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;
const foldersIn = (folder) =>
	readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name);

const off = (...rules) => Object.fromEntries(rules.map((rule) => [`n8n-nodes-base/${rule}`, 'off']));

/** The five rules that n8n-node's default config switches off; n8n's scanner leaves out the same ones. */
const offForCredentials = off(
	'cred-class-field-documentation-url-miscased',
	'cred-class-field-type-options-password-missing',
);
const offForNodes = off(
	'node-class-description-inputs-wrong-regular-node',
	'node-class-description-outputs-wrong',
	'node-param-type-options-max-value-present',
);

const layers = ['credentials', 'nodes', 'upsert', 'vendors', 'http'];
const shipped = layers.map((layer) => `${layer}/**/*.ts`);
/** The one file under a layer that does not ship: it carries the requests of tests, demo and live checks outside n8n. */
const outsideN8n = 'http/axiosTransport.ts';

/** What each layer must never import. A folder that is not named here may import what it likes from the layers below. */
const closedTo = {
	http: ['credentials', 'nodes', 'upsert', 'vendors'],
	upsert: ['credentials', 'nodes', 'vendors', 'http'],
	vendors: ['credentials', 'nodes'],
	nodes: ['credentials'],
	credentials: ['nodes', 'upsert', 'vendors'],
};

const here = (name) => `./${name}`;

const directionZones = Object.entries(closedTo).map(([layer, forbidden]) => ({
	target: here(layer),
	from: forbidden.map(here),
	message: 'Imports run downwards only: nodes -> upsert, vendors -> http.',
}));

const notShippedZone = {
	target: layers.map(here),
	from: [...['test', 'demo', 'live-check', 'workflows', 'docs'].map(here), here(outsideN8n)],
	message: 'This file is not part of the package: what ships must not need it.',
};

/** The folders of `parent` may import themselves and `shared`, never one another. */
const siblingZones = (parent) =>
	foldersIn(parent).map((folder) => ({
		target: `./${parent}/${folder}`,
		from: here(parent),
		except: folder === 'shared' ? ['./shared'] : [here(folder), './shared'],
		message: `Put what two folders of ${parent}/ need into ${parent}/shared.`,
	}));

const layerRules = {
	'import-x/no-restricted-paths': [
		'error',
		{
			basePath: root,
			zones: [...directionZones, notShippedZone, ...siblingZones('vendors'), ...siblingZones('nodes')],
		},
	],
};

/**
 * Modules that exist beside an installed package at run time: n8n provides them. n8n's own rule also lets every
 * devDependency pass, and those are missing on the builder's machine; so only their types may be used.
 */
const provided = ['n8n-workflow', 'zod', 'node:crypto', 'crypto'];

const onlyModules = (...names) => ({
	regex: `^(?!\\.|(?:${names.join('|')})$)`,
	allowTypeImports: true,
	message: `At run time this file may import only ${names.join(', ')} and files of this package; types may come from anywhere.`,
});
const upsertTypesOnly = {
	regex: '^\\..*/upsert(?:/|$)',
	allowTypeImports: true,
	message: 'A vendor implements what upsert declares: it takes types from there, no code.',
};
const noN8n = { regex: '^n8n-workflow', message: 'The engine knows no n8n: plain values in, plain values out.' };

const mayImport = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

const languageRules = {
	'@typescript-eslint/no-explicit-any': 'error',
	'@typescript-eslint/no-non-null-assertion': 'error',
	'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
	'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
	'prefer-spread': 'off',
};

const nodeGlobals = Object.fromEntries(
	[
		...['Buffer', 'URL', 'URLSearchParams', 'AbortController', 'AbortSignal', 'fetch', 'console', 'process'],
		...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'structuredClone', 'performance'],
	].map((name) => [name, 'readonly']),
);
const commonJsGlobals = Object.fromEntries(
	['require', 'module', 'exports', '__dirname', '__filename'].map((name) => [name, 'readonly']),
);

export default defineConfig(
	globalIgnores(['dist', 'coverage', '.cache', 'test/host/n8n/node_modules', 'test/host/n8n-1x/node_modules']),
	{
		name: 'nothing is switched off by a comment',
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
	},

	{
		name: 'what ships: the set of n8n-node for n8n Cloud',
		files: shipped,
		ignores: [outsideN8n],
		extends: [
			js.configs.recommended,
			tseslint.configs.recommended,
			n8nCommunityNodesPlugin.configs.recommended,
			importX.flatConfigs.recommended,
		],
		rules: { ...languageRules, 'no-console': 'error' },
	},
	{
		name: 'plugin and resolver for every file, as n8n-node does',
		plugins: { 'n8n-nodes-base': nodesBase, 'import-x': importX },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
	},
	{
		name: 'package.json',
		files: ['package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: nodesBase.configs.community.rules,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		name: 'credentials',
		files: ['credentials/**/*.ts'],
		rules: { ...nodesBase.configs.credentials.rules, ...offForCredentials },
	},
	{ name: 'nodes', files: ['nodes/**/*.ts'], rules: { ...nodesBase.configs.nodes.rules, ...offForNodes } },

	{ name: 'direction of the layers', files: shipped, rules: layerRules },
	{
		name: 'what exists at run time',
		files: shipped,
		ignores: [outsideN8n],
		rules: {
			...mayImport(onlyModules(...provided)),
			'no-restricted-syntax': [
				'error',
				{
					selector: 'TSAsExpression > TSAsExpression',
					message: 'A cast of a cast hides a wrong type: parse the value or narrow it.',
				},
			],
			'@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
		},
	},
	{ name: 'upsert', files: ['upsert/**/*.ts'], rules: mayImport(onlyModules(...provided), noN8n) },
	{ name: 'vendors', files: ['vendors/**/*.ts'], rules: mayImport(onlyModules(...provided), upsertTypesOnly) },
	{
		name: 'the one bundled library',
		files: ['vendors/shared/phoneLibrary.ts'],
		rules: mayImport(onlyModules('libphonenumber-js/core', 'libphonenumber-js/metadata.min.json')),
	},

	{
		name: 'what runs outside n8n',
		files: ['test/**/*.ts', 'demo/**/*.ts', 'live-check/**/*.ts', 'docs/**/*.ts', outsideN8n],
		extends: [js.configs.recommended, tseslint.configs.recommended],
		rules: languageRules,
	},
	{
		name: 'scripts and settings',
		files: ['**/*.js', '**/*.mjs'],
		extends: [js.configs.recommended],
		languageOptions: { globals: nodeGlobals },
	},
	{
		name: 'CommonJS',
		files: ['**/*.js'],
		languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals },
	},
);
