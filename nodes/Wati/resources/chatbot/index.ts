import type { WatiResource } from '../../shared/session';
import { getMany } from './getMany';
import { start } from './start';

export const chatbot: WatiResource = {
	value: 'chatbot',
	name: 'Chatbot',
	operations: [getMany, start],
	defaultOperation: start,
};
