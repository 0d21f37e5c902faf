import { z } from 'zod';

import { browserSuite } from '../../support/browserSuite';
import { chain } from '../../support/chain';

const prefix = 'n8n-nodes-whatsapp-crm.';
const drawn = z.array(z.object({ node: z.string(), file: z.string(), width: z.number() }));

for (const theme of ['light', 'dark'] as const) {
	describe(`in the ${theme} theme`, () => {
		const seen = browserSuite({ theme });

		seen('every node has its icon on the canvas', async ({ editor, host }) => {
			const types = (await host.nodeTypes(prefix)).filter(({ name }) => !name.endsWith('Tool'));
			await editor.openNew(
				chain(
					`Icons ${theme}`,
					types.map(({ name, displayName }) => ({ name: displayName, type: name })),
				),
			);
			const icons = editor.page.getByTestId('canvas-node').locator('img');
			await icons.nth(types.length - 1).waitFor();
			await editor.page.waitForFunction('[...document.images].every((image) => image.complete)');
			const found = await icons.evaluateAll((images) =>
				images.map((image) => ({
					node: image.closest('[data-node-name]')?.getAttribute('data-node-name'),
					file: image.getAttribute('src')?.split('/').pop(),
					width: Reflect.get(image, 'naturalWidth'),
				})),
			);
			const icon = theme === 'light' ? /^[A-Za-z]+\.svg$/ : /^[A-Za-z]+\.dark\.svg$/;
			expect(
				drawn
					.parse(found)
					.map(({ node }) => node)
					.sort(),
			).toEqual(types.map(({ displayName }) => displayName).sort());
			for (const { file, width } of drawn.parse(found)) {
				expect(file).toMatch(icon);
				expect(width).toBeGreaterThan(0);
			}
		});
	});
}
