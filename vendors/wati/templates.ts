import type { Call } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { path } from '../../http/path';
import { callAccepted, listUnder } from './accepted';
import { API, listPages, pagesOf, type PageRequest } from './call';
import { refusedInSuccess } from './explain';
import { LIMITS } from './limits';
import { templateSchema, type WatiTemplate } from './schemas';

/**
 * GET /messageTemplates/{template_id}; the id is WATI's own, from the list.
 * @throws RequestError, also for an answer without a template in it.
 */
export async function getTemplate(client: ApiClient, id: string): Promise<WatiTemplate> {
	const call: Call = {
		purpose: 'get the template',
		effect: 'read',
		method: 'GET',
		path: path`/api/ext/v3/messageTemplates/${id}`,
	};
	const template = await callAccepted(client, templateSchema, call);
	if (template.id || template.name) return template;
	throw refusedInSuccess(call.purpose, undefined, 'WATI has no template with this ID: Template > Get Many lists them.');
}

/** GET /messageTemplates, of one channel or, when left out, of all. There is no other filter (WATI OpenAPI v3). */
export function templatePages(channel?: string): PageRequest<WatiTemplate> {
	return {
		call: { purpose: 'list the templates', path: `${API}/messageTemplates`, query: { channel } },
		// The second name is a guess of WATI's own MCP client (apis/wati.md, section 7).
		entries: listUnder(templateSchema, 'templates', 'message_templates'),
	};
}

export interface TemplateFilter {
	/** Channel name or number. */
	channel?: string;
	/** Such as `APPROVED`; compared without case, after the list has come. */
	status?: string;
	limit?: number;
}

/** Templates in WATI's order. A status is looked for page by page until the limit is reached. */
export async function listTemplates(client: ApiClient, filter: TemplateFilter = {}): Promise<WatiTemplate[]> {
	const pages = templatePages(filter.channel);
	const status = filter.status?.toUpperCase();
	if (status === undefined) return await listPages(client, { ...pages, limit: filter.limit });
	const limit = filter.limit ?? Infinity;
	const found: WatiTemplate[] = [];
	for await (const entries of pagesOf(client, pages, LIMITS.pageSize)) {
		found.push(...entries.filter((template) => template.status?.toUpperCase() === status));
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
}

export const APPROVED = 'APPROVED';

export const isApproved = (template: WatiTemplate): boolean => template.status?.toUpperCase() === APPROVED;

/** The template that is sent under a name: the approved one where several languages or versions share it. */
export async function findTemplate(
	client: ApiClient,
	name: string,
	channel?: string,
): Promise<WatiTemplate | undefined> {
	let found: WatiTemplate | undefined;
	for await (const entries of pagesOf(client, templatePages(channel), LIMITS.pageSize)) {
		const named = entries.filter((template) => template.name === name);
		const approved = named.find(isApproved);
		if (approved) return approved;
		found ??= named[0];
	}
	return found;
}
