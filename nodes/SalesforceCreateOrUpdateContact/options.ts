import type { INodeProperties } from 'n8n-workflow';

/** Options that only Salesforce has. */
export const salesforceOptions: INodeProperties[] = [
	{
		displayName: 'Save Despite Duplicate Rules',
		name: 'saveAnyway',
		type: 'boolean',
		default: true,
		description:
			'Whether a contact is saved although a duplicate rule of Salesforce warns of it. Rules that block are not overruled.',
	},
];
