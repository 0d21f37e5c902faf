import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { WatiTemplate } from '../../../vendors/wati/schemas';
import { isApproved, templatePages } from '../../../vendors/wati/templates';
import { currentChannel } from './currentParameters';
import { searchPages } from './searchPages';

/** The templates that can be sent, by name, for a "From List" picker. */
export async function searchTemplateNames(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const found = await searchPages(
		this,
		templatePages(currentChannel(this)),
		(template) => (isApproved(template) ? entry(template, template.name) : undefined),
		{ filter, paginationToken },
	);
	return { ...found, results: oncePerValue(found.results) };
}

/** All templates, whatever their status, by id. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(this, templatePages(), (template) => entry(template, template.id, template.status), {
		filter,
		paginationToken,
	});
}

/** "order_update (en_US, UTILITY)": languages and categories tell templates of one name apart. */
function entry(
	template: WatiTemplate,
	value: string | null | undefined,
	status?: string | null,
): INodeListSearchItems | undefined {
	if (!value) return undefined;
	const details = [template.language_option?.value, template.category, status].filter(Boolean).join(', ');
	return { name: `${template.name ?? value}${details === '' ? '' : ` (${details})`}`, value };
}

/** A name is sent without its language, so that two languages of one name are one choice. */
function oncePerValue(entries: INodeListSearchItems[]): INodeListSearchItems[] {
	return entries.filter(({ value }, index) => entries.findIndex((other) => other.value === value) === index);
}
