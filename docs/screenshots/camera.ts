import { join } from 'node:path';
import type { Page } from 'playwright-core';

import type { N8nClient } from '../../test/host/n8nClient';
import type { CredentialRef, WorkflowJson } from '../../test/host/workflowBuilder';
import { chain, type NamedNode } from '../../test/support/chain';
import type { Editor } from '../../test/support/editor';
import { importWorkflow } from '../../test/support/importWorkflow';
import { NodePanel } from '../../test/support/nodePanel';
import { CHANNEL, ORDERS, type Business } from './business';
import type { CanvasPicture, CreatorPicture, DialogPicture, PanelPicture, Parts, Picture, PictureNode } from './pictures';

const PACKAGE = 'n8n-nodes-whatsapp-crm';
const IMAGES = join(__dirname, '../images');

/** CSS pixels of every picture. */
const WIDTH = 1280;
/** n8n leaves so much free on each side of a panel. */
const PANEL_MARGIN = 25;
const DIALOG_MARGIN = 40;

/** Room for parameters first: labels and values stand on one line. */
const PARTS: Parts = { left: 25, main: 42, right: 33 };

/** Nothing that belongs to the moment, to this machine, or to n8n around the thing that is shown. */
const GONE = ['#header', '#sidebar', '.el-notification', '[role=tooltip]', 'floating-nodes', 'node-feature-request', 'logs-panel'];
/** These are still clicked. */
const UNSEEN = ['canvas-controls', 'canvas-minimap', 'execute-workflow-button', 'node-creator-plus-button'];
const BESIDE_CANVAS = ['command-bar-button', 'add-sticky-button', 'toggle-focus-panel-button', 'instance-ai-canvas-action-button'];

const selectors = (names: string[]): string =>
	names.map((name) => (/^[#.[]/.test(name) ? name : `[data-test-id="${name}"]`)).join(', ');
const TIDY = `
	${selectors(GONE)} { display: none !important; }
	${selectors([...UNSEEN, ...BESIDE_CANVAS])} { opacity: 0 !important; }
`;

export interface Studio {
	host: N8nClient;
	editor: Editor;
	business: Business;
}

interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Takes one picture and gives the path of its file. */
export async function take(studio: Studio, picture: Picture): Promise<string> {
	const { page } = studio.editor;
	const clip = await show(studio, picture);
	await page.mouse.move(1, 1);
	// Lists slide in, and n8n's messages of what went well go by themselves.
	await page.waitForTimeout(1000);
	const path = join(IMAGES, `${picture.file}.png`);
	await page.screenshot({ path, clip, animations: 'disabled', caret: 'hide' });
	return path;
}

function show(studio: Studio, picture: Picture): Promise<Clip> {
	switch (picture.kind) {
		case 'panel':
			return showPanel(studio, picture);
		case 'dialog':
			return showDialog(studio, picture);
		case 'canvas':
			return showCanvas(studio, picture);
		case 'creator':
			return showCreator(studio, picture);
	}
}

/** Makes every page tidy as soon as it is loaded, and panels as wide as they are to be. */
async function tidyPages(page: Page, parts: Parts): Promise<void> {
	await page.addInitScript(
		({ css, widths }) => {
			for (const kind of ['REGULAR', 'WIDE']) localStorage.setItem(`N8N_NDV_PANEL_WIDTH_${kind}`, widths);
			const tidy = new CSSStyleSheet();
			tidy.replaceSync(css);
			document.adoptedStyleSheets.push(tidy);
		},
		{ css: TIDY, widths: JSON.stringify(parts) },
	);
}

async function showPanel(studio: Studio, picture: PanelPicture): Promise<Clip> {
	const { editor } = studio;
	const { page } = editor;
	const { node, items, output = 'json', parts = PARTS } = picture;
	await page.setViewportSize({ width: WIDTH + 2 * PANEL_MARGIN, height: picture.height + 2 * PANEL_MARGIN });
	await tidyPages(page, parts);
	await editor.openNew(await workflowOf(studio, [...(items === undefined ? [] : before(items)), node]));
	const panel = await editor.openNode(node.name);
	if (items !== undefined) await panel.fetchInput();
	if (picture.run === true) {
		await panel.run();
		await panel.showOutput(output);
	}
	if (picture.openModes !== undefined) await panel.openModes(picture.openModes);
	return await boxOf(panel.root);
}
