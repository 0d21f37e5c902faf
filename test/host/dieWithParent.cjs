'use strict';

// Loaded into n8n (and into npm while it installs) before their own code. When the process that started them ends,
// be it by SIGKILL, they and their helpers must not live on: no n8n may be left behind, and no npm may go on writing
// into a folder that the next install is about to fill.
const { rmSync } = require('node:fs');

const parent = process.ppid;

function end() {
	if (process.env.REMOVE_WITH_PARENT) rmSync(process.env.REMOVE_WITH_PARENT, { recursive: true, force: true });
	try {
		process.kill(-process.pid, 'SIGKILL');
	} catch {
		process.exit(1);
	}
}

setInterval(() => {
	if (process.ppid !== parent) end();
}, 500).unref();
