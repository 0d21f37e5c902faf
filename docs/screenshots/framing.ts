import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

import { cutOffTexts } from '../../test/support/browser';

/** CSS pixels; a panel or dialog grows from here until all of it is seen. */
export const LEAST_HEIGHT = 480;

/** Makes the window as high as what it shows, so that nothing of it has to be scrolled to, and gives that height. */
export async function makeRoomFor(page: Page, shown: Locator): Promise<number> {
	for (let attempt = 0; attempt < 5; attempt++) {
		const { width, height } = windowOf(page);
		const hidden = await hiddenBelow(shown);
		if (hidden === 0) return height;
		await page.setViewportSize({ width, height: height + hidden });
		await page.waitForTimeout(500);
	}
	throw new Error('What the picture is to show does not fit on the screen, however high.');
}

/** CSS pixels that the tallest scrolled part of an element hides. Code editors scroll by a fraction always. */
async function hiddenBelow(shown: Locator): Promise<number> {
	const pixels = await shown.evaluate((root) =>
		[root, ...root.querySelectorAll('*')]
			.filter((part) => /auto|scroll/.test(part.computedStyleMap().get('overflow-y').toString()))
			.filter((part) => part.closest('.cm-editor') === null)
			.map((part) => part.scrollHeight - part.clientHeight),
	);
	return Math.max(0, ...z.array(z.number()).parse(pixels));
}

/** A label or value that ends in "..." would be the same for builders: then the label is too long, not the picture too narrow. */
export async function expectWholeTexts(shown: Locator): Promise<void> {
	const cut = await cutOffTexts(shown);
	if (cut.length > 0) throw new Error(`Cut off in the editor: ${cut.join(' | ')}`);
}

function windowOf(page: Page): { width: number; height: number } {
	const size = page.viewportSize();
	if (size === null) throw new Error('The browser has no window of a fixed size.');
	return size;
}
