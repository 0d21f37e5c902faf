import type { INodeProperties } from 'n8n-workflow';

/** A tag by its name: WATI's API has no list of tags to choose from. */
export function tagField(description: string): INodeProperties {
	return {
		displayName: 'Tag',
		name: 'tag',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. vip',
		description,
	};
}
