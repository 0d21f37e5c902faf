import { cutOffTexts } from '../../support/browser';
import { browserSuite } from '../../support/browserSuite';

const seen = browserSuite();

const contactNodes = [
	'Salesforce Create or Update Contact',
	'WATI Create or Update Contact',
	'Wawp Create or Update Contact',
	'Zoho CRM Create or Update Contact',
];

const found: Array<{ words: string; nodes: string[] }> = [
	{ words: 'whatsapp', nodes: ['WATI', 'WATI Create or Update Contact', 'Wawp Create or Update Contact'] },
	{ words: 'wati', nodes: ['WATI', 'WATI Create or Update Contact'] },
	{ words: 'wawp', nodes: ['Wawp Create or Update Contact'] },
	{ words: 'zoho', nodes: ['Zoho CRM Create or Update Contact'] },
	{ words: 'salesforce', nodes: ['Salesforce Create or Update Contact'] },
	{ words: 'create or update contact', nodes: contactNodes },
	{ words: 'upsert', nodes: contactNodes },
	{ words: 'broadcast', nodes: ['WATI'] },
	{ words: 'chatbot', nodes: ['WATI'] },
];

describe('the list of nodes', () => {
	for (const { words, nodes } of found) {
		seen(`"${words}" finds ${nodes.join(', ')}`, async ({ editor }) => {
			if (!new URL(editor.page.url()).pathname.startsWith('/workflow/')) await editor.openEmpty();
			expect(await editor.search(words)).toEqual(expect.arrayContaining(nodes));
		});
	}
});

describe('a node is added from its details page', () => {
	seen('Create or Update Contact of each vendor, with nothing cut off in its panel', async ({ editor }) => {
		await editor.openEmpty();
		for (const name of contactNodes) {
			const panel = await editor.addNode('create or update contact', name);
			expect(await panel.root.innerText()).toContain('Allow Updating Existing Fields');
			expect(await cutOffTexts(panel.parameters)).toEqual([]);
			await panel.close();
			expect(await editor.node(name).isVisible()).toBe(true);
		}
	});

	seen('WATI, by one of its actions', async ({ editor }) => {
		await editor.openEmpty();
		const panel = await editor.addAction('wati', 'WATI', 'Actions', 'Send text message');
		expect(await panel.selected('resource')).toBe('Message');
		expect(await panel.selected('operation')).toBe('Send Text');
	});

	seen('WATI Trigger, by one of its events', async ({ editor }) => {
		await editor.openEmpty();
		const panel = await editor.addAction('wati', 'WATI', 'Triggers', 'On message received');
		await panel.close();
		expect(await editor.node('WATI Trigger').isVisible()).toBe(true);
	});
});
