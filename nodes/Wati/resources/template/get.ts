import { simplifyField } from '../../../shared/fields';
import { pickerField, readPicked, templateIdPicker } from '../../shared/pickers';
import type { WatiItemOperation } from '../../shared/session';
import { simpleTemplate } from './simplify';

const picker = { ...templateIdPicker, description: 'The template to retrieve' };

export const get: WatiItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get template with parameters',
	description: 'Retrieve a template with its text, status and parameters',
	fields: [pickerField(picker), simplifyField],
	concurrency: 4,
	async execute({ client, wati }, item) {
		const template = await wati.getTemplate(client, readPicked(item, picker));
		return item.flag('simplify', 'Simplify') ? simpleTemplate(template) : template;
	},
};
