import type { N8nClient } from '../host/n8nClient';
import { sharedHost } from '../host/shared';
import type { Look } from './browser';
import { Editor } from './editor';

export interface Builder {
	editor: Editor;
	host: N8nClient;
}

/**
 * One browser for all tests of a file. Gives `test` with the editor at hand; when a test fails, a picture of what the
 * builder saw is kept, and its path is printed.
 */
export function browserSuite(look?: Partial<Look>): (name: string, work: (builder: Builder) => Promise<void>) => void {
	let builder: Builder | undefined;

	jest.setTimeout(300_000);

	beforeAll(async () => {
		const host = await sharedHost();
		builder = { host, editor: await Editor.open(host, look) };
	});

	afterAll(async () => await builder?.editor.close());

	return (name, work) =>
		test(name, async () => {
			if (builder === undefined) throw new Error('The browser did not start.');
			try {
				await work(builder);
			} catch (error) {
				process.stderr.write(`What the editor showed: ${await builder.editor.keepPicture(name)}\n`);
				throw error;
			}
		});
}
