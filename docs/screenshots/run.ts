import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { N8nHost } from '../../test/host/n8nHost';
import { Editor } from '../../test/support/editor';
import { openBusiness } from './business';
import { take } from './camera';
import type { CanvasPicture, Picture } from './picture';
import { PICTURES } from './pictures';

const WORKFLOWS = join(__dirname, '../../workflows');

/** What addresses in the pictures say: n8n's own would name a port of the moment. */
const PUBLIC_URL = 'https://n8n.coffee-roastery.example';

/** Names on the command line take only these pictures; without names all are taken anew. */
async function main(wanted: string[]): Promise<void> {
	const all = [...PICTURES, ...workflowPictures()];
	const unknown = wanted.filter((name) => all.every(({ file }) => file !== name));
	if (unknown.length > 0) throw new Error(`No such picture: ${unknown.join(', ')}`);
	const pictures = wanted.length === 0 ? all : all.filter(({ file }) => wanted.includes(file));

	const env = { N8N_EDITOR_BASE_URL: PUBLIC_URL, WEBHOOK_URL: PUBLIC_URL };
	const host = await N8nHost.start({ env, onProgress: (line) => console.log(line) });
	try {
		await photograph(host, pictures);
	} finally {
		await host.dispose();
	}
}

async function photograph(host: N8nHost, pictures: Picture[]): Promise<void> {
	mkdirSync(join(__dirname, '../images'), { recursive: true });
	for (const picture of pictures) {
		// Vendors as they were: a picture must not show what an earlier one has written.
		const business = await openBusiness(host);
		const editor = await Editor.open(host);
		try {
			const path = await take({ host, editor, business }, picture);
			console.log(`${picture.file}.png, ${Math.round(statSync(path).size / 1000)} kB`);
		} catch (error) {
			console.error(`${picture.file}: see ${await editor.keepPicture(picture.file)}`);
			throw error;
		} finally {
			await editor.close();
			await business.stop();
		}
	}
}

/** One picture for each ready workflow, so that a new one can't be forgotten. */
function workflowPictures(): CanvasPicture[] {
	return readdirSync(WORKFLOWS)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => ({ file: `workflow-${file.replace('.json', '')}`, kind: 'canvas', workflow: file }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
