import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { chatbotPages } from '../../../vendors/wati/chatbots';
import { searchPages } from './searchPages';

/** The account's chatbots for a "From List" picker. */
export async function searchChatbots(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(
		this,
		chatbotPages,
		({ id, name }) => (id ? { name: name?.trim() ? name : id, value: id } : undefined),
		{ filter, paginationToken },
	);
}
