const swc = ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } }];

/** Projects: `unit` is fast and needs nothing; `simulators` starts the vendors' simulators; `e2e` needs the host n8n. */
const project = (displayName, testMatch, more = {}) => ({
	displayName,
	testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
	transform: { '^.+\\.ts$': swc },
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/host/node_modules', '<rootDir>/test/host-1x/node_modules'],
	...more,
});

module.exports = {
	projects: [
		project('unit', ['test/unit/**/*.test.ts']),
		project('simulators', ['test/simulators/**/*.test.ts']),
		project('e2e', ['test/e2e/**/*.test.ts'], {
			globalSetup: '<rootDir>/test/host/shared.ts',
			globalTeardown: '<rootDir>/test/host/sharedTeardown.ts',
		}),
	],
};
