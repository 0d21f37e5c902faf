import type { IDataObject } from 'n8n-workflow';

import type { WatiTemplate } from '../../../../vendors/wati/schemas';
import { parametersOf } from '../../../../vendors/wati/templateParameters';

/** What a builder needs to choose a template and to fill it in; parameters with the sample that WATI has for each. */
export function simpleTemplate(template: WatiTemplate): IDataObject {
	return {
		id: template.id ?? null,
		name: template.name ?? null,
		language: template.language_option?.value ?? null,
		category: template.category ?? null,
		status: template.status ?? null,
		body: template.body ?? null,
		footer: template.footer ?? null,
		parameters: Object.fromEntries(parametersOf(template).map(({ name, sample }) => [name, sample ?? ''])),
		updatedAt: template.last_modified ?? null,
	};
}
