import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { toNodeError } from '../../../http/nodeError';
import { parametersOf, type TemplateParameter } from '../../../vendors/wati/templateParameters';
import { findTemplate } from '../../../vendors/wati/templates';
import { openWatiClient } from '../../shared/wati/connection';
import { currentChannel, currentTemplate } from './currentParameters';

const LONGEST_SAMPLE = 40;

/** The parameters of the chosen template as fields to fill in; all of them are required. */
export async function getTemplateParameters(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const name = currentTemplate(this);
	if (name === undefined)
		return nothing('Choose a template first. For one that an expression chooses, give the parameters as JSON.');
	try {
		const template = await findTemplate(await openWatiClient(this), name, currentChannel(this));
		if (!template) return nothing(`WATI has no template "${name}".`);
		const fields = parametersOf(template).map(toField);
		return fields.length > 0 ? { fields } : nothing(`The template "${name}" has no parameters.`);
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}

const nothing = (emptyFieldsNotice: string): ResourceMapperFields => ({ fields: [], emptyFieldsNotice });

function toField({ name, sample }: TemplateParameter): ResourceMapperField {
	return {
		id: name,
		displayName: sample ? `${name} (e.g. ${shortened(sample)})` : name,
		type: 'string',
		required: true,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
	};
}

function shortened(text: string): string {
	return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE - 1)}…` : text;
}
