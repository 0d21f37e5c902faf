import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Runs the faults project: `npm run test:faults -- --json report.json` also writes `{cells, passed, failed, duplicates, lost,
 * leaks, rows}` of the matrix. Further words name test files, such as `wati`.
 */
const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });

const jest = join(__dirname, '../../node_modules/.bin/jest');
const files = positionals.length > 0 ? ['--', ...positionals.map((name) => `test/faults/${name}`)] : [];
const child = spawn(jest, ['--selectProjects', 'faults', ...files], {
	stdio: 'inherit',
	env: { ...process.env, ...(values.json ? { FAULT_REPORT: resolve(values.json) } : {}) },
});
child.once('close', (code) => (process.exitCode = code ?? 1));
