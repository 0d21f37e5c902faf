import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../../http/nodeError';
import { onePage, type PageRequest } from '../../../vendors/wati/call';
import { LIMITS } from '../../../vendors/wati/limits';
import { openWatiClient } from '../../shared/wati/connection';

/** Pages that are looked through for one filter text before the builder is shown what was found so far. */
const PAGES_PER_SEARCH = 5;

/**
 * A page of a drop-down list from the live account.
 * WATI's lists can't be searched, so the filter is compared here and further pages are read while nothing matches it.
 * @param toEntry an entry as the builder sees it; `undefined` leaves it out.
 */
export async function searchPages<Item>(
	context: ILoadOptionsFunctions,
	request: PageRequest<Item>,
	toEntry: (item: Item) => INodeListSearchItems | undefined,
	search: { filter?: string; paginationToken?: string },
): Promise<INodeListSearchResult> {
	try {
		const client = await openWatiClient(context);
		const wanted = (search.filter ?? '').trim().toLowerCase();
		const first = Math.max(1, Number(search.paginationToken) || 1);
		for (let page = first; ; page++) {
			const items = await onePage(client, request, page, LIMITS.pageSize);
			const results = items
				.map(toEntry)
				.filter((entry): entry is INodeListSearchItems => entry !== undefined)
				.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted));
			const isLast = items.length < LIMITS.pageSize;
			if (isLast) return { results };
			if (results.length > 0 || page - first + 1 >= PAGES_PER_SEARCH)
				return { results, paginationToken: String(page + 1) };
		}
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}
