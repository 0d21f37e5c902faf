import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { browserSuite } from '../../support/browserSuite';
import { importWorkflow } from '../../support/importWorkflow';
import { chosenByBuilder } from '../../support/readyWorkflow';

const files = readdirSync(join(__dirname, '../../../workflows')).filter((file) => file.endsWith('.json'));
const seen = browserSuite();

describe('a ready workflow opens without a problem marker once connections and channel are chosen', () => {
	for (const file of files) {
		seen(file, async ({ editor, host }) => {
			const chosen = await chosenByBuilder(host, file, { channel: '15550001111' });
			const { id, json } = await importWorkflow(host, file, { ...chosen, publish: false });
			await editor.openWorkflow(id);
			const nodes = json.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
			for (const { name } of nodes) await editor.node(name).waitFor({ state: 'attached' });
			expect(await editor.markedNodes()).toEqual([]);
			await host.deleteWorkflow({ id });
		});
	}
});
