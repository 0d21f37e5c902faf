import type { INodeProperties } from 'n8n-workflow';

export const bodyField: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. When may we call you?',
	description: 'The text of the message, up to 1,024 characters',
};

export const footerOption: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	placeholder: 'e.g. Mondays to Fridays',
	description: 'Small text below the body, up to 60 characters',
};
