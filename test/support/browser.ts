import { spawnSync } from 'node:child_process';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { z } from 'zod';

import type { N8nClient } from '../host/n8nClient';

/** How the editor is to look. Sizes in CSS pixels. */
export interface Look {
	width: number;
	height: number;
	/** Device pixels for one CSS pixel. */
	scale: number;
	theme: 'light' | 'dark';
}

export const defaultLook: Look = { width: 1280, height: 900, scale: 1, theme: 'light' };

/** A Chromium with one page, logged in to an n8n as its owner. */
export interface Browsing {
	page: Page;
	close(): Promise<void>;
}

/** Names under which distributions install it, the preferred one first. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Headless, as root in a container, and without calls to the browser's own servers. */
const ARGUMENTS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-dev-shm-usage',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--hide-scrollbars',
	'--font-render-hinting=none',
];

/** For anything that appears after a click, on a machine that is busy. */
export const stepTimeoutMs = 45_000;
/** For the first page, which loads the whole editor. */
export const pageTimeoutMs = 120_000;

/** The Chromium of this machine, or undefined where none is installed. */
export function findChromium(): string | undefined {
	for (const program of PROGRAMS) {
		const found = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
		if (found !== '') return found;
	}
	return undefined;
}

/** Starts Chromium and logs in by n8n's own API: quicker than its form, and all pages of the context have the cookie. */
export async function openBrowser(host: N8nClient, look: Partial<Look> = {}): Promise<Browsing> {
	const { width, height, scale, theme } = { ...defaultLook, ...look };
	const executablePath = findChromium();
	if (executablePath === undefined) throw new Error('No Chromium on this machine (Debian: apt-get install chromium).');
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath, args: ARGUMENTS, timeout: pageTimeoutMs });
	try {
		return {
			page: await loggedIn(browser, host, { width, height, scale, theme }),
			close: async () => await browser.close(),
		};
	} catch (error) {
		await browser.close();
		throw error;
	}
}

async function loggedIn(browser: Browser, host: N8nClient, look: Look): Promise<Page> {
	const context = await browser.newContext({
		baseURL: host.baseUrl,
		viewport: { width: look.width, height: look.height },
		deviceScaleFactor: look.scale,
		colorScheme: look.theme,
		locale: 'en-US',
		timezoneId: 'UTC',
		reducedMotion: 'reduce',
	});
	context.setDefaultTimeout(stepTimeoutMs);
	context.setDefaultNavigationTimeout(pageTimeoutMs);
	const { email, password } = host.connection.owner;
	const answer = await context.request.post('/rest/login', { data: { emailOrLdapLoginId: email, password } });
	if (!answer.ok()) throw new Error(`n8n refused the login: ${answer.status()} ${await answer.text()}`);
	return await context.newPage();
}

/** Labels and values that a builder can't read to their end without widening something. */
export async function cutOffTexts(shown: Locator): Promise<string[]> {
	const texts = await shown.evaluate((root) =>
		[...root.querySelectorAll('*')]
			.filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
			.filter(
				(part) =>
					part.matches('input:not([type=color])') ||
					part.computedStyleMap().get('text-overflow').toString() === 'ellipsis',
			)
			.map((part) => part.value ?? part.innerText),
	);
	return z.array(z.string()).parse(texts);
}
