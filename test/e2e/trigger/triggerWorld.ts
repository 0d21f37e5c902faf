import { randomUUID } from 'node:crypto';

import type { N8nClient, StoredWorkflow } from '../../host/n8nClient';
import type { CredentialRef, NodeSpec, WorkflowJson } from '../../host/workflowBuilder';
import { WatiSimulator, type WatiOptions } from '../../simulators/wati/watiSimulator';
import { CHANNEL, parameters, TENANT } from '../../unit/watiTrigger/withTrigger';
import { PublishedTrigger, TRIGGER } from './publishedTrigger';

export { CHANNEL, inbound, PHONE, TENANT } from '../../unit/watiTrigger/withTrigger';
export { PublishedTrigger, TRIGGER, type Answer } from './publishedTrigger';

/** A secret as a password manager makes them, for Registration: Manual. */
export const MANUAL_SECRET = 'kD3v-9fQ2xLm7TzP1cRw8YbN5hJs';

export interface TriggerOptions {
	/** The node behind the trigger; one that does nothing when left out. */
	behind?: NodeSpec;
	credential?: CredentialRef;
}

/** Parameters as the editor stores them: those of a trigger that was dragged in and had its channel picked. */
export const picked = (change: Record<string, unknown> = {}): Record<string, unknown> =>
	parameters({ channelNumber: { __rl: true, mode: 'list', value: CHANNEL }, ...change });

export const byHand = (change: Record<string, unknown> = {}): Record<string, unknown> =>
	picked({ registration: 'manual', webhookSecret: MANUAL_SECRET, ...change });

/** A real n8n, and an account at WATI that tells its triggers what happens. */
export class TriggerWorld {
	private readonly triggers: PublishedTrigger[] = [];

	private constructor(
		readonly host: N8nClient,
		readonly wati: WatiSimulator,
		readonly credential: CredentialRef,
	) {}

	static async start(host: N8nClient, options: WatiOptions = {}): Promise<TriggerWorld> {
		// A busy n8n may answer late; what is told again because of that would only hide whether it was taken the first time.
		const delivery = { limit: 1000, timeoutMs: 240_000 };
		const wati = new WatiSimulator({ tenantId: TENANT, number: CHANNEL, delivery, ...options });
		await wati.start();
		return new TriggerWorld(host, wati, await connect(host, `${wati.origin}/${TENANT}`, wati.token));
	}

	/** The same account by another connection. */
	async connect(endpoint: string, token: string): Promise<CredentialRef> {
		return connect(this.host, endpoint, token);
	}

	async stop(): Promise<void> {
		for (const { workflow } of this.triggers)
			await this.host.rest.api('POST', `/workflows/${workflow.id}/deactivate`).catch(() => undefined);
		await this.wati.stop();
	}

	/** Stores a workflow that begins with the trigger. */
	async store(settings: Record<string, unknown> = picked(), options: TriggerOptions = {}): Promise<PublishedTrigger> {
		const webhookId = randomUUID();
		const json = workflowOf(webhookId, settings, { credential: this.credential, ...options });
		const workflow: StoredWorkflow = await this.host.createWorkflow(json);
		const trigger = new PublishedTrigger(this.host, this.wati, workflow, webhookId);
		this.triggers.push(trigger);
		return trigger;
	}

	/** Stores and publishes it, and waits till n8n answers, with Registration: Automatic till WATI has its addresses. */
	async publish(settings: Record<string, unknown> = picked(), options: TriggerOptions = {}): Promise<PublishedTrigger> {
		const trigger = await this.store(settings, options);
		await trigger.publish();
		return trigger;
	}
}

async function connect(host: N8nClient, apiEndpoint: string, accessToken: string): Promise<CredentialRef> {
	return host.createCredential('watiConnectionApi', `WATI ${randomUUID()}`, { apiEndpoint, accessToken });
}

function workflowOf(
	webhookId: string,
	parametersOfTrigger: Record<string, unknown>,
	{ credential, behind = { type: 'n8n-nodes-base.noOp' } }: TriggerOptions,
): WorkflowJson {
	const { type, typeVersion = 1, parameters: own = {} } = behind;
	return {
		name: `trigger ${webhookId}`,
		nodes: [
			{
				id: randomUUID(),
				name: TRIGGER,
				type: 'n8n-nodes-whatsapp-crm.watiTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: parametersOfTrigger,
				webhookId,
				...(credential ? { credentials: { watiConnectionApi: credential } } : {}),
			},
			{ id: randomUUID(), name: 'Behind', type, typeVersion, position: [220, 0], parameters: own },
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Behind', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
