import type { WatiResource } from '../../shared/session';
import { getChannels } from './getChannels';
import { getCredits } from './getCredits';

export const account: WatiResource = {
	value: 'account',
	name: 'Account',
	operations: [getChannels, getCredits],
	defaultOperation: getCredits,
};
