import type { WatiResource } from '../../shared/session';
import { estimateCost } from './estimateCost';
import { get } from './get';
import { getMany } from './getMany';
import { getOverview } from './getOverview';
import { getRecipients } from './getRecipients';

export const campaign: WatiResource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [estimateCost, get, getMany, getOverview, getRecipients],
	defaultOperation: getMany,
};
