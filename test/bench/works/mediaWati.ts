import { WatiSimulator } from '../../simulators/wati/watiSimulator';
import { single } from '../graph';
import { httpNode } from '../httpNodes';
import type { Work } from '../types';

const node = 'n8n-nodes-whatsapp-crm.wati';

/** Bytes: the largest document that WhatsApp carries. */
const SIZE = 100_000_000;

/** Downloads one file into n8n's own store. `contacts` counts the files. */
export const mediaWati: Work = {
	work: 'media',
	vendor: 'wati',
	node,
	async open(host) {
		const wati = await new WatiSimulator().start();
		const credential = await host.createCredential('watiConnectionApi', 'Bench WATI media', {
			apiEndpoint: wati.origin,
			accessToken: wati.token,
		});
		const auth = await host.createCredential('httpHeaderAuth', 'Bench WATI media header', {
			name: 'Authorization',
			value: `Bearer ${wati.token}`,
		});
		let messageIds: string[] = [];
		return {
			ours: async () => ({
				by: 'WATI: Message > Get Media File',
				graph: single('Get file', {
					type: node,
					parameters: {
						resource: 'message',
						operation: 'getMedia',
						messageId: '={{ $json.messageId }}',
						binaryPropertyName: 'data',
						options: { maxSize: 200 },
					},
					credentials: { watiConnectionApi: credential },
				}),
			}),
			builtIn: [
				{
					by: 'HTTP Request with a file as response',
					graph: single(
						'Get file',
						httpNode({
							method: 'GET',
							url: `=${wati.origin}/api/ext/v3/conversations/messages/file/{{ $json.messageId }}`,
							auth,
							file: true,
						}),
					),
				},
			],
			prepare({ contacts }, latencyMs) {
				wati.reset();
				const conversation = wati.account.addConversation(wati.account.addContact({ phone: '12122000000' }));
				messageIds = Array.from({ length: contacts }, (_, index) => {
					const media = { fileName: `video-${index}.mp4`, mimeType: 'video/mp4', size: SIZE };
					return wati.account.addMessage(conversation, { type: 'video', media }).id;
				});
				wati.latencyMs = latencyMs;
			},
			items: () => messageIds.map((messageId) => ({ messageId })),
			requests: () => wati.log,
			check({ contacts }) {
				const served = wati.log.filter(({ status }) => status === 200).length;
				if (served !== contacts) throw new Error(`${contacts} files should have been read; there were ${served}.`);
			},
			limit: ({ contacts }) => ({ steps: [contacts], concurrency: 1 }),
			close: () => wati.stop(),
		};
	},
};
