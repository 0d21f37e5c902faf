import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import type { N8nClient } from '../../test/host/n8nClient';
import type { CredentialRef, WorkflowJson } from '../../test/host/workflowBuilder';
import { chain, type NamedNode } from '../../test/support/chain';
import type { Editor } from '../../test/support/editor';
import { importWorkflow } from '../../test/support/importWorkflow';
import { chosenByBuilder } from '../../test/support/readyWorkflow';
import { CHANNEL, type Business, type Sample } from './business';
import { expectWholeTexts, LEAST_HEIGHT, makeRoomFor } from './framing';
import type {
	CanvasPicture,
	CreatorPicture,
	DialogPicture,
	PanelPicture,
	Parts,
	Picture,
	PictureNode,
} from './picture';
import { withFewColours } from './png';

const PACKAGE = 'n8n-nodes-whatsapp-crm';
const IMAGES = join(__dirname, '../images');

/** CSS pixels that a picture shows across, unless it says otherwise, and the pixels of its file. */
const WIDTH = 1280;
const PIXELS = 2 * WIDTH;
/** n8n leaves so much free on each side of a panel. */
const PANEL_MARGIN = 25;
const DIALOG_MARGIN = 40;
const CANVAS_HEIGHT = 720;
/** Around the nodes of a canvas; their names stand below them. */
const CANVAS_AIR = { before: 50, after: 130, above: 40, below: 85 };

/** Room for parameters first: labels and values stand on one line. */
const PARTS: Parts = { left: 24, main: 39, right: 37 };

/** Nothing that belongs to the moment, to this machine, or to n8n around the thing that is shown. */
const GONE = ['#header', '#sidebar', '.el-notification', 'floating-nodes', 'node-feature-request', 'logs-panel'];
/** These are still clicked. */
const UNSEEN = ['canvas-controls', 'canvas-minimap', 'node-creator-plus-button'];
const BESIDE_CANVAS = [
	'command-bar-button',
	'add-sticky-button',
	'toggle-focus-panel-button',
	'instance-ai-canvas-action-button',
];

