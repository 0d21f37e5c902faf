import { channelText } from '../../../vendors/wati/target';
import type { ItemParameters } from '../../shared/itemParameters';

/** Channel name, or number as digits; `undefined` stands for the account's default, which WATI wants left out. */
export function readChannel(item: ItemParameters): string | undefined {
	const channel = item.optionText('channel');
	return channel === undefined ? undefined : channelText(channel);
}
