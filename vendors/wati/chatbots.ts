import { z } from 'zod';

import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { callForResult, listUnder } from './accepted';
import { API, type PageRequest } from './call';
import { text } from './schemas';

const chatbot = z.object({ id: text, name: text, created: text }).passthrough();
export type WatiChatbot = z.infer<typeof chatbot>;

/** GET /chatbots (Pro plan and above): pages without a total. */
export const chatbotPages: PageRequest<WatiChatbot> = {
	call: { purpose: 'list the chatbots', path: `${API}/chatbots` },
	entries: listUnder(chatbot, 'chatbot_list'),
};

/** POST /chatbots/start: its first message reaches a person, so it is never repeated blindly. */
export async function startChatbot(client: ApiClient, target: string, chatbotId: string): Promise<void> {
	const call: Call = {
		purpose: 'start the chatbot',
		effect: 'message',
		method: 'POST',
		path: `${API}/chatbots/start`,
		json: { target, chatbot_id: chatbotId },
		findOut:
			'Run Message > Get Many for this contact, or look in the Team Inbox, to see whether the chatbot has begun.',
	};
	await callForResult(
		client,
		call,
		'Check that the contact and the chatbot exist, and that the contact wrote within the last 24 hours. Chatbots need the Pro plan.',
	);
}
