import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import type { N8nClient, StoredWorkflow } from '../host/n8nClient';
import { workflowSchema, type WorkflowJson } from '../host/workflowBuilder';
import { openBrowser, pageTimeoutMs, type Browsing, type Look } from './browser';
import { NodePanel } from './nodePanel';

/** n8n's editor as a builder uses it: canvas, node creator, panels. Selectors are n8n's own test ids (n8n 2.41). */
export class Editor {
	private constructor(
		private readonly host: N8nClient,
		private readonly browsing: Browsing,
	) {}

	static async open(host: N8nClient, look?: Partial<Look>): Promise<Editor> {
		return new Editor(host, await openBrowser(host, look));
	}

	get page(): Page {
		return this.browsing.page;
	}

	async close(): Promise<void> {
		await this.browsing.close();
	}

	/** An empty canvas. */
	async openEmpty(): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.page.getByTestId('canvas-plus-button').waitFor({ timeout: pageTimeoutMs });
	}

	/** Stores the workflow by API and opens it. */
	async openNew(json: WorkflowJson): Promise<StoredWorkflow> {
		const workflow = await this.host.createWorkflow(json);
		await this.openWorkflow(workflow.id);
		return workflow;
	}

	/** The canvas of a stored workflow, once its nodes are drawn. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor({ timeout: pageTimeoutMs });
	}

	/** A node on the canvas, by the name that is written under it. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Names of the nodes on the canvas that carry n8n's problem marker. */
	async markedNodes(): Promise<string[]> {
		const marked = this.page.getByTestId('canvas-node').filter({ has: this.page.getByTestId('node-issues') });
		return await marked.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? ''));
	}

	/** Opens a node's panel by a double click on it. */
	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return await NodePanel.shown(this.page);
	}

	/** Types the words into the node creator and gives the names of what it finds, best first. */
	async search(words: string): Promise<string[]> {
		const creator = this.page.getByTestId('node-creator');
		if (!(await creator.isVisible())) await this.openCreator();
		await creator.getByTestId('node-creator-search-bar').fill(words);
		// The list follows the typing after a pause of its own, and an empty list has no element to wait for.
		await this.page.waitForTimeout(1200);
		return (await creator.getByTestId('node-creator-item-name').allInnerTexts()).map((name) => name.trim());
	}

	/** The first node of an empty canvas, or one more. */
	private async openCreator(): Promise<void> {
		const first = this.page.getByTestId('canvas-plus-button');
		await ((await first.isVisible()) ? first : this.page.getByTestId('node-creator-plus-button')).click();
		await this.page.getByTestId('node-creator').waitFor();
	}

	/** Chooses a node in the list and adds it from its details page, which n8n shows for community nodes. */
	async addNode(words: string, displayName: string): Promise<NodePanel> {
		const details = await this.openDetails(words, displayName);
		await details.getByRole('button', { name: 'Add to workflow' }).click();
		return await this.panelInstead(details);
	}

	/** The same for a node with triggers and actions: one of them is chosen on the details page. */
	async addAction(
		words: string,
		displayName: string,
		group: 'Triggers' | 'Actions',
		action: string,
	): Promise<NodePanel> {
		const details = await this.openDetails(words, displayName);
		const entry = details.getByTestId('node-creator-item-name').getByText(action, { exact: true });
		if (!(await entry.isVisible())) await details.getByText(new RegExp(`^${group} \\(\\d+\\)`)).click();
		await entry.click();
		return await this.panelInstead(details);
	}

	/** The panel of the node that was added; the list slides away meanwhile, and could be taken for an open one. */
	private async panelInstead(list: Locator): Promise<NodePanel> {
		await list.waitFor({ state: 'hidden' });
		return await NodePanel.shown(this.page);
	}

	private async openDetails(words: string, displayName: string): Promise<Locator> {
		await this.search(words);
		const creator = this.page.getByTestId('node-creator');
		await creator.getByTestId('node-creator-item-name').getByText(displayName, { exact: true }).click();
		await creator.getByText('Node details', { exact: true }).waitFor();
		return creator;
	}

	/** Saves as the builder does and reads back what n8n has stored. */
	async save(): Promise<WorkflowJson & { id: string }> {
		await this.page.keyboard.press('Control+s');
		const id = new URL(this.page.url()).pathname.split('/')[2] ?? '';
		await this.page.waitForTimeout(1500);
		return { ...workflowSchema.parse(await this.host.rest.api('GET', `/workflows/${id}`)), id };
	}

	/** A picture for people, in .cache/browser: what the page looked like when a test failed. */
	async keepPicture(name: string): Promise<string> {
		const folder = join(__dirname, '../../.cache/browser');
		mkdirSync(folder, { recursive: true });
		const path = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`);
		await this.page.screenshot({ path });
		return path;
	}
}
