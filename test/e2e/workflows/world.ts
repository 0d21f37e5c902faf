import type { Execution } from '../../host/execution';
import type { N8nClient, RunOptions, StoredWorkflow, WebhookAnswer } from '../../host/n8nClient';
import { sharedHost } from '../../host/shared';
import { waitFor } from '../../host/wait';
import type { CredentialRef } from '../../host/workflowBuilder';
import { connected } from '../../bench/credentials';
import { SALESFORCE_CLIENT, type SalesforceSimulator } from '../../simulators/salesforce';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { salesforceFixture } from '../../support/crms/salesforce';
import { watiFixture } from '../../support/crms/wati';
import { importWorkflow, type ImportOptions } from '../../support/importWorkflow';

const sourceKey = { name: 'x-source-key', value: 'a-key-of-the-test' };

/** The ready workflows in the shared n8n, with both vendors, imported as a builder does. */
export class ReadyWorkflows {
	private readonly imported: StoredWorkflow[] = [];

	private constructor(
		readonly host: N8nClient,
		readonly wati: WatiSimulator,
		readonly salesforce: SalesforceSimulator,
		private readonly credentials: Record<string, CredentialRef>,
		private readonly stopVendors: () => Promise<void>,
	) {}

	static async start(): Promise<ReadyWorkflows> {
		const host = await sharedHost();
		const crms = [watiFixture(), salesforceFixture()] as const;
		const [{ simulator: wati }, { simulator: salesforce }] = crms;
		await Promise.all(crms.map((crm) => crm.start()));
		const credentials: Record<string, CredentialRef> = {
			httpHeaderAuth: await host.createCredential('httpHeaderAuth', 'Other source', sourceKey),
			salesforceOAuth2Api: await connected(host, 'salesforceOAuth2Api', {
				clientId: SALESFORCE_CLIENT.id,
				clientSecret: SALESFORCE_CLIENT.secret,
				oauthTokenData: {
					access_token: salesforce.openSession().token,
					instance_url: salesforce.instanceUrl,
					token_type: 'Bearer',
				},
			}),
		};
		for (const { credentialType, name, credentialData } of crms)
			credentials[credentialType] = await host.createCredential(credentialType, name, credentialData());
		return new ReadyWorkflows(host, wati, salesforce, credentials, async () => {
			await Promise.all(crms.map((crm) => crm.stop()));
		});
	}

	async stop(): Promise<void> {
		for (const { id } of this.imported) await this.host.rest.api('POST', `/workflows/${id}/deactivate`);
		await this.stopVendors();
	}

	/** With all connections chosen, published. */
	async import(file: string, options: ImportOptions = {}): Promise<StoredWorkflow> {
		const credentials = { ...this.credentials, ...options.credentials };
		const workflow = await importWorkflow(this.host, file, { ...options, credentials });
		this.imported.push(workflow);
		return workflow;
	}

	/** Tells the workflow's webhook something and gives the execution that it starts. */
	async tell(
		workflow: StoredWorkflow,
		body: unknown,
		options: RunOptions = {},
	): Promise<Execution & { answer: WebhookAnswer }> {
		return this.host.run(workflow, body, { ...options, headers: { [sourceKey.name]: sourceKey.value } });
	}

	/** The templates that WATI has taken: to whom, with which values. */
	templatesSent(): Array<{ template: string; phone: string | null; values: Record<string, string> }> {
		return [...this.wati.account.broadcasts.values()].flatMap(({ templateId, recipients }) =>
			recipients.map(({ phone, customParams }) => ({
				template: this.wati.account.templates.get(templateId)?.name ?? templateId,
				phone,
				values: Object.fromEntries(customParams.map(({ name, value }) => [name, value])),
			})),
		);
	}

	/** Waits till what a trigger has started is seen at a vendor. */
	async until(what: string, isSeen: () => boolean, timeoutMs = 30_000): Promise<void> {
		const probe = async (): Promise<true | undefined> => (isSeen() ? true : undefined);
		await waitFor(probe, { what, timeoutMs, pauseMs: 200 });
	}

	/** Calls that send templates. */
	templateCalls(): number {
		return this.wati.requests('POST', /messageTemplates\/send$/).length;
	}
}

/** In place of a trigger that only a person or the clock starts. */
export const startedByWebhook = (path: string) => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
	settings: { webhookId: path },
});

/** The JSON of all items that a node gave out, over all of its runs; an empty list when it did not run. */
export function given(execution: Execution, node: string, output = 0): Array<Record<string, unknown>> {
	return (execution.nodes[node] ?? []).flatMap((run) => (run.items[output] ?? []).map(({ json }) => json));
}
