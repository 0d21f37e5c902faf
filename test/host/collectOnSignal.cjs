'use strict';

// Loaded into n8n by tests that measure its memory: on SIGUSR2 it collects what nobody holds any more and writes down what is left.
const { renameSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const file = process.env.HEAP_PROBE_FILE;

process.on('SIGUSR2', () => {
	collect();
	// What is freed by callbacks of the first collection goes with the second one.
	setTimeout(() => {
		collect();
		const { heapUsed, external } = process.memoryUsage();
		writeFileSync(`${file}.part`, JSON.stringify({ heapUsed, external }));
		renameSync(`${file}.part`, file);
	}, 250);
});
