import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

import { ConnectionDialog } from './connectionDialog';

/** Entries of an open menu and of an open drop-down: n8n has no test ids for them. */
const openMenu = '[role=menu][data-state=open] [role=menuitem]';
const openList = '.el-select-dropdown__item:visible';

const MOST_DRAGS = 4;

/** The panel of one node: input on the left, parameters in the middle, output on the right. */
export class NodePanel {
	readonly root: Locator;
	readonly parameters: Locator;
	readonly input: Locator;
	readonly output: Locator;
	readonly mapper: Locator;

	private constructor(readonly page: Page) {
		this.root = page.getByTestId('ndv');
		this.parameters = this.root.getByTestId('node-parameters');
		this.input = this.root.getByTestId('ndv-input-panel');
		this.output = this.root.getByTestId('output-panel');
		this.mapper = this.root.getByTestId('resource-mapper-container');
	}

	static async shown(page: Page): Promise<NodePanel> {
		const panel = new NodePanel(page);
		await panel.parameters.waitFor();
		return panel;
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	/** The dialog for a new connection, by the button of a node that has none or by the list of those that there are. */
	async newConnection(): Promise<ConnectionDialog> {
		const empty = this.root.getByTestId('node-credentials-empty-state');
		const select = this.root.getByTestId('node-credentials-select');
		await empty.or(select).first().waitFor();
		if (await empty.isVisible()) await empty.getByRole('button').first().click();
		else {
			await select.click();
			await this.page.getByTestId('node-credentials-select-item-new').click();
		}
		return await ConnectionDialog.shown(this.page);
	}

	/** The input of a parameter, outside the mapper. */
	parameter(name: string): Locator {
		return this.parameters.locator(
			`[data-test-id="parameter-input-${name}"]:not([data-test-id="mapping-fields-container"] *)`,
		);
	}

	/** The input of a live field inside the mapper. */
	field(id: string): Locator {
		return this.mapper.getByTestId(`parameter-input-${id}`);
	}

	/** n8n asks for the live fields when a panel opens; after a change of the connection the builder has to choose Retry. */
	async fetchFields(): Promise<void> {
		const fields = this.mapper.getByTestId('mapping-fields-container');
		const retry = this.mapper.getByText('Retry', { exact: true });
		await fields.or(retry).first().waitFor();
		if (await retry.isVisible()) await retry.click();
		await fields.waitFor();
	}

	/** Labels of the live fields that are there to be filled in. */
	async fieldLabels(): Promise<string[]> {
		const labels = this.mapper.getByTestId('mapping-fields-container').getByTestId('input-label');
		await labels.nth(1).waitFor();
		// The first one is the heading above the fields.
		return (await labels.allInnerTexts()).slice(1).map(firstLine);
	}

	/** Labels of the live fields that can still be added. */
	async fieldsToAdd(): Promise<string[]> {
		const menu = await this.openFieldsMenu();
		const labels = (await menu.allInnerTexts()).map((label) => label.trim()).filter((label) => label !== '');
		await this.closeList();
		return labels;
	}

	async addField(label: string): Promise<void> {
		const menu = await this.openFieldsMenu();
		await menu.filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) }).click();
	}

	private async openFieldsMenu(): Promise<Locator> {
		await this.mapper.getByTestId('add-fields-select').locator('button').click();
		const entries = this.page.locator(openMenu);
		await entries.filter({ hasText: /\w/ }).first().waitFor();
		return entries;
	}

	/** A click beside an open list closes it; Escape would close the panel as well. */
	private async closeList(): Promise<void> {
		await this.output.click({ force: true, position: { x: 20, y: 20 } });
		await this.page.locator(`${openMenu}, ${openList}`).first().waitFor({ state: 'hidden' });
	}

	/** Opens a drop-down and gives what it offers. */
	async choices(name: string): Promise<string[]> {
		await this.parameter(name).locator('input').first().click();
		const entries = this.page.locator(openList);
		await entries.first().waitFor();
		const names = (await entries.allInnerTexts()).map(firstLine);
		await this.closeList();
		return names;
	}

	async choose(name: string, choice: string): Promise<void> {
		await this.parameter(name).locator('input').first().click();
		await this.page.locator(openList).filter({ hasText: choice }).first().click();
	}

	/** Chooses from a list that the vendor's account gives, and tells what else was in it. */
	async pick(name: string, entry: string): Promise<string[]> {
		await this.locator(name).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.first().waitFor();
		const names = (await entries.allInnerTexts()).map(firstLine);
		await entries.filter({ hasText: entry }).first().click();
		return names;
	}

	/** The ways in which a value can be named: "Phone", "Contact ID", ... */
	async modes(name: string): Promise<string[]> {
		const modes = (await (await this.openModes(name)).allInnerTexts()).map(firstLine);
		await this.closeList();
		return modes;
	}

	/** Leaves the list of these ways open. */
	async openModes(name: string): Promise<Locator> {
		await this.locator(name).getByTestId('rlc-mode-selector').click();
		const entries = this.page.locator(openList);
		await entries.first().waitFor();
		return entries;
	}

	/** Chooses a way of naming and types the value. */
	async name(parameter: string, mode: string, value: string): Promise<void> {
		await (await this.openModes(parameter)).getByText(mode, { exact: true }).click();
		const input = this.locator(parameter).locator('input[data-test-id=rlc-input], [data-test-id=rlc-input] input');
		await input.fill(value);
		await input.blur();
		// The editor takes typed values over after a pause of its own.
		await this.page.waitForTimeout(500);
	}

	private locator(name: string): Locator {
		return this.parameters.getByTestId(`resource-locator-${name}`);
	}

	/** Runs what comes before, so that its fields can be mapped. */
	async fetchInput(): Promise<void> {
		await this.root.getByTestId('execute-previous-node').first().click();
		await this.input.getByTestId('run-data-schema-node-name').first().waitFor();
	}

	/** Drags a field of the incoming item onto a live field; again where the editor, still busy drawing, missed the drop. */
	async map(from: string, id: string): Promise<void> {
		const mapped = this.mapper.getByText(`{{ $json.${from} }}`).first();
		for (let tries = 1; tries < MOST_DRAGS; tries++) {
			await this.drag(from, id);
			const isThere = await mapped.waitFor({ timeout: 5_000 }).then(
				() => true,
				() => false,
			);
			if (isThere) return;
		}
		await this.drag(from, id);
		await mapped.waitFor();
	}

	private async drag(from: string, id: string): Promise<void> {
		const source = await centre(
			this.input.locator(`[data-test-id=run-data-schema-node-name][data-name="${from}"]`).first(),
		);
		const target = await centre(this.field(id));
		const { mouse } = this.page;
		await mouse.move(source.x, source.y);
		await mouse.down();
		await mouse.move(source.x + 30, source.y + 10, { steps: 5 });
		await mouse.move(target.x, target.y, { steps: 15 });
		await mouse.up();
	}

	/** What a drop-down shows as chosen. */
	async selected(name: string): Promise<string> {
		return await this.parameter(name).locator('input').first().inputValue();
	}

	/** Runs a node that fails and gives what the builder reads in the output panel. */
	async executeInVain(): Promise<string> {
		await this.root.getByTestId('node-execute-button').first().click();
		await this.output.getByTestId('node-error-message').waitFor();
		return await this.output.innerText();
	}

	/** Runs the node and gives the items that came out. */
	async execute(): Promise<unknown[]> {
		await this.run();
		await this.showOutput('json');
		const text = await this.output.getByTestId('ndv-data-container').innerText();
		// The tree is indented with spaces that JSON does not know.
		return z.array(z.unknown()).parse(JSON.parse(text.replaceAll('\u00a0', ' ')));
	}

	/** Runs the node and waits till it is done, well or not. */
	async run(): Promise<void> {
		await this.root.getByTestId('node-execute-button').first().click();
		const items = this.output.getByTestId('ndv-items-count');
		await items.or(this.output.getByTestId('node-error-message')).first().waitFor();
	}

	async showOutput(view: 'table' | 'json' | 'schema'): Promise<void> {
		await this.output.getByTestId(`radio-button-${view}`).click();
		await this.output.locator(outputOf[view]).first().waitFor({ state: 'attached' });
	}
}

/** What is there only in that view of the output. */
const outputOf = {
	table: 'table',
	json: '[data-test-id=ndv-json-actions]',
	schema: '[data-test-id=run-data-schema-item]',
} as const;

/** Scrolls to it, so that the mouse can reach it. */
async function centre(locator: Locator): Promise<{ x: number; y: number }> {
	await locator.scrollIntoViewIfNeeded();
	const box = await locator.boundingBox();
	if (box === null) throw new Error('That element is not on the screen.');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
