import { setTimeout as sleep } from 'node:timers/promises';

import type { ExecutionSummary } from '../../host/execution';
import type { StoredWorkflow } from '../../host/n8nClient';
import { N8nHost } from '../../host/n8nHost';
import { waitFor } from '../../host/wait';
import type { CredentialRef } from '../../host/workflowBuilder';
import type { SalesforceSimulator } from '../../simulators/salesforce';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { salesforceFixture } from '../../support/crms/salesforce';
import { watiFixture } from '../../support/crms/wati';
import { importWorkflow, type ImportOptions } from '../../support/importWorkflow';

/** What "Any Other Source" takes (docs/workflows/offline-sync.md). */
export interface SaidMessage {
	conversationId: string;
	messageId?: string;
	sentAt?: number | string;
	channel?: 'text' | 'voice';
	callId?: string;
	callEnded?: boolean;
	fields?: Record<string, string>;
}

const sourceKey = { name: 'x-source-key', value: 'a-key-of-the-test' };
const conversations = 'whatsapp-crm conversations';
const settings = 'whatsapp-crm settings';

/** An n8n with the two vendors, and the shipped workflows imported as a builder does. */
export class OfflineSyncWorld {
	private constructor(
		readonly host: N8nHost,
		readonly wati: WatiSimulator,
		readonly salesforce: SalesforceSimulator,
		private readonly credentials: Record<string, CredentialRef>,
		private readonly stopVendors: () => Promise<void>,
	) {}

