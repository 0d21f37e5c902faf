import type { WatiTemplate } from './schemas';

export interface TemplateParameter {
	name: string;
	/** What WATI fills in for a preview. */
	sample?: string;
}

/** The parameters a template wants, each name once. */
export function parametersOf(template: WatiTemplate): TemplateParameter[] {
	const byName = new Map((template.custom_params ?? []).map(({ name, value }) => [name, value ?? undefined]));
	return [...byName].map(([name, sample]) => ({ name, sample }));
}
