import { z } from 'zod';

import { scopes } from './access';
import { chatbotContactAt } from './targets';
import { pageOf, pageQuery, parse, requiredText } from './validation';
import type { Route } from './world';

const startBody = z.object({ target: requiredText, chatbot_id: requiredText }).strict();

export const chatbotRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/ext/v3/chatbots',
		scopes: scopes.assumed.readChatbots,
		body: 'none',
		handle: ({ world, query }) => {
			const page = parse(pageQuery, query);
			const list = pageOf(world.account.chatbots.values(), page);
			return {
				chatbot_list: list.map(({ id, name, created }) => ({ id, name, created: created.toISOString() })),
				...page,
			};
		},
	},
	{
		method: 'POST',
		path: '/api/ext/v3/chatbots/start',
		scopes: scopes.startChatbot,
		body: 'json',
		handle: ({ world, body }) => {
			const { target, chatbot_id } = parse(startBody, body);
			const contact = chatbotContactAt(world, target);
			if (!world.account.chatbots.has(chatbot_id)) return { result: false };
			world.account.chatbotStarts.push({ contactId: contact.id, chatbotId: chatbot_id, at: world.account.now() });
			return { result: true };
		},
	},
];
