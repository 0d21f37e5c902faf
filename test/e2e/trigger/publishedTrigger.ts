import axios from 'axios';
import { z } from 'zod';

import { executionSchema, type Execution, type Item } from '../../host/execution';
import type { N8nClient, StoredWorkflow } from '../../host/n8nClient';
import { waitFor } from '../../host/wait';
import type { RecordedRequest } from '../../simulators/kit/simulator';
import type { Webhook } from '../../simulators/wati/records';
import type { WatiSimulator } from '../../simulators/wati/watiSimulator';

/** The trigger's name on the canvas. */
export const TRIGGER = 'WATI Trigger';

/** What n8n answered, without the headers that differ each time. */
export interface Answer {
	status: number;
	body: string;
	headers: Record<string, unknown>;
}

export interface Post {
	method?: string;
	/** Goes out as it is, instead of the body as JSON. */
	raw?: string | Buffer;
	headers?: Record<string, string>;
}

const PATIENCE_MS = 80_000;
const listSchema = z.object({ data: z.array(executionSchema), nextCursor: z.string().nullish() });
const publicationSchema = z.object({
	status: z.string(),
	triggers: z.array(z.object({ errorMessage: z.string().nullish() })),
});
const underWaySchema = z.object({ results: z.array(z.unknown()) });

/** One workflow that begins with the trigger, as WATI, strangers and its builder see it. */
export class PublishedTrigger {
	constructor(
		private readonly host: N8nClient,
		private readonly wati: WatiSimulator,
		readonly workflow: StoredWorkflow,
		private readonly webhookId: string,
	) {}

	/** The production URL that the editor shows; it lacks the secret of Registration: Automatic. */
	get url(): string {
		const { registration, webhookSecret } = this.parameters;
		const path = registration === 'manual' ? `wati/${String(webhookSecret)}` : 'wati';
		return this.host.webhookUrl(`${this.webhookId}/${path}`);
	}

	get parameters(): Record<string, unknown> {
		return this.workflow.json.nodes.find(({ name }) => name === TRIGGER)?.parameters ?? {};
	}

	// What the builder does

	/** Resolves when n8n has done it, which it does in the background. Throws what n8n shows when it could not be done. */
	async publish(): Promise<void> {
		await this.host.activate(this.workflow);
		const { status, triggers } = await this.publication(['published', 'failed']);
		if (status === 'failed') throw new Error(`Not published: ${JSON.stringify(triggers)}`);
		await this.answers();
	}

	/** Publishing is refused: all that n8n shows of it, after five tries in some 15 seconds. Throws when it isn't refused. */
	async refusal(): Promise<string> {
		await this.host.activate(this.workflow);
		const { status, triggers } = await this.publication(['published', 'failed']);
		if (status === 'failed') return triggers.map(({ errorMessage }) => errorMessage).join();
		throw new Error('The workflow could be published.');
	}

	/** Waits till n8n knows the address, which after a restart it does somewhat later than it answers at all. */
	async answers(): Promise<void> {
		await this.isAnswering(true);
	}

	async unpublish(): Promise<void> {
		await this.host.deactivate(this.workflow);
		await this.publication(['not_published']);
		await this.isAnswering(false);
	}

	/** The builder changes the trigger and publishes again. */
	async change(parameters: Record<string, unknown>): Promise<void> {
		await this.unpublish();
		for (const node of this.workflow.json.nodes) if (node.name === TRIGGER) node.parameters = parameters;
		const { name, nodes, connections, settings = {} } = this.workflow.json;
		await this.host.rest.api('PUT', `/workflows/${this.workflow.id}`, { name, nodes, connections, settings });
		await this.publish();
	}

	private async publication(wanted: string[]): Promise<z.infer<typeof publicationSchema>> {
		const probe = async (): Promise<z.infer<typeof publicationSchema> | undefined> => {
			const answer = await this.host.rest.rest('GET', `/workflows/${this.workflow.id}/publication-status`);
			const publication = publicationSchema.parse(answer);
			return wanted.includes(publication.status) ? publication : undefined;
		};
		return waitFor(probe, { what: `${this.workflow.name} to be ${wanted.join(' or ')}`, timeoutMs: PATIENCE_MS });
	}

