import type { WatiResource } from '../../shared/session';
import { sendText } from './sendText';

export const message: WatiResource = {
	value: 'message',
	name: 'Message',
	operations: [sendText],
};
