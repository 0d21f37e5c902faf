import type { INodeProperties } from 'n8n-workflow';

export const captionOption: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Your invoice for May',
	description: 'Text shown with the file, up to 1,024 characters',
};
