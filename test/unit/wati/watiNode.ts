import type { INodeExecutionData } from 'n8n-workflow';

import { Wati } from '../../../nodes/Wati/Wati.node';
import { withWati } from '../../simulators/wati/harness';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { runNodeFake, type FakeRun } from '../../support/fakeExecute';

export interface WatiRun {
	parameters: Record<string, unknown>;
	items?: number;
	onError?: FakeRun['onError'];
}

/** One simulator for a test file, fresh before each test, and the node run against it. */
export function withWatiNode(): { wati: WatiSimulator; run(run: WatiRun): Promise<INodeExecutionData[]> } {
	const { wati } = withWati();
	return {
		wati,
		async run({ parameters, items = 1, onError }) {
			const [output] = await runNodeFake(new Wati(), {
				parameters,
				credentials: { watiConnectionApi: { apiEndpoint: `${wati.origin}/12345`, accessToken: wati.token } },
				authorize: () => ({ Authorization: `Bearer ${wati.token}` }),
				items: Array.from({ length: items }, (_, item) => ({ json: { item } })),
				onError,
			});
			return output ?? [];
		},
	};
}
