import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { toNodeError } from '../../../http/nodeError';
import { listPages } from '../../../vendors/wati/call';
import { channelPages } from '../../../vendors/wati/account';
import { openWatiClient } from '../../shared/wati/connection';

/** The account's channels by number, else by name. WATI knows none by the name of the default, which has no id. */
export async function getChannels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const channels = await listPages(await openWatiClient(this), channelPages);
		return channels.flatMap(({ id, name, channel }) => {
			const value = channel || (id ? name : undefined);
			if (!value) return [];
			return [{ name: name && name !== value ? `${name} (${value})` : value, value }];
		});
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}
