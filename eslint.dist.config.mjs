import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig } from 'eslint/config';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/**
 * What n8n's scanner (@n8n/scan-community-package) asks of a published package: the built JavaScript and package.json,
 * comments that switch rules off ignored. The scanner's leg over the sources is a part of eslint.config.mjs.
 */
export default defineConfig(
	{ linterOptions: { noInlineConfig: true } },
	{ plugins: { 'n8n-nodes-base': nodesBase } },
	{
		files: ['dist/**/*.js', 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { 'no-console': 'error' },
	},
	{
		files: ['package.json'],
		rules: nodesBase.configs.community.rules,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
);
