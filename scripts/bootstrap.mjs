// Makes sure that the project's own packages are installed, so that every command works from a fresh clone.
// Plain JavaScript without packages: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}/node_modules/.installed-lock`;
const lock = createHash('sha256')
	.update(readFileSync(`${root}/package-lock.json`))
	.digest('hex');

if (Number(process.versions.node.split('.')[0]) < 20) {
	console.error(`This needs Node.js 20 or later; this is ${process.versions.node}.`);
	process.exit(1);
}
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	console.log("Installing the project's packages (once, about a minute) ...");
	// Not `npm ci`: it refuses a lock file without the optional packages of other platforms, which a registry mirror may lack.
	const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exit(status ?? 1);
	writeFileSync(stamp, lock);
}
