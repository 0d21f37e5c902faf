import type { WatiResource } from '../../shared/session';
import { getMany } from './getMany';
import { getMedia } from './getMedia';
import { sendFile } from './sendFile';
import { sendFileViaUrl } from './sendFileViaUrl';
import { sendInteractiveButtons } from './sendInteractiveButtons';
import { sendInteractiveList } from './sendInteractiveList';
import { sendText } from './sendText';
import { sendTypingIndicator } from './sendTypingIndicator';

export const message: WatiResource = {
	value: 'message',
	name: 'Message',
	operations: [
		getMany,
		getMedia,
		sendFile,
		sendFileViaUrl,
		sendInteractiveButtons,
		sendInteractiveList,
		sendText,
		sendTypingIndicator,
	],
	defaultOperation: sendText,
};
