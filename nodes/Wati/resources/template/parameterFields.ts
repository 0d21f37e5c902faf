import type { INodeProperties } from 'n8n-workflow';

export const FIELD = 'Template Parameters';

/** The parameters of the chosen template, field by field or as JSON, for templates that an expression chooses. */
export const parameterFields: INodeProperties[] = [
	{
		displayName: 'Specify Parameters',
		name: 'specifyParameters',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		description: 'Whether the parameters are filled in here, or come as JSON from an earlier node',
		noDataExpression: true,
		displayOptions: { show: { sendTo: ['one', 'all'] } },
	},
	{
		displayName: FIELD,
		name: 'templateParameters',
		type: 'resourceMapper',
		noDataExpression: true,
		displayOptions: { show: { sendTo: ['one', 'all'], specifyParameters: ['fields'] } },
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['template.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplateParameters',
				mode: 'add',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				addAllFields: true,
				supportAutoMap: true,
				hideNoDataError: true,
			},
		},
	},
	{
		displayName: 'Template Parameters (JSON)',
		name: 'templateParametersJson',
		type: 'json',
		displayOptions: { show: { sendTo: ['one', 'all'], specifyParameters: ['json'] } },
		default: '{}',
		placeholder: 'e.g. { "name": "Anna" }',
		description: "A value for each of the template's parameters, by the parameter's name",
	},
];