	static async start(startHost: () => Promise<N8nHost> = async () => await N8nHost.start()): Promise<OfflineSyncWorld> {
		const crms = [watiFixture(), salesforceFixture()] as const;
		const stopVendors = async (): Promise<void> => void (await Promise.all(crms.map((crm) => crm.stop())));
		await Promise.all(crms.map((crm) => crm.start()));
		try {
			const host = await startHost();
			const source = await host.createCredential('httpHeaderAuth', 'Other source', sourceKey);
			const credentials: Record<string, CredentialRef> = { httpHeaderAuth: source };
			for (const crm of crms)
				credentials[crm.credentialType] = await host.createCredential(
					crm.credentialType,
					crm.name,
					crm.credentialData(),
				);
			return new OfflineSyncWorld(host, crms[0].simulator, crms[1].simulator, credentials, stopVendors);
		} catch (error) {
			await stopVendors();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.host.dispose();
		await this.stopVendors();
	}

	/** With all connections chosen. */
	async import(file: string, options: ImportOptions = {}): Promise<StoredWorkflow> {
		const credentials = { ...this.credentials, ...options.credentials };
		return importWorkflow(this.host, file, { ...options, credentials });
	}

	/** Sync conversation, published; resolves when the callers can find it. */
	async importSync(options: ImportOptions = {}): Promise<StoredWorkflow> {
		const workflow = await this.import('sync-conversation', options);
		await this.untilFound(workflow);
		return workflow;
	}

	/** Publishes a Sync conversation that was unpublished, so that the callers use this one. */
	async publishAgain(workflow: StoredWorkflow): Promise<void> {
		await this.host.activate(workflow);
		await this.untilFound(workflow);
	}

	private async untilFound({ id }: StoredWorkflow): Promise<void> {
		const isFound = async (): Promise<boolean> => (await this.rows(settings)).some(({ value }) => value === id);
		await this.until('Sync conversation to be found', 20_000, isFound);
	}

	/** The caller, started by its webhook for other sources at `path`. */
	async importCaller(file: string, { path, ...options }: ImportOptions & { path: string }): Promise<StoredWorkflow> {
		const webhook = { httpMethod: 'POST', authentication: 'headerAuth', responseMode: 'onReceived', options: {}, path };
		return this.import(file, {
			...options,
			enable: ['Any Other Source'],
			disable: ['WATI Trigger'],
			parameters: { ...options.parameters, 'Any Other Source': webhook },
		});
	}

	/** Tells a caller of a message. Throws unless it is answered with 200. */
	async say(path: string, message: SaidMessage): Promise<void> {
		const headers = { [sourceKey.name]: sourceKey.value };
		const { status, body } = await this.host.callWebhook(path, message, { headers });
		if (status !== 200) throw new Error(`The message was answered with ${status}: ${JSON.stringify(body)}`);
	}

	/** When WATI was asked to write that person's contact, oldest first. */
	watiWrites(person: number): number[] {
		const phone = phoneOf(person);
		const names = [phone, ...this.wati.account.contactsByPhone(phone).map(({ id }) => id)];
		return this.wati.log
			.filter(({ method, path }) => method !== 'GET' && path.endsWith('/contacts'))
			.filter(({ body }) => names.some((name) => JSON.stringify(body ?? null).includes(`"${name}"`)))
			.map(({ at }) => at);
	}

	/** What Salesforce holds of that person. */
	inSalesforce(person: number): ReturnType<SalesforceSimulator['contactsByEmail']> {
		return this.salesforce.contactsByEmail(emailOf(person));
	}

	/** Waits till both vendors have the person's contact, and WATI was asked that often. */
	async written(person: number, times = 1): Promise<void> {
		const isThere = (): boolean => this.watiWrites(person).length >= times && this.inSalesforce(person).length > 0;
		await this.until(`write ${times} of person ${person}`, 40_000, isThere);
	}

	/** Runs of Sync conversation that a caller has started and that have ended (n8n does not list running ones), oldest first. */
	async syncs(sync: StoredWorkflow, atLeast = 0): Promise<ExecutionSummary[]> {
		const ended = async (): Promise<ExecutionSummary[]> => {
			const runs = await this.host.executions({ workflowId: sync.id, limit: 250 });
			return runs.filter(({ mode }) => mode !== 'trigger').reverse();
		};
		await this.until(`${atLeast} runs to end`, 30_000, async () => (await ended()).length >= atLeast);
		return ended();
	}

	/** The rows of a conversation, as soon as its contact is written and nothing waits. */
	async done(conversation: string): Promise<Array<Record<string, unknown>>> {
		const ofIt = async () => (await this.rows()).filter(({ conversationId }) => conversationId === conversation);
		const isDone = async (): Promise<boolean> => {
			const rows = await ofIt();
			return rows.length > 0 && rows.every(({ state }) => state === 'done');
		};
		await this.until(`${conversation} to be done`, 40_000, isDone);
		return ofIt();
	}

	/** The rows of one of the two tables; `[]` where there is no table. */
	async rows(table = conversations): Promise<Array<Record<string, unknown>>> {
		const found = (await this.host.tables.all()).find(({ name }) => name === table);
		return found === undefined ? [] : this.host.tables.rows(found.id);
	}

	/** Waits till so many contacts are in Salesforce, and then some more for a write too many. */
	async waitForContacts(
		count: number,
		{ timeoutMs, thenMs = 3_000 }: { timeoutMs: number; thenMs?: number },
	): Promise<void> {
		const isReached = async (): Promise<true | undefined> =>
			this.salesforce.contacts.size >= count ? true : undefined;
		const details = (): string => `There are ${this.salesforce.contacts.size}.\n${this.host.logTail(20)}`;
		await waitFor(isReached, { what: `${count} contacts in Salesforce`, timeoutMs, pauseMs: 250, details });
		await sleep(thenMs);
	}

	/** Waits till `probe` is content. */
	async until(what: string, timeoutMs: number, probe: () => boolean | Promise<boolean>): Promise<void> {
		const found = async (): Promise<true | undefined> => ((await probe()) ? true : undefined);
		await waitFor(found, { what, timeoutMs, pauseMs: 250, details: () => this.host.logTail(20) });
	}
}

/** The number of a sample person, digits only. */
export const phoneOf = (person: number): string => `1415555${String(1000 + person)}`;
export const emailOf = (person: number): string => `person${person}@example.com`;

/** All that is known of a sample person from the first message on. */
export const factsOf = (person: number, name = `First Person${person}`) => ({
	phone: `+${phoneOf(person)}`,
	email: emailOf(person),
	name,
});

export const people = (from: number, count: number): number[] =>
	Array.from({ length: count }, (_, index) => from + index);

/** The setting Wait Minutes, for {@link ImportOptions}. */
export const waiting = (seconds: number) => ({ settings: { Settings: { waitMinutes: seconds / 60 } } });
