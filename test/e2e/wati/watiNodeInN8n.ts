import type { INodeExecutionData } from 'n8n-workflow';

import { sharedHost } from '../../host/shared';
import type { Item } from '../../host/execution';
import type { N8nClient } from '../../host/n8nClient';
import { runNode } from '../../host/runNode';
import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { asWorkflow } from '../../support/asWorkflow';
import type { WatiRun } from '../../unit/wati/watiNode';

/** What test/unit/wati/watiNode.ts does without n8n, done by a workflow in a real n8n: the same tables run through both. */
export function withWatiNode(): { wati: WatiSimulator; run(run: WatiRun): Promise<INodeExecutionData[]> } {
	const wati = new WatiSimulator();
	let host: N8nClient;
	let credential: CredentialRef;
	beforeAll(async () => {
		host = await sharedHost();
		await wati.start();
		credential = await host.createCredential('watiConnectionApi', 'WATI', {
			apiEndpoint: `${wati.origin}/12345`,
			accessToken: wati.token,
		});
	});
	beforeEach(() => wati.reset());
	afterAll(async () => await wati.stop());
	return {
		wati,
		async run({ parameters, items = 1, onError }) {
			const workflow = asWorkflow(parameters, items);
			const result = await runNode(host, {
				node: {
					type: 'n8n-nodes-whatsapp-crm.wati',
					parameters: workflow.parameters,
					credentials: { watiConnectionApi: credential },
					...(onError === undefined ? {} : { onError }),
				},
				timezone: TIMEZONE,
				items: workflow.items,
			});
			if (result.error) throw Object.assign(new Error(result.error.message), result.error);
			const [output = [], ...errorOutput] = result.branches.map((branch) => branch.map(asNodeOutput));
			return errorOutput.length === 0 ? output : [output, ...errorOutput].flat().sort(byItem);
		},
	};
}

/** The time zone of the workflow that test/support/fakeExecute.ts stands for. */
const TIMEZONE = 'Europe/Berlin';

/** One pairing as an object, as the node itself gave it; several stay a list. */
function asNodeOutput({ json, pairedItem }: Item): INodeExecutionData {
	const [paired, ...more] = pairedItem;
	const pairing = more.length > 0 ? pairedItem : paired && { item: paired.item };
	return { json: json as INodeExecutionData['json'], ...(pairing ? { pairedItem: pairing } : {}) };
}

/** Items of the error output among the others, in the order of the input. */
function byItem(a: INodeExecutionData, b: INodeExecutionData): number {
	return itemOf(a) - itemOf(b);
}

const itemOf = ({ pairedItem }: INodeExecutionData): number =>
	typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : 0;
