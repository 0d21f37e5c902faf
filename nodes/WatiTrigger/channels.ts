import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { ApiClient } from '../../http/client';
import { toNodeError } from '../../http/nodeError';
import { channelPages } from '../../vendors/wati/account';
import { listPages } from '../../vendors/wati/call';
import { openWatiClient } from '../shared/wati/connection';
import { digitsOf } from './settings';

/** The account's channels that have a number. Of several, WATI leaves out the default one: it has to be typed. */
export async function searchChannels(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	try {
		const channels = await listPages(await openWatiClient(this), channelPages);
		const results = channels.flatMap(({ name, channel }) =>
			channel ? [{ name: name && name !== channel ? `${name} (${channel})` : channel, value: channel }] : [],
		);
		return { results: results.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}

/**
 * The number of an account that has no other, or nothing. Such an account lists its one channel without an id; where there are
 * several, WATI lists all but the default one (apis/wati.md, section 7), so that one with an id is never the only one.
 */
export async function onlyChannel(client: ApiClient): Promise<string[]> {
	const [channel, another] = await listPages(client, channelPages);
	return channel?.channel && !channel.id && !another ? [digitsOf(channel.channel)] : [];
}
