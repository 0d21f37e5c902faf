import type { INodeProperties } from 'n8n-workflow';

import { requiredText } from '../../../vendors/shared/checks';
import type { ItemParameters } from '../../shared/itemParameters';

/** One record of the live account: searched in a list, or by its id. */
export interface Picker {
	displayName: string;
	name: string;
	description: string;
	/** Name of the listSearch method. */
	search: string;
}

export function pickerField({ displayName, name, description, search }: Picker): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${displayName.toLowerCase()}...`,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 6a9f0c1d2e3b4a5f6c7d8e9f' },
		],
	};
}

/** The id that was picked or typed. @throws InputProblem when there is none. */
export function readPicked(item: ItemParameters, picker: Picker): string {
	return requiredText(item.locator(picker.name, 'id').value, picker.displayName, 200).trim();
}

export const campaignPicker: Picker = {
	displayName: 'Campaign',
	name: 'campaign',
	description: 'The campaign, which the API calls broadcast',
	search: 'searchCampaigns',
};

export const chatbotPicker: Picker = {
	displayName: 'Chatbot',
	name: 'chatbot',
	description: 'The chatbot to start',
	search: 'searchChatbots',
};

export const templateIdPicker: Picker = {
	displayName: 'Template',
	name: 'template',
	description: 'The template whose sending is to be estimated',
	search: 'searchTemplates',
};