	// What WATI has

	/** The trigger's own, oldest first. */
	webhooks(): Webhook[] {
		return [...this.wati.account.webhooks.values()].filter(({ url }) => url.includes(this.webhookId));
	}

	/** Requests to register an address of this trigger. */
	registrations(): RecordedRequest[] {
		return this.wati.requests('POST', /webhookEndpoints/).filter((request) => this.isOf(request));
	}

	/** Whether WATI was asked for an address of this trigger. */
	isOf({ body }: RecordedRequest): boolean {
		return JSON.stringify(body ?? null).includes(`/${this.webhookId}/`);
	}

	/** The address that WATI has. Throws when it has none. */
	address(index = 0): URL {
		const webhook = this.webhooks()[index];
		if (webhook === undefined) throw new Error(`WATI has no address ${index} of this trigger.`);
		return new URL(webhook.url);
	}

	secret(index = 0): string {
		return this.address(index).searchParams.get('secret') ?? '';
	}

	async registered(count = 1): Promise<void> {
		await this.until(`${count} addresses at WATI`, async () => this.webhooks().length >= count);
	}

	// What reaches n8n

	async post(url: string | URL, body?: unknown, { method = 'POST', raw, headers }: Post = {}): Promise<Answer> {
		const answer = await axios.request<string>({
			method,
			url: String(url),
			data: method === 'GET' ? undefined : (raw ?? JSON.stringify(body)),
			headers: { 'content-type': 'application/json', ...headers },
			transformRequest: (data: unknown) => data,
			validateStatus: () => true,
			responseType: 'text',
			transformResponse: (data: unknown) => data,
			maxBodyLength: Infinity,
			timeout: 2 * PATIENCE_MS,
			proxy: false,
		});
		const { date: _date, ...kept } = { ...answer.headers };
		return { status: answer.status, body: answer.data, headers: kept };
	}

	private async isAnswering(expected: boolean): Promise<void> {
		const what = `${this.workflow.name} to answer${expected ? '' : ' no more'}`;
		await this.until(what, async () => ((await this.post(this.url, {})).status === 404) !== expected);
	}

	// What came of it

	/** All runs of the workflow, oldest first, with data, as soon as none is under way. n8n stores a run before it answers. */
	async runs(): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: this.workflow.id, status: ['new', 'running'] }));
		await this.until('all runs to end', async () => {
			const answer = await this.host.rest.rest('GET', `/executions?limit=10&filter=${filter}`);
			return underWaySchema.parse(answer).results.length === 0;
		});
		const runs: Execution[] = [];
		for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
			const query = new URLSearchParams({ workflowId: this.workflow.id, includeData: 'true', limit: '250' });
			if (cursor !== undefined) query.set('cursor', cursor);
			const page = listSchema.parse(await this.host.rest.api('GET', `/executions?${query.toString()}`));
			runs.push(...page.data);
			cursor = page.nextCursor ?? undefined;
		}
		return runs.reverse();
	}

	/** All items that the trigger has given out, oldest first. */
	async items(): Promise<Item[]> {
		return (await this.runs()).flatMap(({ nodes }) => (nodes[TRIGGER] ?? []).flatMap(({ items }) => items.flat()));
	}

	/** Their JSON. */
	async events(): Promise<Array<Record<string, unknown>>> {
		return (await this.items()).map(({ json }) => json);
	}

	/** Waits till the trigger has given out that many items; for runs that begin after n8n has answered. */
	async itemsOf(count: number): Promise<Item[]> {
		await this.until(`${count} items`, async () => (await this.items()).length >= count);
		return this.items();
	}

	private async until(what: string, probe: () => Promise<boolean>): Promise<void> {
		const found = async (): Promise<true | undefined> => ((await probe()) ? true : undefined);
		await waitFor(found, { what, timeoutMs: PATIENCE_MS, pauseMs: 50 });
	}
}
