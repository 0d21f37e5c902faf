import type { INodeExecutionData } from 'n8n-workflow';

import { n8nHttp, type N8nHttpOptions } from '../../support/n8nHttp';
import { Network } from './network';
import type { RunContext, Vendor } from './vendor';
import { time } from './virtualTime';

/** Vendors for a test file, as good as new before each test, and runs of their steps over the virtual network. */
export function withVendors(vendors: readonly Vendor[]) {
	const network = new Network();
	beforeAll(async () => void (await Promise.all([network.open(), ...vendors.map((vendor) => vendor.start())])));
	afterAll(async () => void (await Promise.all(vendors.map((vendor) => vendor.stop()))));
	beforeEach(async () => {
		await time.settle();
		network.reset();
		for (const vendor of vendors) vendor.reset();
	});
	afterEach(async () => await time.settle());
	const context = (onError: RunContext['onError'] = 'continueRegularOutput'): RunContext => ({
		onError,
		hints: [],
		http: (options: N8nHttpOptions) => n8nHttp({ ...options, send: network.send }),
	});
	return {
		network,
		context,
		run: async (work: (given: RunContext) => Promise<INodeExecutionData[]>) => await time.run(work(context())),
	};
}

/** What is told of the items that failed: headline and advice. */
export const told = (output: readonly INodeExecutionData[]): string =>
	output
		.filter(({ json }) => json.error !== undefined)
		.map(({ json }) => `${String(json.error)} ${JSON.stringify(json.message)}`)
		.join('\n');