const selectors = (names: string[]): string =>
	names.map((name) => (/^[#.[]/.test(name) ? name : `[data-test-id="${name}"]`)).join(', ');
const TIDY = `
	* { caret-color: transparent !important; transition: none !important; animation: none !important; }
	${selectors(GONE)} { display: none !important; }
	/* A dialog as high as the picture, so that nothing of it has to be scrolled to, on a quiet background. */
	[data-test-id=editCredential-modal] { height: calc(100vh - ${2 * DIALOG_MARGIN}px) !important; max-height: none !important; }
	[data-test-id=editCredential-modal] { box-shadow: none !important; }
	/* Where n8n's font for code is not there, its list of fonts ends in a serif one. */
	[data-test-id=copy-input] * { font-family: monospace !important; }
	.el-overlay { background: rgb(245, 245, 245) !important; }
	[data-test-id=ndv-backdrop] { background: white !important; }
	[data-test-id^=execute-workflow-button], :has(> [data-test-id=execute-workflow-button]),
	:has(> [data-test-id=execute-workflow-button]) ~ *,
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

/** Takes one picture and gives the path of its file. @throws when a text in it is cut off. */
export async function take(studio: Studio, picture: Picture): Promise<string> {
	const { page } = studio.editor;
	const clip = await show(studio, picture);
	await page.mouse.move(1, 1);
	// Lists slide in, and n8n's messages of what went well go by themselves.
	await page.waitForTimeout(1000);
	const path = join(IMAGES, `${picture.file}.png`);
	await writeFile(path, withFewColours(await shoot(page, clip)));
	return path;
}

/** With so many pixels for a CSS pixel that every picture comes out equally wide; Playwright's own way knows no fractions. */
async function shoot(page: Page, clip: Clip): Promise<Buffer> {
	const devtools = await page.context().newCDPSession(page);
	const { data } = await devtools.send('Page.captureScreenshot', {
		format: 'png',
		clip: { ...clip, scale: PIXELS / clip.width },
	});
	return Buffer.from(data, 'base64');
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
async function tidyPages(page: Page, parts: Parts = PARTS): Promise<void> {
	const widths = JSON.stringify(JSON.stringify(parts));
	const content = `
		for (const kind of ['REGULAR', 'WIDE']) localStorage.setItem('N8N_NDV_PANEL_WIDTH_' + kind, ${widths});
		const tidy = new CSSStyleSheet();
		tidy.replaceSync(${JSON.stringify(TIDY)});
		document.adoptedStyleSheets = [tidy];
	`;
	await page.addInitScript({ content });
}

async function showPanel(studio: Studio, picture: PanelPicture): Promise<Clip> {
	const { editor } = studio;
	const { node, sample, output = 'json', crop, height = LEAST_HEIGHT, parts = PARTS } = picture;
	const shown = picture.across ?? WIDTH;
	const width = crop === 'output' ? Math.round((shown * 100) / parts.right) : shown;
	await prepare(studio, { width: width + 2 * PANEL_MARGIN, height: height + 2 * PANEL_MARGIN }, parts);
	await editor.openNew(await inRow(studio, [...(sample === undefined ? [] : before(studio, sample)), node]));
	const panel = await editor.openNode(node.name);
	if (picture.fails === true) {
		await panel.executeInVain();
	} else if (picture.run === true) {
		await panel.run();
		await panel.showOutput(output);
	} else if (sample !== undefined) {
		await panel.fetchInput();
	}
	const whole = crop === 'output' ? panel.output : panel.root;
	await makeRoomFor(editor.page, whole);
	await expectWholeTexts(whole);
	if (picture.openModes !== undefined) await panel.openModes(picture.openModes);
	return await boxOf(whole, shown);
}

async function showDialog(studio: Studio, picture: DialogPicture): Promise<Clip> {
	const { editor, business } = studio;
	const { node, refused, choices = {}, values } = picture;
	await prepare(studio, { width: WIDTH, height: LEAST_HEIGHT });
	await editor.openNew(await inRow(studio, [node]));
	const dialog = await (await editor.openNode(node.name)).newConnection();
	if (refused !== undefined) {
		await dialog.fill({ apiEndpoint: business.watiEndpoint, ...refused });
		await dialog.saveInVain();
	}
	for (const [name, choice] of Object.entries(choices)) await dialog.choose(name, choice);
	await dialog.fill(values);
	await editor.page.evaluate("document.querySelector('input:focus')?.blur()");
	await editor.page.getByTestId('ndv').evaluate((panel) => panel.setAttribute('style', 'visibility: hidden'));
	const height = await makeRoomFor(editor.page, dialog.root);
	await expectWholeTexts(dialog.root);
	return { x: 0, y: 0, width: WIDTH, height };
}

async function showCanvas(studio: Studio, picture: CanvasPicture): Promise<Clip> {
	const { editor, host, business } = studio;
	const { workflow } = picture;
	await prepare(studio, { width: WIDTH, height: CANVAS_HEIGHT });
	if (typeof workflow === 'string') {
		const chosen = await chosenByBuilder(host, workflow, { credentials: credentialsOf(business), channel: CHANNEL });
		const { id } = await importWorkflow(host, workflow, { ...chosen, publish: false });
		await editor.openWorkflow(id);
	} else {
		const nodes = [...before(studio, workflow.sample), ...workflow.nodes];
		await editor.openNew(await inRow(studio, nodes));
		await editor.page.getByTestId('execute-workflow-button').click();
		await editor.page
			.getByTestId('canvas-node-status-success')
			.nth(nodes.length - 1)
			.waitFor();
	}
	await editor.page.getByTestId('zoom-to-fit').click();
	await editor.page.waitForTimeout(1000);
	await expectWholeTexts(editor.page.locator('.vue-flow__nodes'));
	return await around(editor.page.locator('.vue-flow__node'));
}

/** All nodes and notes of a canvas, with the names under them and some air. */
async function around(nodes: Locator): Promise<Clip> {
	const boxes = await Promise.all((await nodes.all()).map((node) => boxOf(node)));
	const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - CANVAS_AIR.before);
	const right = Math.min(WIDTH, Math.max(...boxes.map(({ x, width }) => x + width)) + CANVAS_AIR.after);
	const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - CANVAS_AIR.above);
	const bottom = Math.min(CANVAS_HEIGHT, Math.max(...boxes.map(({ y, height }) => y + height)) + CANVAS_AIR.below);
	return { x: left, y: top, width: right - left, height: bottom - top };
}

async function showCreator({ editor, ...studio }: Studio, picture: CreatorPicture): Promise<Clip> {
	await prepare({ editor, ...studio }, { width: WIDTH, height: picture.height });
	await editor.openEmpty();
	await editor.search(picture.words);
	const { y } = await boxOf(editor.page.getByTestId('node-creator'));
	return { x: 0, y, width: WIDTH, height: picture.height - y };
}

async function prepare({ editor }: Studio, size: { width: number; height: number }, parts?: Parts): Promise<void> {
	await editor.page.setViewportSize(size);
	await tidyPages(editor.page, parts);
}

/** What comes before the node of a picture: something to start by, and the sample items. */
function before({ business }: Studio, sample: Sample): PictureNode[] {
	const name = sample === 'orders' ? 'New Orders' : 'Ended Conversations';
	return [
		{ name: 'Every Morning', type: 'n8n-nodes-base.scheduleTrigger', typeVersion: 1.3, parameters: {} },
		{
			name,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: business.urlOf(sample), options: {} },
			// In place of the address, which is of this machine.
			settings: { notes: 'from the shop', notesInFlow: true },
		},
	];
}

const credentialsOf = ({ connections }: Business): Record<string, CredentialRef> =>
	Object.fromEntries(Object.values(connections).map(({ type, ref }) => [type, ref]));

/** Where something is, in whole pixels; as wide as all pictures, where a width is given. */
async function boxOf(locator: Locator, width?: number): Promise<Clip> {
	const box = await locator.boundingBox();
	if (box === null) throw new Error('What the picture is to show is not on the screen.');
	const spare = width === undefined ? 0 : (box.width - width) / 2;
	return {
		x: Math.round(box.x + spare),
		y: Math.round(box.y),
		width: width ?? Math.round(box.width),
		height: Math.round(box.height),
	};
}

/** Nodes in a row, with live fields and connections as a builder would have them. */
async function inRow(studio: Studio, nodes: PictureNode[]): Promise<WorkflowJson> {
	return chain('Coffee Roastery', await Promise.all(nodes.map((node) => named(studio, node))));
}

async function named(studio: Studio, node: PictureNode): Promise<NamedNode> {
	const { name, vendor, mapped, parameters = {}, typeVersion, settings } = node;
	const type = node.type.includes('.') ? node.type : `${PACKAGE}.${node.type}`;
	if (vendor === undefined) return { name, type, typeVersion, parameters, settings };
	const connection = studio.business.connections[vendor];
	const credentials = { [connection.type]: connection.ref };
	if (mapped === undefined) return { name, type, parameters, credentials };
	const query = { nodeType: type, parameter: mapped.parameter, method: mapped.method, parameters, credentials };
	const { fields } = await studio.host.lists.mapperFields(query);
	return { name, type, parameters: { ...parameters, [mapped.parameter]: stored(fields, mapped.values) }, credentials };
}

/** A resource mapper as the editor stores it. */
function stored(fields: Array<{ id: string }>, values: Record<string, string>): Record<string, unknown> {
	return {
		mappingMode: 'defineBelow',
		value: Object.fromEntries(fields.map(({ id }) => [id, values[id] ?? null])),
		matchingColumns: [],
		schema: fields.map((field) => ({ ...field, removed: values[field.id] === undefined })),
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	};
}
