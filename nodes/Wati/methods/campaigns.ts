import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { campaignPages } from '../../../vendors/wati/campaigns';
import { searchPages } from './searchPages';

/** The account's campaigns for a "From List" picker; the day tells campaigns of one name apart. */
export async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(
		this,
		campaignPages(),
		({ id, name, created }) =>
			id ? { name: `${name?.trim() ? name : id}${created ? ` (${created.slice(0, 10)})` : ''}`, value: id } : undefined,
		{ filter, paginationToken },
	);
}
