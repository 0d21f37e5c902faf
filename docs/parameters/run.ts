import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { parametersPage } from './page';

const file = join(__dirname, '../parameters.md');

/** `npm run docs:parameters` writes docs/parameters.md; with `--check` it only says by its exit code whether that is up to date. */
async function main(): Promise<void> {
	const page = await format(parametersPage(), { ...(await resolveConfig(file)), filepath: file });
	if (!process.argv.includes('--check')) writeFileSync(file, page);
	else if (readFileSync(file, 'utf8') !== page) process.exitCode = 1;
}

void main();
