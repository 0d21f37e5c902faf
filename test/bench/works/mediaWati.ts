import type { CredentialRef } from '../../host/workflowBuilder';
import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { watiConnections } from '../credentials';
import { single } from '../graph';
import { httpNode } from '../httpNodes';
import type { Contender, Scenario, Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.wati';

/** Bytes: the largest document that WhatsApp carries. */
const SIZE = 100_000_000;

const GET_MEDIA = {
	resource: 'message',
	operation: 'getMedia',
	messageId: '={{ $json.messageId }}',
	binaryPropertyName: 'data',
	options: { maxSize: 200 },
};

/** Downloads one file into n8n's own store. `contacts` counts the files. */
export const mediaWati: Work = {
	work: 'media',
	vendor: 'wati',
	node,
	async open(host) {
		const wati = await new WatiSimulator().start();
		const { credentials, auth } = await watiConnections(host, wati, 'WATI media');
		let messageIds: string[] = [];
		return {
			ours: async () => ({
				by: 'WATI: Message > Get Media File',
				graph: single('Get file', { type: node, parameters: GET_MEDIA, credentials }),
			}),
			builtIn: [download(wati.origin, auth)],
			prepare({ contacts }, latencyMs) {
				wati.reset();
				messageIds = addVideos(wati, contacts);
				wati.latencyMs = latencyMs;
			},
			items: () => messageIds.map((messageId) => ({ messageId })),
			requests: () => wati.log,
			check: (scenario) => checkServed(scenario, wati),
			limit: ({ contacts }) => ({ steps: [contacts], concurrency: 1 }),
			close: () => wati.stop(),
		};
	},
};

function download(origin: string, auth: CredentialRef): Contender {
	const url = `=${origin}/api/ext/v3/conversations/messages/file/{{ $json.messageId }}`;
	return {
		by: 'HTTP Request with a file as response',
		graph: single('Get file', httpNode({ method: 'GET', url, auth, file: true })),
	};
}

/** Gives the ids of the messages that hold them. */
function addVideos(wati: WatiSimulator, count: number): string[] {
	const conversation = wati.account.addConversation(wati.account.addContact({ phone: '12122000000' }));
	return Array.from({ length: count }, (_, index) => {
		const media = { fileName: `video-${index}.mp4`, mimeType: 'video/mp4', size: SIZE };
		return wati.account.addMessage(conversation, { type: 'video', media }).id;
	});
}

function checkServed({ contacts }: Scenario, wati: WatiSimulator): void {
	const served = wati.log.filter(({ status }) => status === 200).length;
	if (served !== contacts) throw new Error(`${contacts} files should have been read; there were ${served}.`);
}
