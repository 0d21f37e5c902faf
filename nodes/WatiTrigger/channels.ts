import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../http/nodeError';
import { channelPages } from '../../vendors/wati/account';
import { listPages } from '../../vendors/wati/call';
import { openConnection } from './connection';

/** The account's channels that have a number. Of several, WATI leaves out the default one: it has to be typed. */
export async function searchChannels(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	try {
		const { client } = await openConnection(this);
		const channels = await listPages(client, channelPages);
		const results = channels.flatMap(({ name, channel }) =>
			channel ? [{ name: name && name !== channel ? `${name} (${channel})` : channel, value: channel }] : [],
		);
		return { results: results.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}
