'use strict';

// Loaded into n8n by tests of what happens when an answer does not come in time: on SIGUSR2 the time that each open
// request has been given is over. A node waits between 30 seconds and 5 minutes, which no test can do for each operation.
const { ClientRequest } = require('node:http');

const { setTimeout: limitTime } = ClientRequest.prototype;
const open = new Set();

ClientRequest.prototype.setTimeout = function (ms, ...rest) {
	if (ms > 0) {
		open.add(this);
		this.once('close', () => open.delete(this));
	}
	return limitTime.call(this, ms, ...rest);
};

process.on('SIGUSR2', () => {
	for (const request of open) request.emit('timeout');
});
