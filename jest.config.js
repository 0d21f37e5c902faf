const swc = ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }];

/** What each project is, and what it needs: test/README.md. */
const project = (displayName, testMatch, more = {}) => ({
	displayName,
	testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
	transform: { '^.+\\.ts$': swc },
	testEnvironment: 'node',
	setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/test/host/n8n/node_modules',
		'<rootDir>/test/host/n8n-1x/node_modules',
	],
	...more,
});

const oneSharedN8n = {
	globalSetup: '<rootDir>/test/host/shared.ts',
	globalTeardown: '<rootDir>/test/host/sharedTeardown.ts',
};

const WATI_TABLES = ['account', 'campaign', 'chatbot', 'contact', 'conversation', 'message', 'template'].map(
	(table) => `test/unit/wati/${table}.test.ts`,
);

module.exports = {
	projects: [
		project('unit', ['test/unit/**/*.test.ts']),
		project('fuzz', ['test/fuzz/*.test.ts']),
		project('simulators', ['test/simulators/**/*.test.ts']),
		project('faults', ['test/faults/**/*.test.ts'], {
			setupFiles: ['<rootDir>/test/faults/kit/setup.ts'],
			globalSetup: '<rootDir>/test/faults/kit/start.ts',
			globalTeardown: '<rootDir>/test/faults/kit/end.ts',
		}),
		project('e2e', ['test/e2e/**/*.test.ts', ...WATI_TABLES], {
			// The tables of the WATI node run twice: fast in the unit project, and here in a real n8n.
			moduleNameMapper: { '^\\./watiNode$': '<rootDir>/test/e2e/wati/watiNodeInN8n.ts' },
			testPathIgnorePatterns: ['browser/', 'offlineSync/', 'longRuns'].map((path) => `<rootDir>/test/e2e/${path}`),
			...oneSharedN8n,
		}),
		// These kill and restart an n8n of their own.
		project('offline', ['test/e2e/offlineSync/*.test.ts']),
		project('long', ['test/e2e/longRuns.test.ts']),
		project('queue', ['test/queue/*.test.ts']),
		project('generations', ['test/generations/*.test.ts']),
		project('browser', ['test/e2e/browser/*.test.ts'], oneSharedN8n),
	],
};
